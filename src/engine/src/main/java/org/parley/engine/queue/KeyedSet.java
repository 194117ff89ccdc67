package org.parley.engine.queue;

import java.util.Arrays;
import java.util.function.Consumer;

/**
 * A set of objects that are found by a key of 128 bits, which is part of the object: one reference for each is all that is
 * kept, 5 to 8 bytes, where a hash map takes 45 and more. Open addressing with linear probing; removal closes the gap, so that
 * nothing of a removed object stays behind. Guarded by the table's lock.
 */
final class KeyedSet<E> {

    private static final int SMALLEST = 8;

    private final Key<E> key;
    private Object[] slots = new Object[SMALLEST];
    private int size;

    /** Both halves of an object's key; they never change. */
    interface Key<E> {

        /** The upper 64 bits. */
        long high(E element);

        /** The lower 64 bits. */
        long low(E element);
    }

    KeyedSet(Key<E> key) {
        this.key = key;
    }

    int size() {
        return size;
    }

    /** The object of a key, or null. */
    E get(long high, long low) {
        int slot = slotOf(high, low);
        return at(slot);
    }

    /** Adds an object; one with the same key goes. */
    void add(E element) {
        int slot = slotOf(key.high(element), key.low(element));
        boolean fresh = slots[slot] == null;
        slots[slot] = element;
        if (fresh) {
            size++;
            // three quarters full, probes are short still
            if (size > slots.length - slots.length / 4) {
                resize(slots.length + slots.length / 2);
            }
        }
    }

    /** Removes the object of a key and returns it, or null. */
    E remove(long high, long low) {
        int gap = slotOf(high, low);
        E removed = at(gap);
        if (removed == null) {
            return null;
        }
        size--;
        for (int next = after(gap); slots[next] != null; next = after(next)) {
            E candidate = at(next);
            int home = home(key.high(candidate), key.low(candidate));
            boolean mayMove = gap <= next ? home <= gap || home > next : home <= gap && home > next;
            if (mayMove) {
                slots[gap] = candidate;
                gap = next;
            }
        }
        slots[gap] = null;
        if (slots.length > SMALLEST && size < slots.length / 4) {
            resize(Math.max(SMALLEST, slots.length / 2));
        }
        return removed;
    }

    /** Does something with each, in no order; the set must not be changed meanwhile. */
    @SuppressWarnings("unchecked")
    void forEach(Consumer<E> consumer) {
        for (Object element : slots) {
            if (element != null) {
                consumer.accept((E) element);
            }
        }
    }

    /** Where the key is, or the empty place where it would be. */
    private int slotOf(long high, long low) {
        int slot = home(high, low);
        E element = at(slot);
        while (element != null && (key.low(element) != low || key.high(element) != high)) {
            slot = after(slot);
            element = at(slot);
        }
        return slot;
    }

    @SuppressWarnings("unchecked")
    private E at(int slot) {
        return (E) slots[slot];
    }

    private int after(int slot) {
        return slot + 1 == slots.length ? 0 : slot + 1;
    }

    /** Any number of slots will do: the upper half of the hash is scaled to it. */
    private int home(long high, long low) {
        long mixed = (high ^ Long.rotateLeft(low, 32)) * 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ low ^ mixed >>> 32) * 0xC4CEB9FE1A85EC53L;
        return (int) ((mixed >>> 32) * slots.length >>> 32);
    }

    @SuppressWarnings("unchecked")
    private void resize(int length) {
        Object[] old = slots;
        slots = new Object[length];
        for (Object element : old) {
            if (element != null) {
                E each = (E) element;
                slots[slotOf(key.high(each), key.low(each))] = each;
            }
        }
        Arrays.fill(old, null);
    }
}
