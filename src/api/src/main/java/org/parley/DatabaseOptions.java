package org.parley;

/**
 * Options of a broker database; service-broker.md, section 17.
 *
 * @param brokerEnabled whether messages are delivered; off, all that is sent waits
 * @param trustworthy whether its dialogs may cross to other databases of the server
 * @param honorBrokerPriority whether priorities order what is transmitted
 * @param masterKey whether it has a master key
 */
public record DatabaseOptions(
        boolean brokerEnabled, boolean trustworthy, boolean honorBrokerPriority, boolean masterKey) {

    /** Those of a database as it is made. */
    public static final DatabaseOptions DEFAULT = new DatabaseOptions(true, false, false, false);
}
