package org.parley.tests.manual;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * A page of the manual whose code blocks are tested. Behind its language a block has either a name, by which a test asks for
 * it and uses it as it stands, {@code ```xml server.xml}, or the file of which it is a piece, {@code ```xml in DIRECTORY/FILE}.
 */
public final class ManualPage {

    private static final String FENCE = "```";

    private final Path page;

    public ManualPage(String name) {
        this.page = Path.of(System.getProperty("parley.manual"), name);
    }

    /**
     * A code block.
     *
     * @param language the first word behind the fence, empty when there is none
     * @param name the others
     * @param lines what is in it, without the indentation of the fence
     */
    record Block(String language, String name, List<String> lines) {

        private static final String PIECE = "in ";

        /** Whether it is a piece of a file. */
        boolean isPiece() {
            return name.startsWith(PIECE);
        }

        /** The file of which it is a piece, below the project's directory. */
        String file() {
            return name.substring(PIECE.length());
        }

        @Override
        public String toString() {
            return language + " " + name + ": " + lines.get(0).strip();
        }
    }

    /** The lines of the block of this language and name. */
    public List<String> block(String language, String name) {
        return blocks().stream()
                .filter(block -> block.language.equals(language) && block.name.equals(name))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalStateException("'" + page + "' has no block '" + language + " " + name + "'."))
                .lines;
    }

    /** All its blocks. */
    List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        Iterator<String> lines = lines().iterator();
        while (lines.hasNext()) {
            String line = lines.next();
            if (line.strip().startsWith(FENCE)) {
                blocks.add(block(line, lines));
            }
        }
        return blocks;
    }

    private static Block block(String opening, Iterator<String> lines) {
        int indentation = opening.indexOf(FENCE);
        String[] words = opening.strip().substring(FENCE.length()).split(" ", 2);
        List<String> content = new ArrayList<>();
        for (String line = lines.next(); !line.strip().equals(FENCE); line = lines.next()) {
            content.add(line.isBlank() ? "" : line.substring(indentation));
        }
        return new Block(words[0], words.length > 1 ? words[1] : "", List.copyOf(content));
    }

    private List<String> lines() {
        try {
            return Files.readAllLines(page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
