package org.parley;

import java.time.Duration;
import java.util.Objects;
import java.util.UUID;

/**
 * What BEGIN DIALOG takes; service-broker.md, section 5.1. Immutable: each method gives a changed copy.
 *
 * @param fromService service of this database that begins
 * @param toService service to speak to, compared byte by byte, not looked for yet
 * @param contract contract, {@code DEFAULT} when not given
 * @param relatedConversation handle whose group the dialog joins, or null
 * @param relatedGroup group the dialog joins, created when unknown, or null
 * @param lifetime longest time the dialog may stay open, or null for the longest there is
 * @param toBroker broker instance of the target service: a GUID, {@link #CURRENT_DATABASE}, or null for any
 * @param encryption whether messages between two databases need a session key, for which both need a master key; inside
 *     one database it makes no difference
 */
public record Dialog(
        String fromService,
        String toService,
        String contract,
        UUID relatedConversation,
        UUID relatedGroup,
        Duration lifetime,
        String toBroker,
        boolean encryption) {

    /** As broker instance: the database that begins the dialog; in any letter case. */
    public static final String CURRENT_DATABASE = "CURRENT DATABASE";

    /** Checks that both services are given: 8421 without FROM, 8412 without TO. */
    public Dialog {
        if (fromService == null || fromService.isEmpty()) {
            throw new BrokerException(8421, "A dialog needs the service that begins it; none was given.");
        }
        if (toService == null || toService.isEmpty()) {
            throw new BrokerException(8412, "A dialog needs the name of its target service; none was given.");
        }
        Objects.requireNonNull(contract, "contract");
    }

    /** A dialog from one service to another on contract {@code DEFAULT}, with the longest lifetime, in a new group. */
    public static Dialog between(String fromService, String toService) {
        return new Dialog(fromService, toService, "DEFAULT", null, null, null, null, true);
    }

    /** On a contract of this database. */
    public Dialog on(String contractName) {
        if (contractName == null) {
            throw new BrokerException(8417, "The contract of a dialog may be left out, but not be null.");
        }
        return new Dialog(
                fromService,
                toService,
                contractName,
                relatedConversation,
                relatedGroup,
                lifetime,
                toBroker,
                encryption);
    }

    /** In the group of an existing conversation. */
    public Dialog relatedTo(UUID conversationHandle) {
        return new Dialog(fromService, toService, contract, conversationHandle, null, lifetime, toBroker, encryption);
    }

    /** In a group that is created when it doesn't exist. */
    public Dialog inGroup(UUID groupId) {
        return new Dialog(fromService, toService, contract, null, groupId, lifetime, toBroker, encryption);
    }

    /** With a lifetime, in whole seconds from 1 to 2147483647. */
    public Dialog lasting(Duration longest) {
        return new Dialog(
                fromService, toService, contract, relatedConversation, relatedGroup, longest, toBroker, encryption);
    }

    /**
     * With the target service of one broker instance.
     *
     * @param broker GUID of the instance as text, or {@link #CURRENT_DATABASE}; checked when the dialog begins: 8413 for
     *     more than 128 characters, 8412 for what is neither
     */
    public Dialog at(String broker) {
        return new Dialog(
                fromService, toService, contract, relatedConversation, relatedGroup, lifetime, broker, encryption);
    }

    /** With ENCRYPTION = ON, which is the default, or OFF. */
    public Dialog encrypted(boolean on) {
        return new Dialog(fromService, toService, contract, relatedConversation, relatedGroup, lifetime, toBroker, on);
    }
}
