package org.parley.engine.catalog;

import org.parley.BrokerException;

/** Numbers of what definitions can do wrong; service-broker.md, section 23, and those of the statement language. */
final class CatalogErrors {

    static final int SYNTAX = 102;
    static final int TOO_LONG = 103;
    static final int READERS_OUT_OF_RANGE = 187;
    static final int UNKNOWN_QUEUE = 208;
    static final int EMPTY_NAME = 1038;
    static final int BAD_NAME = 1093;
    static final int EXISTS_OTHERWISE = 2714;
    static final int NOTHING_TO_DROP = 3701;
    static final int IN_USE = 3729;
    static final int UNKNOWN_COLLECTION = 6314;
    static final int COLLECTION_IN_USE = 6328;
    static final int COLLECTION_NOT_ALTERED = 6347;
    static final int COLLECTION_EXISTS = 6348;

    /** The statement can't stand in a script with others. */
    static final int STANDS_ALONE = 226;

    static final int OPTION_NOT_SETTABLE = 5058;
    static final int ENDPOINT_PORT = 5837;
    static final int ENDPOINT_AUTHENTICATION = 5838;
    static final int ENDPOINT_FORWARD_SIZE = 5839;
    static final int ENDPOINT_EXISTS = 7862;
    static final int ENDPOINT_ADDRESS = 7887;

    static final int MESSAGE_TYPE_TWICE = 8403;
    static final int CONTRACT_TWICE = 8404;
    static final int BAD_TARGET = 8412;
    static final int BROKER_TOO_LONG = 8413;
    static final int UNKNOWN_CONTRACT = 8425;
    static final int UNKNOWN_MESSAGE_TYPE = 8428;
    static final int UNKNOWN_SERVICE = 8423;
    static final int NOTHING_FOR_INITIATOR = 8492;
    static final int UNKNOWN_USER = 9611;
    static final int BINDING_FOR_SERVICE_EXISTS = 9619;
    static final int ROUTE_PART_EMPTY = 9659;
    static final int ROUTE_PART_TOO_LONG = 9660;
    static final int MIRROR_WITHOUT_BROKER = 9661;
    static final int BROKER_WITHOUT_SERVICE = 9662;
    static final int SYSTEM_OBJECT = 9663;
    static final int NOTIFICATION_ACTIVATED = 9717;
    static final int PROCEDURE_ACTIVATED = 9718;
    static final int MIRROR_NOT_TCP = 9743;
    static final int BAD_ADDRESS = 9744;
    static final int TRANSPORT_WITH_SERVICE = 9745;
    static final int MIRROR_IS_ADDRESS = 9747;
    static final int OWNS_NO_CERTIFICATE = 28083;
    static final int PRIORITY_TEXT_TOO_LONG = 33301;
    static final int PRIORITY_LEVEL = 33302;
    static final int PRIORITY_EXISTS = 33303;
    static final int NOT_FOUND = 15151;

    static final int LONGEST_NAME = 128;
    private static final int LONGEST_QUOTE = 40;

    private CatalogErrors() {}

    /** A written name, or the start of one that is too long. */
    static String shortened(String written) {
        if (written == null || written.length() <= LONGEST_NAME) {
            return written == null ? "" : written;
        }
        int cut = Character.isHighSurrogate(written.charAt(LONGEST_QUOTE - 1)) ? LONGEST_QUOTE - 1 : LONGEST_QUOTE;
        return written.substring(0, cut) + "...";
    }

    /** Checks the name of any object; the kind begins a sentence or stands inside of one. */
    static void checkName(String kind, String name) {
        if (name == null || name.isEmpty()) {
            throw new BrokerException(
                    EMPTY_NAME, "The name of a " + kind + " is missing; it has 1 to " + LONGEST_NAME + " characters.");
        }
        if (name.length() > LONGEST_NAME) {
            throw new BrokerException(
                    TOO_LONG,
                    "The name of a " + kind + " that begins with '" + shortened(name) + "' has " + name.length()
                            + " characters; at most " + LONGEST_NAME + " are allowed.");
        }
        if (name.codePoints().anyMatch(CatalogErrors::isNoCharacter)) {
            throw new BrokerException(
                    BAD_NAME,
                    "The name of a " + kind + " that begins with '"
                            + shortened(name.replaceAll("[^ -~]", "?"))
                            + "' has a control character or half a character; names travel in XML and in UTF-8,"
                            + " which have neither.");
        }
    }

    private static boolean isNoCharacter(int codePoint) {
        return Character.isISOControl(codePoint)
                || codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE
                || codePoint == 0xFFFE
                || codePoint == 0xFFFF;
    }
}
