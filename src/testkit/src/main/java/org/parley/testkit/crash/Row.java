package org.parley.testkit.crash;

/**
 * A step of the application, as it stands in a table that is written in the same transaction.
 *
 * @param step what was done
 * @param stream conversation
 * @param number number of the message in it
 */
record Row(Step step, String stream, int number) {

    /** Kinds of steps. */
    enum Step {
        /** A message that is answered. */
        SENT,
        /** A message that is answered by an error. */
        SENT_TO_FAIL,
        /** A message after which both sides end at once. */
        SENT_TO_END,
        /** A message that isn't answered, in a dialog with a short lifetime. */
        SENT_TO_EXPIRE,
        /** A message that is answered, the last one of its dialog. */
        LAST,
        RECEIVED,
        /** The answer to a message has been received. */
        REPLIED,
        TIMER_SET,
        TIMER_RANG,
        /** The side that has begun the dialog has ended. */
        ENDED,
        /** The other side has ended a dialog that has expired. */
        TARGET_ENDED
    }

    String line() {
        return step + " " + stream + " " + number;
    }

    static Row of(String line) {
        String[] parts = line.split(" ");
        return new Row(Step.valueOf(parts[0]), parts[1], Integer.parseInt(parts[2]));
    }
}
