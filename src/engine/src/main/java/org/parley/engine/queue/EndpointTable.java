package org.parley.engine.queue;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.parley.QueueDefinition;

/** All endpoints, groups and queues of one broker database, and the lock that guards them. */
public final class EndpointTable {

    private final ReentrantLock lock = new ReentrantLock();
    private final KeyedSet<Endpoint> byId = new KeyedSet<>(new ById());
    private final KeyedSet<Endpoint> byHandle = new KeyedSet<>(new ByHandle());
    private final Map<Side, Endpoint> elsewhere = new HashMap<>();
    private final KeyedSet<Group> groups = new KeyedSet<>(new ByGroupId());
    private final Shared<Terms> terms = new Shared<>();
    private final Map<Integer, QueueIndex> queues = new HashMap<>();
    private final Map<Integer, Integer> contractsInUse = new HashMap<>();
    private final Map<Integer, LocalService> services = new HashMap<>();
    private final HeldBack heldBack = new HeldBack();
    private final Handover handover = new Handover();
    private final Map<Integer, Runnable> whenUnused = new HashMap<>();

    /** Queue of the conversations of services that have been dropped: nobody reads it. */
    private final QueueIndex nowhere = new QueueIndex(0, new QueueDefinition("", true));

    private Journal journal = Journal.unread();

    private static final class ById implements KeyedSet.Key<Endpoint> {
        @Override
        public long high(Endpoint endpoint) {
            return 0;
        }

        @Override
        public long low(Endpoint endpoint) {
            return endpoint.id();
        }
    }

    private static final class ByHandle implements KeyedSet.Key<Endpoint> {
        @Override
        public long high(Endpoint endpoint) {
            return endpoint.handleHigh();
        }

        @Override
        public long low(Endpoint endpoint) {
            return endpoint.handleLow();
        }
    }

    private static final class ByGroupId implements KeyedSet.Key<Group> {
        @Override
        public long high(Group group) {
            return group.idHigh();
        }

        @Override
        public long low(Group group) {
            return group.idLow();
        }
    }

    /** One side of a conversation, as both databases know it. */
    private record Side(UUID conversation, boolean initiator) {}

    /** What has not arrived since delivery is off. */
    public HeldBack heldBack() {
        return heldBack;
    }

    /** Messages that have arrived and are still in memory. */
    public Handover handover() {
        return handover;
    }

    /** The lock; conditions of waiting readers belong to it. */
    public ReentrantLock lock() {
        return lock;
    }

    /** Runs something under the lock. */
    public <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            unlock();
        }
    }

    /** Runs something under the lock. */
    public void locked(Runnable work) {
        lock.lock();
        try {
            work.run();
        } finally {
            unlock();
        }
    }

    private void unlock() {
        Journal kept = journal;
        lock.unlock();
        if (!lock.isHeldByCurrentThread()) {
            kept.tell();
        }
    }

    /** From now on what becomes true is written there. */
    public void keep(Journal kept) {
        journal = kept;
    }

    /** Where what becomes true is written. */
    public Journal journal() {
        return journal;
    }

    /** The endpoint of an id, or null. */
    public Endpoint endpoint(long id) {
        return byId.get(0, id);
    }

    /** The endpoint of a handle, or null. */
    public Endpoint endpoint(UUID handle) {
        return byHandle.get(handle.getMostSignificantBits(), handle.getLeastSignificantBits());
    }

    /** The endpoint of a conversation whose other side is, or may be, in another database; or null. */
    public Endpoint travelling(UUID conversation, boolean initiator) {
        return elsewhere.get(new Side(conversation, initiator));
    }

    /** The other side of an endpoint is, or may be, in another database. */
    public void travels(Endpoint endpoint, Transit transit) {
        endpoint.transit(transit);
        elsewhere.put(sideOf(endpoint), endpoint);
    }

    /** The other side has turned out to be in this database. */
    public void staysHere(Endpoint endpoint) {
        if (endpoint.transit() != null) {
            elsewhere.remove(sideOf(endpoint), endpoint);
            endpoint.transit(null);
        }
    }

    /** Endpoints whose other side is, or may be, in another database. */
    public List<Endpoint> travelling() {
        return List.copyOf(elsewhere.values());
    }

    private static Side sideOf(Endpoint endpoint) {
        return new Side(endpoint.begun().conversationId(), endpoint.begun().initiator());
    }

    /** All endpoints in the order of their ids. */
    public List<Endpoint> endpoints() {
        List<Endpoint> all = new ArrayList<>(byId.size());
        byId.forEach(all::add);
        all.sort(Comparator.comparingLong(Endpoint::id));
        return all;
    }

    /** All endpoints, in no order. */
    public List<Endpoint> unordered() {
        List<Endpoint> all = new ArrayList<>(byId.size());
        byId.forEach(all::add);
        return all;
    }

    /** The endpoints of one conversation, in the order of their ids. */
    public List<Endpoint> endpoints(UUID conversation) {
        List<Endpoint> sides = new ArrayList<>(2);
        byId.forEach(endpoint -> {
            if (endpoint.partOf(conversation)) {
                sides.add(endpoint);
            }
        });
        sides.sort(Comparator.comparingLong(Endpoint::id));
        return sides;
    }

    /** Number of endpoints. */
    public int size() {
        return byId.size();
    }

    /** The group of an id, or null. */
    public Group group(UUID id) {
        return groups.get(id.getMostSignificantBits(), id.getLeastSignificantBits());
    }

    /** The group of an id, made in the queue of its service when there is none. */
    public Group group(UUID id, int service) {
        Group group = group(id);
        if (group == null) {
            group = services.computeIfAbsent(service, this::withoutQueue).makeGroup(id);
            groups.add(group);
        }
        return group;
    }

    private LocalService withoutQueue(int service) {
        return new LocalService(service, nowhere);
    }

    /** The queue of an id, or null. */
    public QueueIndex queue(int id) {
        return queues.get(id);
    }

    /** Name of an activation that reads a queue, or null. */
    public String readerOf(int queue) {
        return locked(() -> queues.containsKey(queue) ? queues.get(queue).readBy() : null);
    }

    /** All queues. */
    public Collection<QueueIndex> queues() {
        return queues.values();
    }

    /** The queue of an id, made when there is none. */
    public QueueIndex queue(int id, QueueDefinition definition) {
        return queues.computeIfAbsent(id, key -> new QueueIndex(key, definition));
    }

    /**
     * A service has this queue, or none when it has been dropped: its groups are in there from now on, whoever holds them.
     *
     * @return whether it had another one
     */
    public boolean serve(int service, QueueIndex queue) {
        QueueIndex to = queue == null ? nowhere : queue;
        LocalService served = services.get(service);
        if (served == null) {
            services.put(service, new LocalService(service, to));
            return false;
        }
        QueueIndex from = served.queue();
        if (from == to) {
            return false;
        }
        served.queue(to);
        groups.forEach(group -> {
            if (group.service() == service) {
                group.movedFrom(from);
            }
        });
        return true;
    }

    /** Nothing is left of a service that has been dropped. */
    public void forgetService(int service) {
        services.remove(service);
    }

    /** The services that have a queue, or had one and still have conversations; a copy. */
    public Set<Integer> services() {
        return Set.copyOf(services.keySet());
    }

    /** Whether a service has conversations, begun or beginning. */
    public boolean usesService(int service) {
        LocalService used = services.get(service);
        return used != null && used.inUse();
    }

    /** Runs a short task now when no conversation needs what has been dropped, or as soon as none does. */
    public void whenUnused(int dropped, Runnable task) {
        whenUnused.put(dropped, task);
        releaseIfUnused(dropped);
    }

    private void releaseIfUnused(int id) {
        if (!whenUnused.isEmpty() && !usesService(id) && !contractsInUse.containsKey(id)) {
            Runnable task = whenUnused.remove(id);
            if (task != null) {
                task.run();
            }
        }
    }

    /** Forgets a queue that was dropped. */
    public void dropQueue(int id) {
        QueueIndex queue = queues.remove(id);
        if (queue != null) {
            queue.dropped();
        }
    }

    /** Adds a committed endpoint to the table and to its group. */
    public void add(Endpoint endpoint) {
        byId.add(endpoint);
        byHandle.add(endpoint);
        useContract(endpoint.contract(), 1);
        endpoint.share(terms.use(endpoint.terms()));
        join(endpoint, endpoint.group());
    }

    private void join(Endpoint endpoint, Group group) {
        if (group.isEmpty()) {
            journal.created(group);
        }
        group.add(endpoint);
    }

    private void leave(Endpoint endpoint, Group group) {
        group.remove(endpoint);
        if (group.isEmpty()) {
            journal.dropped(group);
        }
    }

    /** Removes an endpoint, and its group when it was the last and nobody holds it. */
    public void remove(Endpoint endpoint) {
        if (byId.remove(0, endpoint.id()) != null) {
            byHandle.remove(endpoint.handleHigh(), endpoint.handleLow());
            heldBack.release(endpoint);
            if (endpoint.transit() != null) {
                elsewhere.remove(sideOf(endpoint), endpoint);
            }
            useContract(endpoint.contract(), -1);
            terms.release(endpoint.terms());
            journal.removed(endpoint);
            leave(endpoint, endpoint.group());
            discardIfUnused(endpoint.group());
        }
    }

    /** Puts an endpoint into another group; both are held by who has moved it. */
    public void move(Endpoint endpoint, Group to) {
        Group from = endpoint.group();
        leave(endpoint, from);
        endpoint.moveTo(to);
        join(endpoint, to);
    }

    /**
     * Notes that conversations begin to use a contract, or cease to.
     *
     * @param by 1 or -1
     */
    public void useContract(int contract, int by) {
        contractsInUse.merge(contract, by, EndpointTable::sumOrNull);
        releaseIfUnused(contract);
    }

    private static Integer sumOrNull(int a, int b) {
        return a + b == 0 ? null : Integer.valueOf(a + b);
    }

    /** Forgets a group without endpoints that nobody holds. */
    public void discardIfUnused(Group group) {
        if (group.isEmpty() && group.holder() == null) {
            group.queue().forget(group);
            if (groups.get(group.idHigh(), group.idLow()) == group) {
                groups.remove(group.idHigh(), group.idLow());
                group.localService().groupIsGone();
                releaseIfUnused(group.service());
            }
            if (group.queue().awaited()) {
                group.queue().gone(group.id());
            }
        } else {
            group.queue().changed(group);
        }
    }
}
