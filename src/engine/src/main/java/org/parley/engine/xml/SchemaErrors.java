package org.parley.engine.xml;

import org.parley.BrokerException;

/** What can be wrong with schemas; numbers of the statement language. */
final class SchemaErrors {

    private static final int NOT_A_SCHEMA = 2378;
    private static final int TOO_MUCH = 6303;
    private static final int UNSUPPORTED = 9336;

    private SchemaErrors() {}

    static BrokerException notASchema(String place, String what) {
        return new BrokerException(NOT_A_SCHEMA, "This is no valid XML schema: " + place + Words.shortened(what));
    }

    static BrokerException tooMuch(String place, String what) {
        return new BrokerException(
                TOO_MUCH,
                "The XML schema could cost too much time or memory: " + place + what + "; see Limits in the manual.");
    }

    static BrokerException unsupported(String place, String element) {
        String instead =
                switch (element) {
                    case "include", "redefine", "override" ->
                        "nothing outside the collection is read; put all documents of a namespace into the collection";
                    case "notation" -> "leave it out";
                    default -> "a message is judged without comparing its values with each other";
                };
        return new BrokerException(
                UNSUPPORTED, place + "The XML schema syntax '" + element + "' is not supported: " + instead + ".");
    }
}
