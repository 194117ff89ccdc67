package org.parley;

/**
 * A message of a script, as Transact-SQL knows it: what PRINT and RAISERROR say, and errors.
 *
 * @param number error number; 0 for PRINT, 50000 for RAISERROR with a text of its own
 * @param level severity: 0 for PRINT, 1 to 10 for information, from 11 for errors
 * @param state 0 to 255
 * @param line line within its batch or procedure, from 1
 * @param procedure the procedure it comes from, or null
 * @param text in Parley's words, naming object and value
 */
public record ScriptMessage(int number, int level, int state, int line, String procedure, String text) {

    /** Whether it is an error. */
    public boolean isError() {
        return level > 10;
    }

    /** As the command line shows it: an error behind its number, level, state and line, anything else alone. */
    @Override
    public String toString() {
        if (!isError()) {
            return text;
        }
        String where = procedure == null ? "" : ", Procedure " + procedure;
        return "Msg " + number + ", Level " + level + ", State " + state + where + ", Line " + line + "\n" + text;
    }
}
