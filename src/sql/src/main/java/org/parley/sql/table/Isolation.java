package org.parley.sql.table;

/** Which locks what is read takes, the weaker ones first. */
public enum Isolation {
    /** None. */
    READ_UNCOMMITTED("UR"),
    /** Of each row while it is read. */
    READ_COMMITTED("CS"),
    /** Of each row until the transaction ends. */
    REPEATABLE_READ("RS"),
    /** Of all that has been looked through until the transaction ends, so that no row can come to it. */
    SERIALIZABLE("RR");

    private final String stored;

    Isolation(String stored) {
        this.stored = stored;
    }

    /** As the store says it. */
    String stored() {
        return stored;
    }
}
