package org.parley.sql.run;

/** What one run of a batch, procedure or text has of its own. */
final class Frame {

    private final String procedure;
    private final Variables variables;
    private int returned;

    /**
     * A frame.
     *
     * @param procedure name of the procedure, or null
     */
    Frame(String procedure, Variables variables) {
        this.procedure = procedure;
        this.variables = variables;
    }

    String procedure() {
        return procedure;
    }

    Variables variables() {
        return variables;
    }

    /** What RETURN has given; 0 without. */
    int returned() {
        return returned;
    }

    void returns(int value) {
        returned = value;
    }
}
