package org.parley.spi;

import java.util.Set;
import org.parley.BrokerException;
import org.parley.ErrorNumbers;

/**
 * What an activation reads and how.
 *
 * @param name name for logs and threads, of the bean or the procedure
 * @param database broker database
 * @param queue queue
 * @param maxQueueReaders most readers at a time, 1 to 32767
 * @param batchSize most messages of one delivery, 1 to 10000
 * @param user identity of the readers, or null for the database's owner
 * @param handledTypes message types that the reader takes, or null when it takes all; what the queue's contracts allow
 *     beyond them is warned of
 */
public record ActivationConfig(
        String name,
        String database,
        String queue,
        int maxQueueReaders,
        int batchSize,
        String user,
        Set<String> handledTypes) {

    /** Largest number of readers; service-broker.md, section 1.5. */
    public static final int MOST_READERS = 32767;

    /** Largest batch. */
    public static final int MOST_IN_BATCH = 10_000;

    /** Checks every value; the error names property, value and allowed range. */
    public ActivationConfig {
        requireText("database", database);
        requireText("queue", queue);
        requireRange("maxQueueReaders", maxQueueReaders, MOST_READERS);
        requireRange("batchSize", batchSize, MOST_IN_BATCH);
    }

    private static void requireText(String property, String value) {
        if (value == null || value.isBlank()) {
            throw new BrokerException(
                    ErrorNumbers.BAD_PROPERTY,
                    "Activation property '" + property + "' is " + (value == null ? "missing" : "'" + value + "'")
                            + "; allowed is a name of 1 to 128 characters.");
        }
    }

    private static void requireRange(String property, int value, int most) {
        if (value < 1 || value > most) {
            throw new BrokerException(
                    ErrorNumbers.BAD_PROPERTY,
                    "Activation property '" + property + "' is " + value + "; allowed is 1 to " + most + ".");
        }
    }
}
