package org.parley.engine.timer;

import java.util.Arrays;

/**
 * Moments by the key of what becomes due then, the earliest first; one for each key. A heap in arrays of numbers, and a
 * table that finds a key's place in it: some 35 bytes for each, and what is replaced or taken back is gone at once.
 */
final class DueHeap {

    private static final int SMALLEST = 8;

    private long[] dues = new long[SMALLEST];
    private long[] keys = new long[SMALLEST];
    private int[] slotOf = new int[SMALLEST];
    private int size;
    /** Places in the heap plus one, by the hash of the key, twice as many as the heap has room for; 0 is free. */
    private int[] slots = new int[2 * SMALLEST];

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** The earliest moment; there must be one. */
    long firstDue() {
        return dues[0];
    }

    /** What becomes due first; there must be something. */
    long firstKey() {
        return keys[0];
    }

    /** Whether a key is here with a moment that isn't after this one. */
    boolean hasBy(long key, long due) {
        int stored = slots[find(key)];
        return stored != 0 && dues[stored - 1] <= due;
    }

    /** Adds a key, or gives it another moment. */
    void put(long key, long due) {
        int slot = find(key);
        if (slots[slot] != 0) {
            settle(key, due, slot, slots[slot] - 1);
            return;
        }
        if (size == dues.length) {
            resize(size + (size >> 1));
            slot = find(key);
        }
        settle(key, due, slot, size++);
    }

    /** Removes a key, if it is here. */
    void remove(long key) {
        int slot = find(key);
        if (slots[slot] == 0) {
            return;
        }
        int place = slots[slot] - 1;
        free(slot);
        size--;
        if (place < size) {
            settle(keys[size], dues[size], slotOf[size], place);
        }
        if (dues.length > SMALLEST && size < dues.length / 4) {
            resize(Math.max(SMALLEST, dues.length / 2));
        }
    }

    void clear() {
        size = 0;
        Arrays.fill(slots, 0);
        resize(SMALLEST);
    }

    /** Puts a key where it belongs, beginning at a place whose content may be overwritten. */
    private void settle(long key, long due, int slot, int from) {
        int place = from;
        while (place > 0 && due < dues[(place - 1) >>> 1]) {
            int parent = (place - 1) >>> 1;
            set(place, keys[parent], dues[parent], slotOf[parent]);
            place = parent;
        }
        for (int child = 2 * place + 1; child < size; child = 2 * place + 1) {
            if (child + 1 < size && dues[child + 1] < dues[child]) {
                child++;
            }
            if (due <= dues[child]) {
                break;
            }
            set(place, keys[child], dues[child], slotOf[child]);
            place = child;
        }
        set(place, key, due, slot);
    }

    private void set(int place, long key, long due, int slot) {
        keys[place] = key;
        dues[place] = due;
        slotOf[place] = slot;
        slots[slot] = place + 1;
    }

    /** The slot of a key, or the free one where it would be. */
    private int find(long key) {
        int slot = home(key);
        while (slots[slot] != 0 && keys[slots[slot] - 1] != key) {
            slot = after(slot);
        }
        return slot;
    }

    /** Frees a slot and closes the gap. */
    private void free(int freed) {
        int gap = freed;
        for (int next = after(gap); slots[next] != 0; next = after(next)) {
            int place = slots[next] - 1;
            int home = home(keys[place]);
            boolean mayMove = gap <= next ? home <= gap || home > next : home <= gap && home > next;
            if (mayMove) {
                slots[gap] = slots[next];
                slotOf[place] = gap;
                gap = next;
            }
        }
        slots[gap] = 0;
    }

    private int after(int slot) {
        return slot + 1 == slots.length ? 0 : slot + 1;
    }

    /** Any number of slots will do: the upper half of the hash is scaled to it. */
    private int home(long key) {
        long mixed = (key ^ key >>> 32) * 0x9E3779B97F4A7C15L;
        return (int) ((mixed >>> 32) * slots.length >>> 32);
    }

    private void resize(int room) {
        dues = Arrays.copyOf(dues, room);
        keys = Arrays.copyOf(keys, room);
        slotOf = new int[room];
        slots = new int[2 * room];
        for (int place = 0; place < size; place++) {
            int slot = find(keys[place]);
            slots[slot] = place + 1;
            slotOf[place] = slot;
        }
    }
}
