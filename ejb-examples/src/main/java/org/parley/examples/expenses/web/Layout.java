package org.parley.examples.expenses.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;

/** What all pages have around them. Style and script are part of each page, so there is nothing else to fetch. */
final class Layout {

    private static final String STYLE = resource("page.css");
    private static final String SCRIPT = resource("page.js");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");

    private static final String PAGE = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="UTF-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <link rel="icon" href="data:,">
            <title>%s</title>
            %s<style>
            %s</style>
            </head>
            <body>
            <header><a href="./">Adventure Works expenses</a> <span>dialogs that you can watch</span></header>
            <main>
            %s</main>
            <script>
            %s</script>
            </body>
            </html>
            """;

    /** Without scripts, a page that has nothing to type into comes again as a whole. */
    private static final String REFRESH = "<noscript><meta http-equiv=\"refresh\" content=\"2\"></noscript>\n";

    private Layout() {}

    static String page(String title, boolean refresh, String body) {
        return PAGE.formatted(escape(title), refresh ? REFRESH : "", STYLE, body, SCRIPT);
    }

    /** Text as it stands in HTML, also within quoted attributes. Everything that isn't ours goes through here. */
    static String escape(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.append(c);
            }
        }
        return out.toString();
    }

    static String time(LocalDateTime time) {
        return "<time datetime=\"" + time + "\">" + TIME.format(time) + "</time>";
    }

    private static String resource(String name) {
        try (InputStream in = Layout.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("Page part '" + name + "' can't be read.", e);
        }
    }
}
