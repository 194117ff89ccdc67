package org.parley.cli.diagnose;

/**
 * One thing that diagnosis tells.
 *
 * @param missing whether the dialog doesn't work without it; else it is only worth knowing
 * @param number the error that the dialog would meet, or 0
 * @param database where it is missing, and where the statement is to be run
 * @param text what it is, naming object and value
 * @param statement what mends it, or null
 */
public record Finding(boolean missing, int number, String database, String text, String statement) {

    static Finding missing(int number, Definitions where, String text, String statement) {
        return new Finding(true, number, where.name(), text, statement);
    }

    static Finding note(Definitions where, String text) {
        return new Finding(false, 0, where.name(), text, null);
    }
}
