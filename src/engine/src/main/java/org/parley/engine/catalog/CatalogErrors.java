package org.parley.engine.catalog;

import org.parley.BrokerException;

/** Numbers of what definitions can do wrong; service-broker.md, section 23, and those of the statement language. */
final class CatalogErrors {

    static final int SYNTAX = 102;
    static final int TOO_LONG = 103;
    static final int UNKNOWN_QUEUE = 208;
    static final int EMPTY_NAME = 1038;
    static final int BAD_NAME = 1093;
    static final int EXISTS_OTHERWISE = 2714;
    static final int IN_USE = 3729;
    static final int MESSAGE_TYPE_TWICE = 8403;
    static final int CONTRACT_TWICE = 8404;
    static final int UNKNOWN_CONTRACT = 8425;
    static final int UNKNOWN_MESSAGE_TYPE = 8428;
    static final int NOTHING_FOR_INITIATOR = 8492;
    static final int TOO_MANY_PREFIXES = 9609;
    static final int SYSTEM_OBJECT = 9663;
    static final int NOT_FOUND = 15151;

    static final int LONGEST_NAME = 128;

    private CatalogErrors() {}

    /** Checks the name of any object; the kind begins a sentence or stands inside of one. */
    static void checkName(String kind, String name) {
        if (name == null || name.isEmpty()) {
            throw new BrokerException(
                    EMPTY_NAME, "The name of a " + kind + " is missing; it has 1 to " + LONGEST_NAME + " characters.");
        }
        if (name.length() > LONGEST_NAME) {
            throw new BrokerException(
                    TOO_LONG,
                    "The name of a " + kind + " that begins with '" + Token.shortened(name) + "' has " + name.length()
                            + " characters; at most " + LONGEST_NAME + " are allowed.");
        }
        if (name.codePoints().anyMatch(CatalogErrors::isNoCharacter)) {
            throw new BrokerException(
                    BAD_NAME,
                    "The name of a " + kind + " that begins with '"
                            + Token.shortened(name.replaceAll("[^ -~]", "?"))
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
