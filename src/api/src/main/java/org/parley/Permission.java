package org.parley;

import java.util.Locale;

/** What a principal may be granted on an object; service-broker.md, section 5.9. */
public enum Permission {
    /** To receive from a queue, and to work with the conversations of its services. */
    RECEIVE,
    /** To send to a service, and to set timers on its conversations. */
    SEND,
    /**
     * To name the object: a contract in BEGIN DIALOG, a queue or a contract in a service, a message type in a
     * contract, an XML schema collection in a message type.
     */
    REFERENCES,
    /** To change and to drop it. */
    ALTER,
    /** Everything its owner may. */
    CONTROL,
    /** To become its owner. */
    TAKE_OWNERSHIP,
    /** To see its definition. */
    VIEW_DEFINITION,
    /** To read a queue with SQL, without taking anything from it; RECEIVE brings it along. */
    SELECT,
    /** To connect to the network endpoint. */
    CONNECT,
    /** To run a procedure, and to have it activated under one's name. */
    EXECUTE;

    /** As statements write it: {@code VIEW DEFINITION}. */
    public String shown() {
        return name().replace('_', ' ').toUpperCase(Locale.ROOT);
    }

    /** Whether it can be granted on objects of that kind. */
    public boolean fits(Securable.Kind kind) {
        return switch (this) {
            case RECEIVE, SELECT -> kind == Securable.Kind.QUEUE;
            case SEND -> kind == Securable.Kind.SERVICE;
            case CONNECT -> kind == Securable.Kind.ENDPOINT;
            case EXECUTE -> kind == Securable.Kind.PROCEDURE;
            case REFERENCES ->
                kind != Securable.Kind.SERVICE && kind != Securable.Kind.ENDPOINT && kind != Securable.Kind.PROCEDURE;
            case ALTER, CONTROL, TAKE_OWNERSHIP, VIEW_DEFINITION -> true;
        };
    }
}
