package org.parley.engine.crash;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The commit that is built, as a seed: each commit tries other cases, and the same commit the same ones again. */
final class Commit {

    private static final int DIGITS = 12;

    private Commit() {}

    /** From the property {@code parley.seed}, else from git's HEAD, else 1. */
    static long seed() {
        String given = System.getProperty("parley.seed");
        if (given != null && !given.isEmpty()) {
            return Long.parseLong(given);
        }
        try {
            Process git = new ProcessBuilder("git", "rev-parse", "HEAD")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String id = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return id.length() < DIGITS ? 1 : Long.parseLong(id.substring(0, DIGITS), 16);
        } catch (IOException e) {
            // no git here: the cases don't rotate
            return 1;
        }
    }
}
