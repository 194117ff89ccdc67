package org.parley;

/**
 * A broker priority: the level of conversations that begin on a contract, between two services; service-broker.md,
 * section 15.
 *
 * @param name 1 to 128 characters
 * @param contract CONTRACT_NAME; {@code null}: any
 * @param localService LOCAL_SERVICE_NAME; {@code null}: any
 * @param remoteService REMOTE_SERVICE_NAME, 1 to 256 characters compared byte by byte; {@code null}: any
 * @param level PRIORITY_LEVEL, 1 to 10, 10 the most urgent
 */
public record BrokerPriorityDefinition(
        String name, String contract, String localService, String remoteService, int level) {

    /** Level of conversations that no priority matches. */
    public static final int DEFAULT_LEVEL = 5;
}
