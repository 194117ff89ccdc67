package org.parley;

/**
 * Root of all errors. The number is Service Broker's where it has one (service-broker.md, section 23); numbers from
 * 50000 are Parley's own and are listed in {@link ErrorNumbers}.
 */
public class BrokerException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int number;

    /** An error with its number; the message names the object, the value and what is allowed. */
    public BrokerException(int number, String message) {
        this(number, message, null);
    }

    /** An error with its number and cause. */
    public BrokerException(int number, String message, Throwable cause) {
        super(message, cause);
        this.number = number;
    }

    /** The documented error number. */
    public int number() {
        return number;
    }

    @Override
    public String toString() {
        return getClass().getName() + ": Msg " + number + ": " + getMessage();
    }
}
