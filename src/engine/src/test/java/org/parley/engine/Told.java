package org.parley.engine;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.parley.spi.BrokerEvent;
import org.parley.spi.EngineListener;

/** Keeps the broker events that it is told, in their order. */
public final class Told implements EngineListener {

    private final Set<BrokerEvent.Kind> wanted;
    private final List<BrokerEvent> events = new CopyOnWriteArrayList<>();
    private final AtomicInteger inside = new AtomicInteger();
    private volatile boolean overlapped;

    /** Wants all. */
    public Told() {
        this(EnumSet.allOf(BrokerEvent.Kind.class));
    }

    /** Wants some. */
    public Told(Set<BrokerEvent.Kind> wanted) {
        this.wanted = wanted;
    }

    @Override
    public Set<BrokerEvent.Kind> brokerEvents() {
        return wanted;
    }

    @Override
    public void brokerEvent(BrokerEvent event) {
        overlapped |= inside.getAndIncrement() != 0;
        events.add(event);
        inside.decrementAndGet();
    }

    /** Whether two events were ever told at the same time. */
    public boolean overlapped() {
        return overlapped;
    }

    /** All of them. */
    public List<BrokerEvent> events() {
        return List.copyOf(events);
    }

    /** Those of one class. */
    public <E extends BrokerEvent> List<E> of(Class<E> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** Each as a text: its class, its subclass and, for a step of a conversation, which side it is. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (BrokerEvent event : events) {
            lines.add(line(event));
        }
        return lines;
    }

    private static String line(BrokerEvent event) {
        if (event instanceof BrokerEvent.Conversation step) {
            return side(step.side()) + " " + step.step() + (step.sequence() < 0 ? "" : " " + step.sequence());
        }
        if (event instanceof BrokerEvent.ConversationGroup group) {
            return "group " + group.step();
        }
        if (event instanceof BrokerEvent.MessageClassify way) {
            return side(way.side()) + " " + way.step();
        }
        if (event instanceof BrokerEvent.RemoteMessageAcknowledgement heard) {
            return side(heard.side()) + " " + heard.step() + " " + heard.acknowledged();
        }
        if (event instanceof BrokerEvent.Activation reader) {
            return reader.queue() + " " + reader.step() + " " + reader.activeTasks();
        }
        return event.kind().name();
    }

    private static String side(BrokerEvent.Side side) {
        return side.initiator() ? "initiator" : "target";
    }

    /** Forgets them. */
    public void clear() {
        events.clear();
    }
}
