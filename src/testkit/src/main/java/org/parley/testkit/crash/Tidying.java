package org.parley.testkit.crash;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.parley.ConversationEndpoint;
import org.parley.ConversationState;
import org.parley.LocalConnection;

/** Brings every dialog to its end, by the same steps as the load: what is locked, lost or stuck keeps it from being done. */
final class Tidying {

    private static final long PATIENCE_NANOS = 15_000_000_000L;
    private static final long PAUSE_NANOS = 2_000_000;

    private final Application application;
    private final Map<Flow, Initiator> initiators = new HashMap<>();
    private final List<Target> targets = new ArrayList<>();
    private final List<Worker> workers = new ArrayList<>();

    private Tidying(Application application) {
        this.application = application;
        for (Flow flow : Flow.values()) {
            initiators.put(flow, new Initiator(flow, worker(flow, Application.NEAR), null));
            targets.add(new Target(flow, worker(flow, flow.target())));
        }
    }

    private Worker worker(Flow flow, String database) {
        Worker worker = new Worker(application, flow.global(), database, null);
        workers.add(worker);
        return worker;
    }

    /** Runs until no endpoint and no message is left in any broker database. */
    static void run(Application application) throws Exception {
        Tidying tidying = new Tidying(application);
        try {
            tidying.run();
        } finally {
            tidying.workers.forEach(Worker::close);
        }
    }

    private enum Round {
        DONE,
        BUSY,
        IDLE
    }

    private void run() throws Exception {
        long start = System.nanoTime();
        Exception failure = null;
        Round round = Round.BUSY;
        while (round != Round.DONE) {
            try {
                round = round();
            } catch (Exception e) {
                // a database whose failure is noticed late is opened again meanwhile
                failure = e;
                round = Round.IDLE;
            }
            if (round == Round.BUSY) {
                start = System.nanoTime();
            } else if (System.nanoTime() - start > PATIENCE_NANOS) {
                throw new AssertionError(
                        "Dialogs don't come to their end, kept are " + kept() + ": " + described(endpoints()), failure);
            } else {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    private Round round() throws Exception {
        List<ConversationEndpoint> left = endpoints();
        if (left.isEmpty() && kept().isEmpty()) {
            return Round.DONE;
        }
        boolean busy = false;
        for (Target target : targets) {
            busy |= target.receive(Duration.ZERO);
        }
        for (Initiator initiator : initiators.values()) {
            busy |= initiator.receive(Duration.ZERO);
        }
        if (!busy) {
            finish(left);
        }
        return busy ? Round.BUSY : Round.IDLE;
    }

    /** Without an endpoint there is no message. */
    private List<String> kept() throws SQLException {
        List<String> kept = new ArrayList<>();
        for (String database : List.of(Application.NEAR, Application.FAR)) {
            try (LocalConnection connection = application.connect(database)) {
                StepTable.kept(connection.sql()).forEach(row -> kept.add(row + " in " + database));
            }
        }
        return kept;
    }

    private List<ConversationEndpoint> endpoints() {
        List<ConversationEndpoint> all = new ArrayList<>();
        for (String database : List.of(Application.NEAR, Application.FAR)) {
            try (LocalConnection connection = application.connect(database)) {
                all.addAll(connection.endpoints());
            }
        }
        return all;
    }

    private String described(List<ConversationEndpoint> left) throws Exception {
        StringBuilder text = new StringBuilder();
        List<Row> rows = application.rows();
        for (ConversationEndpoint endpoint : left) {
            text.append('\n').append(endpoint);
            try (LocalConnection connection = application.connect(
                    endpoint.initiator()
                            ? Application.NEAR
                            : flow(endpoint.service()).target())) {
                text.append(' ').append(connection.transmissionStatus(endpoint.handle()));
            }
            rows.stream()
                    .filter(row -> row.stream().equals(endpoint.conversationId().toString()))
                    .forEach(row -> text.append("; ").append(row.line()));
        }
        return text.toString();
    }

    private static Flow flow(String service) {
        return Flow.valueOf(service.substring(0, service.lastIndexOf('_')));
    }

    /** Dialogs that nobody goes on with get their last message, when their timers have rung. */
    private void finish(List<ConversationEndpoint> left) throws Exception {
        Map<String, List<Row>> streams = Checker.byStream(application.rows());
        for (ConversationEndpoint endpoint : left) {
            List<Row> steps = streams.getOrDefault(endpoint.conversationId().toString(), List.of());
            boolean goesOn = Checker.count(steps, Row.Step.LAST) == 0
                    && Checker.count(steps, Row.Step.SENT) > 0
                    && Checker.count(steps, Row.Step.TIMER_SET) == Checker.count(steps, Row.Step.TIMER_RANG);
            if (endpoint.initiator() && endpoint.state() == ConversationState.CONVERSING && goesOn) {
                UUID handle = endpoint.handle();
                initiators
                        .get(flow(endpoint.service()))
                        .sendLast(handle, endpoint.conversationId().toString(), Checker.count(steps, Row.Step.SENT));
            }
        }
    }
}
