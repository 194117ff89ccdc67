package org.parley;

import java.time.Instant;
import java.util.UUID;

/**
 * A conversation group that was set aside because transactions that received from it were rolled back five times in a row;
 * see {@link QueueDefinition.PoisonAction#SUSPEND_GROUP}.
 *
 * @param groupId the group
 * @param queue its queue
 * @param service the service of its conversations
 * @param since when it was set aside
 * @param rollbacks how many rollbacks in a row had done it
 * @param lastFailure why the last of them was rolled back; null when nobody has told
 */
public record SuspendedGroup(
        UUID groupId, String queue, String service, Instant since, int rollbacks, String lastFailure) {}
