package org.parley.ra;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.parley.BrokerConnection;
import org.parley.BrokerException;
import org.parley.ErrorNumbers;
import org.parley.ra.host.Settings;
import org.parley.spi.BrokerServer;
import org.parley.spi.Channel;

/**
 * The adapter's {@code definitions}: for each part a database and its statements, or where to read them.
 *
 * <pre>
 * definitions = part { ";" part }
 * part        = [ database "=" ] ( statements | path | URL )
 * </pre>
 *
 * A part begins only with the name of one of the adapter's databases, so that semicolons and equals signs inside
 * statements do no harm; without a name it belongs to the first database. What has CREATE, ALTER or EXEC in it is statements.
 */
final class Definitions {

    private static final Pattern STATEMENTS =
            Pattern.compile("(^|\\s)(CREATE|ALTER|EXEC|EXECUTE)\\s", Pattern.CASE_INSENSITIVE);
    private static final Pattern URL = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:.*");

    private final List<Part> parts;

    private record Part(String database, String source) {}

    private Definitions(List<Part> parts) {
        this.parts = parts;
    }

    static Definitions of(Settings settings) {
        List<Part> parts = new ArrayList<>();
        String text = settings.definitions();
        if (text.isEmpty()) {
            return new Definitions(parts);
        }
        if (settings.databases().isEmpty()) {
            throw Settings.refused("definitions", text, "nothing while property 'databases' names none");
        }
        String names = settings.databases().stream().map(Pattern::quote).collect(Collectors.joining("|"));
        Matcher begin = Pattern.compile("(?:^|;)\\s*(" + names + ")\\s*=").matcher(text);
        String database = settings.databases().get(0);
        int from = 0;
        while (begin.find()) {
            add(parts, database, text.substring(from, begin.start()));
            database = begin.group(1);
            from = begin.end();
        }
        add(parts, database, text.substring(from));
        return new Definitions(parts);
    }

    /** Runs all of them; what is as defined already stays as it is. */
    void run(BrokerServer server) {
        for (Part part : parts) {
            String statements = STATEMENTS.matcher(part.source).find() ? part.source : read(part.source);
            try (Channel channel = server.channel(part.database, null)) {
                run(channel.session(), statements);
            } catch (BrokerException e) {
                throw new BrokerException(
                        e.number(), "Definitions of database '" + part.database + "': " + e.getMessage(), e);
            }
        }
    }

    /** Definitions alone are one transaction and can be repeated; what is more than definitions is a script. */
    private static void run(BrokerConnection session, String statements) {
        try {
            session.catalog().define(statements);
        } catch (BrokerException e) {
            if (e.number() != ErrorNumbers.NO_DEFINITION) {
                throw e;
            }
            // nothing has been kept
            session.execute(statements);
        }
    }

    private static void add(List<Part> parts, String database, String source) {
        String trimmed = source.trim();
        if (!trimmed.isEmpty() && !trimmed.equals(";")) {
            parts.add(new Part(database, trimmed));
        }
    }

    private static String read(String location) {
        String place = location.endsWith(";")
                ? location.substring(0, location.length() - 1).trim()
                : location;
        try {
            if (URL.matcher(place).matches()) {
                try (InputStream in = URI.create(place).toURL().openStream()) {
                    return new String(in.readAllBytes(), StandardCharsets.UTF_8);
                }
            }
            return Files.readString(Path.of(place));
        } catch (IOException | IllegalArgumentException e) {
            throw Settings.refused(
                    "definitions", location, "statements, or the path or URL of a script in UTF-8 (" + e + ")", e);
        }
    }
}
