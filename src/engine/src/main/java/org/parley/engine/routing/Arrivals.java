package org.parley.engine.routing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.parley.engine.fault.FaultPoint;
import org.parley.engine.queue.Endpoint;
import org.parley.engine.queue.EndpointTable;
import org.parley.engine.store.StoreTransaction;

/**
 * Takes frames that reach a database: all of one delivery in one transaction, for which it never waits for a group, as
 * arriving messages don't need one (service-broker.md, sections 2.2, 4.2 and 10).
 */
final class Arrivals {

    private final Station station;
    private final Aftercare aftercare;
    private final EndpointTable table;
    private final ReentrantLock oneAtATime = new ReentrantLock();

    Arrivals(Station station, Aftercare aftercare, EndpointTable table) {
        this.station = station;
        this.aftercare = aftercare;
        this.table = table;
    }

    /** One side of a conversation. */
    private record Side(UUID conversation, boolean initiator) {}

    /** Takes them; what it has taken is on disk when it returns. What it has to say goes out as frames of its own. */
    void accept(List<Frame> frames) {
        Map<Side, List<Frame>> bySide = new LinkedHashMap<>();
        for (Frame frame : frames) {
            bySide.computeIfAbsent(
                            new Side(
                                    frame.header().conversation(),
                                    frame.header().toInitiator()),
                            side -> new ArrayList<>())
                    .add(frame);
        }
        oneAtATime.lock();
        try {
            List<Arriving> all = new ArrayList<>(bySide.size());
            try {
                bySide.forEach((side, each) -> {
                    Arriving arriving = arriving(side, each);
                    // before it holds anything: it gives that free whatever happens
                    all.add(arriving);
                    each.forEach(arriving::take);
                    FaultPoint.ARRIVE_JUDGED.reach();
                    arriving.plan();
                });
                if (all.stream().anyMatch(Arriving::writes)) {
                    aftercare.inStore(tx -> write(all, tx), () -> apply(all));
                } else {
                    table.locked(() -> apply(all));
                }
            } finally {
                table.locked(() -> all.forEach(Arriving::letGo));
            }
        } finally {
            oneAtATime.unlock();
        }
    }

    /** Runs what else writes a side's way while nothing arrives: of two who write one row, the second would undo the first. */
    void apart(Runnable work) {
        oneAtATime.lock();
        try {
            work.run();
        } finally {
            oneAtATime.unlock();
        }
    }

    private static void write(List<Arriving> all, StoreTransaction tx) {
        for (Arriving arriving : all) {
            arriving.write(tx);
        }
        FaultPoint.ARRIVE_WRITTEN.reach();
    }

    private static void apply(List<Arriving> all) {
        FaultPoint.ARRIVE_STORED.reach();
        all.forEach(Arriving::apply);
        FaultPoint.ARRIVE_DONE.reach();
    }

    private Arriving arriving(Side side, List<Frame> frames) {
        frames.sort(Comparator.comparingLong(Frame::sequence));
        Endpoint endpoint = table.locked(() -> table.travelling(side.conversation(), side.initiator()));
        return new Arriving(station, aftercare, table, endpoint, frames.get(0).header());
    }
}
