package org.parley.engine.queue;

import java.util.Arrays;

/**
 * Groups in the order in which they are received from: a heap in which each group knows its place, so that any one can be
 * taken out. One reference for each group is all that is kept. Guarded by the table's lock.
 */
final class ReadyGroups {

    private static final int SMALLEST = 4;

    private Group[] heap = new Group[SMALLEST];
    private int size;

    int size() {
        return size;
    }

    /** The first, or null. */
    Group first() {
        return heap[0];
    }

    /** All, the first one first; what is done with them may change this. */
    Group[] inOrder() {
        Group[] all = Arrays.copyOf(heap, size);
        Arrays.sort(all, Group::compareTurns);
        return all;
    }

    /** Adds a group, which has taken its turn; it must not be here. */
    void add(Group group) {
        if (size == heap.length) {
            heap = Arrays.copyOf(heap, size + (size >> 1));
        }
        rise(group, size++);
    }

    /** Removes a group that is here; its turn is still the one that it came with. */
    void remove(Group group) {
        int place = group.place();
        Group last = heap[--size];
        heap[size] = null;
        if (last != group) {
            sink(last, place);
            if (last.place() == place) {
                rise(last, place);
            }
        }
        if (heap.length > SMALLEST && size < heap.length / 4) {
            heap = Arrays.copyOf(heap, Math.max(SMALLEST, heap.length / 2));
        }
    }

    private void rise(Group group, int from) {
        int place = from;
        while (place > 0) {
            int parent = (place - 1) >>> 1;
            if (Group.compareTurns(group, heap[parent]) >= 0) {
                break;
            }
            put(heap[parent], place);
            place = parent;
        }
        put(group, place);
    }

    private void sink(Group group, int from) {
        int place = from;
        int child = 2 * place + 1;
        while (child < size) {
            if (child + 1 < size && Group.compareTurns(heap[child + 1], heap[child]) < 0) {
                child++;
            }
            if (Group.compareTurns(group, heap[child]) <= 0) {
                break;
            }
            put(heap[child], place);
            place = child;
            child = 2 * place + 1;
        }
        put(group, place);
    }

    private void put(Group group, int place) {
        heap[place] = group;
        group.place(place);
    }
}
