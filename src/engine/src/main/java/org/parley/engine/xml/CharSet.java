package org.parley.engine.xml;

import java.util.BitSet;

/**
 * Characters that a part of a pattern takes. Which ones exactly depends on the JDK's Unicode tables, so a set is known from
 * two sides: the characters that it may take and those that it surely takes. All characters beyond 16 bits count as one.
 *
 * @param may those that it may take
 * @param surely those that it surely takes
 */
record CharSet(BitSet may, BitSet surely) {

    /** Stands for all characters beyond 16 bits. */
    private static final int BEYOND = 0x10000;

    /** Number of characters that are told apart. */
    static final int SIZE = BEYOND + 1;

    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static final String DIGITS = "0123456789";
    private static final int FIRST_BEYOND_ASCII = 0x80;

    static CharSet of(int from, int to) {
        BitSet set = new BitSet();
        set.set(Math.min(from, BEYOND), Math.min(to, BEYOND) + 1);
        return new CharSet(set, set);
    }

    /** Any character, or none. */
    static CharSet unknown() {
        return new CharSet(all(), new BitSet());
    }

    /** What {@code .} takes. */
    static CharSet dot() {
        return exactly("\n\r").negated();
    }

    /** The set of an escape such as {@code \d}, or null. */
    static CharSet escape(int letter) {
        return switch (letter) {
            case 's' -> exactly(" \t\n\r");
            case 'd' -> withUnknownBeyondAscii(DIGITS);
            case 'w' -> withUnknownBeyondAscii(LETTERS + DIGITS + "_$+<=>^`|~").onlySurely(LETTERS + DIGITS);
            case 'i' -> withUnknownBeyondAscii(LETTERS + "_:");
            case 'c' -> withUnknownBeyondAscii(LETTERS + DIGITS + ".-_:");
            case 'S', 'D', 'W', 'I', 'C' ->
                escape(Character.toLowerCase(letter)).negated();
            case 'p', 'P' -> unknown();
            default -> null;
        };
    }

    private static CharSet exactly(String characters) {
        BitSet set = new BitSet();
        characters.chars().forEach(set::set);
        return new CharSet(set, set);
    }

    private static CharSet withUnknownBeyondAscii(String characters) {
        BitSet may = exactly(characters).may();
        may.set(FIRST_BEYOND_ASCII, SIZE);
        return new CharSet(may, exactly(characters).may());
    }

    private CharSet onlySurely(String characters) {
        return new CharSet(may, exactly(characters).may());
    }

    private static BitSet all() {
        BitSet all = new BitSet();
        all.set(0, SIZE);
        return all;
    }

    CharSet negated() {
        BitSet notSurely = all();
        notSurely.andNot(surely);
        BitSet not = all();
        not.andNot(may);
        // of those beyond 16 bits some may be in the set and others not
        notSurely.set(BEYOND);
        not.clear(BEYOND);
        return new CharSet(notSurely, not);
    }

    CharSet with(CharSet other) {
        BitSet both = (BitSet) may.clone();
        both.or(other.may);
        BitSet bothSurely = (BitSet) surely.clone();
        bothSurely.or(other.surely);
        return new CharSet(both, bothSurely);
    }

    /** Without an unknown part of it. */
    CharSet withoutSome() {
        return new CharSet(may, new BitSet());
    }

    static CharSet none() {
        return new CharSet(new BitSet(), new BitSet());
    }
}
