package org.parley.engine.queue;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** All endpoints, groups and queues of one broker database, and the lock that guards them. */
public final class EndpointTable {

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Long, Endpoint> byId = new HashMap<>();
    private final Map<UUID, Endpoint> byHandle = new HashMap<>();
    private final Map<Side, Endpoint> elsewhere = new HashMap<>();
    private final Map<UUID, Group> groups = new HashMap<>();
    private final Map<Integer, QueueIndex> queues = new HashMap<>();
    private final Map<Integer, Integer> contractsInUse = new HashMap<>();

    /** One side of a conversation, as both databases know it. */
    private record Side(UUID conversation, boolean initiator) {}

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
            lock.unlock();
        }
    }

    /** Runs something under the lock. */
    public void locked(Runnable work) {
        lock.lock();
        try {
            work.run();
        } finally {
            lock.unlock();
        }
    }

    /** The endpoint of an id, or null. */
    public Endpoint endpoint(long id) {
        return byId.get(id);
    }

    /** The endpoint of a handle, or null. */
    public Endpoint endpoint(UUID handle) {
        return byHandle.get(handle);
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
        List<Endpoint> all = new ArrayList<>(byId.values());
        all.sort(Comparator.comparingLong(Endpoint::id));
        return all;
    }

    /** All endpoints, in no order. */
    public List<Endpoint> unordered() {
        return new ArrayList<>(byId.values());
    }

    /** Number of endpoints. */
    public int size() {
        return byId.size();
    }

    /** The group of an id, or null. */
    public Group group(UUID id) {
        return groups.get(id);
    }

    /** The group of an id, made when there is none. */
    public Group group(UUID id, int service, QueueIndex queue) {
        return groups.computeIfAbsent(id, key -> new Group(key, service, queue));
    }

    /** The queue of an id, or null. */
    public QueueIndex queue(int id) {
        return queues.get(id);
    }

    /** All queues. */
    public Collection<QueueIndex> queues() {
        return queues.values();
    }

    /** The queue of an id, made when there is none. */
    public QueueIndex queue(int id, String name, boolean on) {
        return queues.computeIfAbsent(id, key -> new QueueIndex(key, name, on));
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
        byId.put(endpoint.id(), endpoint);
        byHandle.put(endpoint.handle(), endpoint);
        useContract(endpoint.begun().contract(), 1);
        endpoint.group().endpoints().add(endpoint);
    }

    /** Removes an endpoint, and its group when it was the last and nobody holds it. */
    public void remove(Endpoint endpoint) {
        if (byId.remove(endpoint.id()) != null) {
            byHandle.remove(endpoint.handle());
            if (endpoint.transit() != null) {
                elsewhere.remove(sideOf(endpoint), endpoint);
            }
            useContract(endpoint.begun().contract(), -1);
            endpoint.group().endpoints().remove(endpoint);
            discardIfUnused(endpoint.group());
        }
    }

    /** Puts an endpoint into another group; both are held by who has moved it. */
    public void move(Endpoint endpoint, Group to) {
        Group from = endpoint.group();
        from.endpoints().remove(endpoint);
        endpoint.moveTo(to);
        to.endpoints().add(endpoint);
    }

    /**
     * Notes that conversations begin to use a contract, or cease to.
     *
     * @param by 1 or -1
     */
    public void useContract(int contract, int by) {
        contractsInUse.merge(contract, by, (a, b) -> a + b == 0 ? null : a + b);
    }

    /** Whether a service has conversations, begun or beginning. */
    public boolean usesService(int service) {
        return groups.values().stream().anyMatch(group -> group.service() == service);
    }

    /** Whether a conversation, begun or beginning, uses a contract. */
    public boolean usesContract(int contract) {
        return contractsInUse.containsKey(contract);
    }

    /** Forgets a group without endpoints that nobody holds. */
    public void discardIfUnused(Group group) {
        if (group.endpoints().isEmpty() && group.holder() == null) {
            group.queue().remove(group);
            groups.remove(group.id(), group);
        } else {
            group.queue().changed(group);
        }
    }
}
