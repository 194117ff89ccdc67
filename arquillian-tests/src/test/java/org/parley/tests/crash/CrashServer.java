package org.parley.tests.crash;

import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.parley.tests.Until;
import org.parley.tests.server.Page;
import org.parley.tests.server.ServerProcess;

/** A server with the two resources and both applications, from its start to its kill. */
final class CrashServer implements AutoCloseable {

    private static final Duration LONGEST_START = Duration.ofSeconds(120);

    private static final Pattern OPENED = Pattern.compile("PARLEY-1101 .* opened in (\\d+) (ms)");

    private final ServerProcess process;
    private final Page page;
    private final Pattern ready;
    private long adapterStarted;

    /**
     * A server whose process has just been started. When its start is over it prints a line that has in its first group the
     * time that it took, and in its second the unit of that: s, or else milliseconds.
     */
    CrashServer(ServerProcess process, URI application, Pattern ready) {
        this.process = process;
        this.page = new Page(application);
        this.ready = ready;
    }

    /** Waits until its start is over, whatever has become of the applications; gives what it says of the time. */
    Duration ownStart() {
        return Until.present("the start is over; see " + process.log(), LONGEST_START, () -> told(ready));
    }

    /** Waits until the application is served. */
    void serves() {
        Until.holds("the adapter has started; see " + process.log(), LONGEST_START, () -> says("PARLEY-1001"));
        adapterStarted = System.nanoTime();
        Until.holds("the application is served; see " + process.log(), LONGEST_START, this::isServed);
    }

    private boolean says(String text) {
        if (!process.isAlive()) {
            throw new AssertionError("The server has ended; see " + process.log());
        }
        return !process.printed(text).isEmpty();
    }

    private boolean isServed() {
        try {
            return page.get("?do=state").statusCode() == 200;
        } catch (UncheckedIOException notYet) {
            return says("nothing that ends it");
        }
    }

    /** Time since the adapter has started. */
    Duration adapterRunning() {
        return Duration.ofNanos(System.nanoTime() - adapterStarted);
    }

    /** What the adapter says of the time that opening its database took, and with it the engine's recovery. */
    Duration engineRecovery() {
        return told(OPENED).orElseThrow(() -> new AssertionError("No database was opened; see " + process.log()));
    }

    private Optional<Duration> told(Pattern time) {
        Matcher line = time.matcher(process.printed());
        return line.find() ? Optional.of(duration(line.group(1), line.group(2))) : Optional.empty();
    }

    private static Duration duration(String number, String unit) {
        BigDecimal time = new BigDecimal(number.replace(",", ""));
        return Duration.ofMillis(
                time.scaleByPowerOfTen(unit.equals("s") ? 3 : 0).longValue());
    }

    /** Whether the application has done what it was asked. */
    boolean does(String query) {
        return page.get(query).statusCode() == 200;
    }

    /** What the application answers. */
    String text(String query) {
        return page.text(query);
    }

    /** What the application answers, in lines. */
    List<String> lines(String query) {
        return page.text(query).lines().toList();
    }

    /** Its process. */
    ServerProcess process() {
        return process;
    }

    @Override
    public void close() {
        process.close();
    }
}
