package org.parley.engine;

import static org.parley.testkit.Eventually.eventually;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.parley.engine.routing.Frame;
import org.parley.engine.routing.Link;
import org.parley.spi.BrokerServer;
import org.parley.spi.ServerConfig;

/** A link between databases that remembers what goes over it, and lets through what a test allows. */
public final class WatchedLink implements Link {

    private final List<Frame> seen = new ArrayList<>();
    private final List<List<Frame>> deliveries = new ArrayList<>();
    private Link below;
    private Predicate<Frame> lost = frame -> false;
    private Unreachable down;
    private int attempts;
    private boolean held;
    private boolean heldBehind;

    /** A server whose databases speak over it. */
    public BrokerServer open(ServerConfig config) {
        return Server.open(config, link -> {
            below = link;
            return this;
        });
    }

    @Override
    public boolean reaches(UUID broker) {
        return below.reaches(broker);
    }

    @Override
    public void transmit(UUID broker, List<Frame> frames) throws Unreachable {
        List<Frame> arriving = new ArrayList<>();
        synchronized (this) {
            attempts++;
            await(() -> held);
            if (down != null) {
                throw down;
            }
            for (Frame frame : frames) {
                if (!lost.test(frame)) {
                    seen.add(frame);
                    arriving.add(frame);
                }
            }
            deliveries.add(List.copyOf(arriving));
        }
        below.transmit(broker, arriving);
        synchronized (this) {
            await(() -> heldBehind);
        }
    }

    private synchronized void await(BooleanSupplier holds) {
        while (holds.getAsBoolean()) {
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** Whoever sends waits from now on, so that what is to be sent piles up behind it. */
    public synchronized void hold() {
        held = true;
    }

    /** Whoever sends waits from now on when it has delivered: what is said over there can't be sent yet. */
    public synchronized void holdBehind() {
        heldBehind = true;
    }

    /** Whoever waited goes on. */
    public synchronized void release() {
        held = false;
        heldBehind = false;
        notifyAll();
    }

    /** Hands over a frame as if another broker had sent it. */
    public void forge(UUID broker, Frame frame) throws Unreachable {
        below.transmit(broker, List.of(frame));
    }

    /** Loses frames from now on. */
    public synchronized void lose(Predicate<Frame> which) {
        lost = which;
    }

    /** Loses nothing from now on, and can be reached. */
    public synchronized void mend() {
        lost = frame -> false;
        down = null;
    }

    /** Can't be reached from now on, with this status. */
    public synchronized void breakDown(int number) {
        down = new Unreachable(number, "The line is down.");
    }

    /** How often anything was to be sent. */
    public synchronized int attempts() {
        return attempts;
    }

    /** What has gone over it, in order. */
    public synchronized List<Frame> seen() {
        return List.copyOf(seen);
    }

    /** What has gone over it, each time that something has. */
    public synchronized List<List<Frame>> deliveries() {
        return List.copyOf(deliveries);
    }

    /** What has gone over it of one kind, in order. */
    public List<Frame> seen(Frame.Kind kind) {
        return seen().stream().filter(frame -> frame.kind() == kind).toList();
    }

    /** Forgets what has gone over it. */
    public synchronized void forget() {
        seen.clear();
        deliveries.clear();
        attempts = 0;
    }

    /** Waits until so many frames of a kind have gone over it. */
    public void await(Frame.Kind kind, int frames) {
        eventually().becomes(frames + " times " + kind, () -> seen(kind), found -> found.size() >= frames);
    }
}
