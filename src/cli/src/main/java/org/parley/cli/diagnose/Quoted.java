package org.parley.cli.diagnose;

/** Names and texts as statements write them. */
final class Quoted {

    private Quoted() {}

    static String name(String name) {
        return "[" + name.replace("]", "]]") + "]";
    }

    static String text(String text) {
        return "N'" + text.replace("'", "''") + "'";
    }
}
