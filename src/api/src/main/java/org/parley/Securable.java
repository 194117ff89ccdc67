package org.parley;

import java.util.Objects;

/**
 * An object on which permissions are granted.
 *
 * @param kind what it is
 * @param name its name, as the catalog has it
 */
public record Securable(Kind kind, String name) {

    /** Refuses null. */
    public Securable {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(name, "name");
    }

    /** A queue. */
    public static Securable queue(String name) {
        return new Securable(Kind.QUEUE, name);
    }

    /** A service. */
    public static Securable service(String name) {
        return new Securable(Kind.SERVICE, name);
    }

    /** A contract. */
    public static Securable contract(String name) {
        return new Securable(Kind.CONTRACT, name);
    }

    /** A message type. */
    public static Securable messageType(String name) {
        return new Securable(Kind.MESSAGE_TYPE, name);
    }

    /** An XML schema collection. */
    public static Securable xmlSchemaCollection(String name) {
        return new Securable(Kind.XML_SCHEMA_COLLECTION, name);
    }

    /** A procedure. */
    public static Securable procedure(String name) {
        return new Securable(Kind.PROCEDURE, name);
    }

    /** A certificate. */
    public static Securable certificate(String name) {
        return new Securable(Kind.CERTIFICATE, name);
    }

    /** The network endpoint of the server, whose permissions are for logins. */
    public static Securable endpoint(String name) {
        return new Securable(Kind.ENDPOINT, name);
    }

    /** Kinds of objects. */
    public enum Kind {
        /** A queue. */
        QUEUE("queue"),
        /** A service. */
        SERVICE("service"),
        /** A contract. */
        CONTRACT("contract"),
        /** A message type. */
        MESSAGE_TYPE("message type"),
        /** An XML schema collection. */
        XML_SCHEMA_COLLECTION("XML schema collection"),
        /** A procedure. */
        PROCEDURE("procedure"),
        /** A certificate. */
        CERTIFICATE("certificate"),
        /** The network endpoint. */
        ENDPOINT("endpoint");

        private final String shown;

        Kind(String shown) {
            this.shown = shown;
        }

        /** As messages say it. */
        public String shown() {
            return shown;
        }
    }
}
