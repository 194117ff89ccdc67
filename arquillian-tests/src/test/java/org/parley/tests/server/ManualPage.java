package org.parley.tests.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A page of the manual whose code blocks a test uses as they stand. A block that is used has a name behind its language:
 * {@code ```xml server.xml}.
 */
public final class ManualPage {

    private static final String FENCE = "```";

    private final Path page;

    public ManualPage(String name) {
        this.page = Path.of(System.getProperty("parley.manual"), name);
    }

    /** The lines of the block of this language and name. */
    public List<String> block(String language, String name) {
        try {
            List<String> lines = Files.readAllLines(page);
            int first = lines.indexOf(FENCE + language + " " + name) + 1;
            if (first == 0) {
                throw new IllegalStateException("'" + page + "' has no block '" + language + " " + name + "'.");
            }
            List<String> rest = lines.subList(first, lines.size());
            return rest.subList(0, rest.indexOf(FENCE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
