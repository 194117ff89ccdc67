package org.parley.engine.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Collects the acts of all threads and gives the stamps that order them. */
final class Recorder {

    private final AtomicLong stamps = new AtomicLong();
    private final AtomicInteger transactions = new AtomicInteger();
    private final List<Act> acts = new ArrayList<>();
    private final List<String> surprises = new ArrayList<>();

    long stamp() {
        return stamps.incrementAndGet();
    }

    /** The last stamp given: as long as it stays, nobody gets on. */
    long lastStamp() {
        return stamps.get();
    }

    int newTransaction() {
        return transactions.incrementAndGet();
    }

    synchronized void add(Act act) {
        acts.add(act);
    }

    /** Something that must not happen at all. */
    synchronized void surprise(String what) {
        surprises.add(what);
    }

    synchronized List<String> surprises() {
        return List.copyOf(surprises);
    }

    /** Everything so far, by the first stamp. */
    synchronized List<Act> acts() {
        List<Act> all = new ArrayList<>(acts);
        all.sort(Comparator.comparingLong(act -> act.start));
        return all;
    }
}
