package org.parley.sql.value;

import java.util.ArrayList;
import java.util.List;

/** Takes a name of several parts apart: {@code a.[b.c]."d"}. */
final class NameParts {

    private static final int MOST = 4;

    private NameParts() {}

    /** Its parts without delimiters; empty when it is no name of one to four parts. */
    static List<String> of(String name) {
        List<String> parts = new ArrayList<>();
        int at = 0;
        while (true) {
            StringBuilder part = new StringBuilder();
            at = read(name, at, part);
            parts.add(part.toString());
            boolean over = at == name.length();
            if (at < 0 || parts.size() > MOST || !over && name.charAt(at) != '.') {
                return List.of();
            }
            if (over) {
                return parts;
            }
            at++;
        }
    }

    /** Reads a part and returns where it ends, or -1 when a delimiter is missing. */
    private static int read(String name, int from, StringBuilder part) {
        char close = from < name.length() ? closing(name.charAt(from)) : 0;
        int at = from;
        if (close == 0) {
            while (at < name.length() && name.charAt(at) != '.') {
                part.append(name.charAt(at++));
            }
            return at;
        }
        for (at++; at < name.length(); at++) {
            char c = name.charAt(at);
            if (c == close && (at + 1 == name.length() || name.charAt(at + 1) != close)) {
                return at + 1;
            }
            part.append(c);
            at += c == close ? 1 : 0;
        }
        return -1;
    }

    private static char closing(char open) {
        return open == '[' ? ']' : open == '"' ? '"' : 0;
    }
}
