package org.parley.spi;

import java.util.List;

/**
 * Lets a test make an engine fail at named places of its own code. Found by {@link java.util.ServiceLoader} beside the
 * engine. No property, script or definition reaches it: only code on the engine's own class path can arm anything, and inside an
 * application server no application is.
 */
public interface FaultInjection {

    /** All places, in the order of a message's way. */
    List<Point> points();

    /**
     * From now on each thread of this JVM's engines that reaches a place asks first. To be called before the threads that are to
     * ask begin their work.
     */
    void arm(Happening happening);

    /** Nobody is asked any more. */
    void disarm();

    /**
     * A place.
     *
     * @param name its name
     * @param area part of the way that it belongs to
     * @param failure what would fail there: STATEMENT, STORE or DEFECT
     * @param place what is so when it is reached
     */
    record Point(String name, String area, String failure, String place) {}

    /** What happens at a place. It may also hold the thread up, or take the process down. */
    @FunctionalInterface
    interface Happening {

        /** A thread is at a place; whether the place is to fail, with the exception that would come there. */
        boolean reached(String point);
    }
}
