package org.parley.spi;

/** Starts readers; implemented by who owns threads and endpoints. */
@FunctionalInterface
public interface ReaderStarter {

    /**
     * Starts a reader that will run the delivery on a thread of its own and close it. Returns without waiting for it.
     *
     * @throws ReaderUnavailableException when none can be started now; the delivery is given back and tried again later
     */
    void start(Delivery delivery) throws ReaderUnavailableException;
}
