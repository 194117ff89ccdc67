package org.parley.engine.routing;

import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * What one endpoint sends in one round.
 *
 * @param to broker instance that it goes to
 * @param frames frames in order
 * @param rows rows that the other database inserts for it, or deletes
 * @param whenSent what to do when the link has taken them
 * @param whenFailed what to do with the reason when it hasn't
 */
record Parcel(UUID to, List<Frame> frames, long rows, Runnable whenSent, Consumer<String> whenFailed) {

    /** A frame that no endpoint stands behind: when it is lost it is made anew by whoever needs it. */
    static Parcel of(Frame frame) {
        return new Parcel(null, List.of(frame), 1, () -> {}, why -> {});
    }

    void sent() {
        whenSent.run();
    }

    void failed(String why) {
        whenFailed.accept(why);
    }
}
