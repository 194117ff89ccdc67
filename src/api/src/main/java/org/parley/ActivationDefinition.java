package org.parley;

/**
 * How a queue starts readers by itself; service-broker.md, section 1.5.
 *
 * @param on STATUS: whether readers are started
 * @param procedure PROCEDURE_NAME, in one to three parts; {@code null}: none
 * @param maxReaders MAX_QUEUE_READERS, 0 to 32767; 0 starts none
 * @param executeAs EXECUTE AS: a user; {@code null}: the queue's owner
 */
public record ActivationDefinition(boolean on, String procedure, int maxReaders, String executeAs) {

    /** A queue that starts nothing. */
    public static final ActivationDefinition NONE = new ActivationDefinition(false, null, 0, null);
}
