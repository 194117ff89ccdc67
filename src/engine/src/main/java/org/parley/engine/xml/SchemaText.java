package org.parley.engine.xml;

import java.util.ArrayList;
import java.util.List;
import org.xml.sax.SAXParseException;

/** Cuts a text into the schema documents that stand in it one after the other. One pass, nothing is judged. */
final class SchemaText {

    private final String text;
    private int next;
    private int line = 1;
    private int lineStart;

    private SchemaText(String text) {
        this.text = text;
    }

    /**
     * A document in its text.
     *
     * @param text the document, from its first tag to its last
     * @param line where it begins in what the user wrote
     * @param column the same
     */
    record Piece(String text, int line, int column) {

        /** A place in the document as one of the user's text. */
        String place(int lineInside, int columnInside) {
            int wholeColumn = lineInside == 1 ? column + columnInside - 1 : columnInside;
            return "line " + (line + lineInside - 1) + ", column " + wholeColumn + ": ";
        }

        String place(SAXParseException e) {
            return place(e.getLineNumber(), e.getColumnNumber());
        }
    }

    static List<Piece> cut(String text) {
        return new SchemaText(text).pieces();
    }

    private List<Piece> pieces() {
        List<Piece> pieces = new ArrayList<>();
        while (next < text.length()) {
            if (text.charAt(next) != '<') {
                refuseContent();
                advance(next + 1);
            } else if (!skipAside()) {
                pieces.add(piece());
            }
        }
        return pieces;
    }

    /** Between documents there may be blanks, and the mark that editors put before a file. */
    private void refuseContent() {
        char found = text.charAt(next);
        if (!Character.isWhitespace(found) && found != '\uFEFF') {
            throw SchemaErrors.notASchema(
                    new Piece("", line, next - lineStart + 1).place(1, 1),
                    "found '" + found + "', expected a schema document.");
        }
    }

    /** Comments, processing instructions and XML declarations. */
    private boolean skipAside() {
        if (text.startsWith("<!DOCTYPE", next)) {
            throw SchemaErrors.notASchema(
                    new Piece("", line, next - lineStart + 1).place(1, 1), "a document type (DOCTYPE) is not allowed.");
        }
        return skip("<!--", "-->") || skip("<?", "?>");
    }

    private boolean skip(String begin, String end) {
        boolean found = text.startsWith(begin, next);
        if (found) {
            advance(behind(end, next + begin.length()));
        }
        return found;
    }

    private int behind(String end, int from) {
        int at = text.indexOf(end, from);
        return at < 0 ? text.length() : at + end.length();
    }

    private Piece piece() {
        int start = next;
        int startLine = line;
        int column = next - lineStart + 1;
        int depth = 0;
        do {
            if (skip("<!--", "-->") || skip("<![CDATA[", "]]>") || skip("<?", "?>")) {
                continue;
            }
            if (text.charAt(next) != '<') {
                int tag = text.indexOf('<', next);
                advance(tag < 0 ? text.length() : tag);
            } else if (text.startsWith("</", next)) {
                depth--;
                advance(behind(">", next));
            } else {
                int end = tagEnd();
                depth += text.startsWith("/>", end - 2) ? 0 : 1;
                advance(end);
            }
        } while (depth > 0 && next < text.length());
        return new Piece(text.substring(start, next), startLine, column);
    }

    /** Behind a tag; values in quotes may hold what would end it. */
    private int tagEnd() {
        char quote = 0;
        for (int at = next + 1; at < text.length(); at++) {
            char character = text.charAt(at);
            if (quote != 0) {
                quote = character == quote ? 0 : quote;
            } else if (character == '"' || character == '\'') {
                quote = character;
            } else if (character == '>') {
                return at + 1;
            }
        }
        return text.length();
    }

    private void advance(int to) {
        for (int at = next; at < to; at++) {
            char character = text.charAt(at);
            if (character == '\n' || character == '\r' && (at + 1 == text.length() || text.charAt(at + 1) != '\n')) {
                line++;
                lineStart = at + 1;
            }
        }
        next = to;
    }
}
