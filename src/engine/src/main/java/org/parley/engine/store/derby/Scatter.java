package org.parley.engine.store.derby;

import java.util.Arrays;

/**
 * First column of the keys of tables whose rows come and go. Derby gives an emptied page of an index back only when nobody
 * uses the table at that moment, on a busy system never; keys that only grow would leave emptied pages behind for ever. Spread
 * over the whole index, new keys fall onto the pages that old ones have left, and the index stays as large as it ever had to
 * be. Messages of an endpoint stay together by blocks, so that a range is one short scan, or two.
 */
final class Scatter {

    private static final int BLOCK_BITS = 8;

    private Scatter() {}

    /** For the row of an endpoint. */
    static int of(long endpoint) {
        return mix(endpoint);
    }

    /** For a message, the same for all of a block. */
    static int of(long endpoint, long position) {
        return mix(endpoint + 0x9E3779B97F4A7C15L * (1 + (position >> BLOCK_BITS)));
    }

    /** For a global transaction. */
    static int of(byte[] globalId, byte[] qualifier) {
        return mix(31L * Arrays.hashCode(globalId) + Arrays.hashCode(qualifier));
    }

    /** Last position of the block that a position is in. */
    static long lastOfBlock(long position) {
        return position | (1L << BLOCK_BITS) - 1;
    }

    /** Finalizer of MurmurHash3: every bit of the number reaches every bit of the result. */
    private static int mix(long number) {
        long mixed = number;
        mixed = (mixed ^ (mixed >>> 33)) * 0xFF51AFD7ED558CCDL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xC4CEB9FE1A85EC53L;
        return (int) (mixed ^ (mixed >>> 33));
    }
}
