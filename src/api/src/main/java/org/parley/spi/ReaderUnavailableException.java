package org.parley.spi;

/** No thread or no endpoint is free at the moment. Nothing was received, nothing is lost. */
public class ReaderUnavailableException extends Exception {

    private static final long serialVersionUID = 1L;

    /** With what the container said. */
    public ReaderUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
