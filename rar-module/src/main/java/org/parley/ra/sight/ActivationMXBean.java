package org.parley.ra.sight;

/** One activation; {@code org.parley:type=Activation,home="...",database="...",queue="...",name="..."}. */
public interface ActivationMXBean {

    /** WAITING, ACTIVE, PAUSED or STOPPED. */
    String getState();

    /** Why it is in that state: for a waiting one, what it waits for. */
    String getReason();

    /** Readers at work. */
    int getReaders();

    /** Most readers at a time; an ACTIVATION of the queue may allow fewer. */
    int getMaxReaders();

    /** Readers that have failed since it began: could not be started, or ended without receiving. */
    long getFailures();

    /** Why the last one has, or null. */
    String getLastFailure();

    /** Starts no more readers; those at work end with the group they have. What arrives waits in the queue. */
    void pause();

    /** Reads again what is in the queue. */
    void resume();
}
