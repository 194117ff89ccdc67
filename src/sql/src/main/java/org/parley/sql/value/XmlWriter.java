package org.parley.sql.value;

/** Writes xml as Transact-SQL shows it: empty elements short, double quotes, no declaration. */
final class XmlWriter {

    private final StringBuilder text = new StringBuilder();
    private boolean open;

    void start(String name) {
        close();
        text.append('<').append(name);
        open = true;
    }

    void attribute(String name, String value) {
        text.append(' ').append(name).append("=\"");
        escape(value, true);
        text.append('"');
    }

    void end(String name) {
        if (open) {
            text.append("/>");
            open = false;
        } else {
            text.append("</").append(name).append('>');
        }
    }

    void text(CharSequence value) {
        if (value.length() > 0) {
            close();
            escape(value, false);
        }
    }

    void comment(String value) {
        close();
        text.append("<!--").append(value).append("-->");
    }

    void instruction(String target, String data) {
        close();
        text.append("<?").append(target);
        if (data != null && !data.isEmpty()) {
            text.append(' ').append(data);
        }
        text.append("?>");
    }

    private void close() {
        // what was &amp; in CDATA or a quote in quotes may have become longer
        Operators.checkLength(text.length(), SqlType.XML);
        if (open) {
            text.append('>');
            open = false;
        }
    }

    private void escape(CharSequence value, boolean attribute) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '&' -> text.append("&amp;");
                case '<' -> text.append("&lt;");
                case '>' -> text.append("&gt;");
                case '\r' -> text.append("&#xD;");
                case '"' -> text.append(attribute ? "&quot;" : "\"");
                case '\t' -> text.append(attribute ? "&#x9;" : "\t");
                case '\n' -> text.append(attribute ? "&#xA;" : "\n");
                default -> text.append(c);
            }
        }
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
