package org.parley.engine.activation;

import java.util.Optional;
import org.parley.BrokerException;
import org.parley.ScriptMessage;
import org.parley.ScriptOutput;
import org.parley.engine.catalog.CatalogSnapshot;
import org.parley.engine.database.OpenDatabase;
import org.parley.engine.queue.QueueWatcher.Task;
import org.parley.engine.session.EngineChannel;
import org.parley.engine.store.CatalogRows.ProcedureRow;
import org.parley.engine.work.Threads;

/** One run of a procedure as a reader of its queue, in a session and on a thread of its own. */
final class ProcedureReader {

    private static final int NO_USER = 9613;
    private static final int NO_PROCEDURE = 9614;
    private static final int QUEUE_DROPPED = 28085;
    private static final int QUEUE_OFF = 28086;
    private static final int ENDED_BY_ERROR = 28088;

    private final ActivatedProcedures all;
    private final ProcedureQueue queue;
    private final Task task;
    private final ReaderTrace trace;
    private volatile Thread thread;

    ProcedureReader(ActivatedProcedures all, ProcedureQueue queue, Task task) {
        this.all = all;
        this.queue = queue;
        this.task = task;
        OpenDatabase database = all.database();
        this.trace = new ReaderTrace(
                database.telemetry(), database.name(), queue.name(), task.name(), () -> all.readersOf(queue.name()));
    }

    String queue() {
        return queue.name();
    }

    /** For threads and reports. */
    String name() {
        return "procedure " + task.name() + " on " + all.database().name() + "." + queue.name();
    }

    void start() {
        thread = Threads.start("parley-" + name().replace(' ', '-'), this::run);
    }

    /** It can't be run now; it is ordered again after a while. */
    void notStarted() {
        all.database().table().locked(() -> queue.notStarted(task));
    }

    void interrupt() {
        Thread running = thread;
        if (running != null) {
            running.interrupt();
        }
    }

    /** Waits for its end, so long at most. */
    void join(long millis) {
        Thread running = thread;
        if (running == null || running == Thread.currentThread()) {
            return;
        }
        try {
            running.join(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        trace.started();
        Optional<BrokerException> unfit = unfit();
        if (unfit.isPresent()) {
            failed(unfit.get());
            all.database().table().locked(() -> {
                all.left(this);
                queue.notStarted(task);
            });
            trace.ended();
            return;
        }
        boolean received = false;
        BrokerException failure = null;
        try (EngineChannel channel = all.channel(task.user())) {
            trace.invoked();
            try {
                ScriptMessage error =
                        channel.scripts().call(procedure().orElseThrow().name(), this::said);
                failure = error == null ? null : ended(error.number() + ": " + error.text(), null);
            } finally {
                received = channel.hasReceived();
            }
        } catch (RuntimeException | Error e) {
            failure = ended(e.toString(), e);
        }
        ended(received, failure);
    }

    private void ended(boolean received, BrokerException failure) {
        if (failure == null) {
            all.note(queue.name(), null);
        } else {
            failed(failure);
        }
        all.database().table().locked(() -> {
            all.left(this);
            queue.ended(task, received);
        });
        trace.ended();
    }

    private void failed(BrokerException failure) {
        trace.failed();
        trace.aborted();
        // of a queue that is gone or off there is nothing to mend
        boolean told = failure.number() == QUEUE_DROPPED || failure.number() == QUEUE_OFF;
        if (told || all.note(queue.name(), failure)) {
            OpenDatabase database = all.database();
            database.context().listener().procedureFailed(database.name(), queue.name(), task.name(), failure);
        }
    }

    /** What is missing to run it: its user, or it itself. */
    private Optional<BrokerException> unfit() {
        CatalogSnapshot now = all.database().catalog().snapshot();
        if (now.principals().access(task.user()).isEmpty()) {
            return Optional.of(new BrokerException(
                    NO_USER,
                    "Procedure '" + task.name() + "' of queue '" + queue.name() + "' can't run as user '" + task.user()
                            + "', who doesn't exist in database '"
                            + all.database().name() + "'."));
        }
        return procedure().isPresent()
                ? Optional.empty()
                : Optional.of(new BrokerException(
                        NO_PROCEDURE,
                        "Procedure '" + task.name() + "', which is to read queue '" + queue.name()
                                + "', doesn't exist in database '"
                                + all.database().name() + "'."));
    }

    /** PROCEDURE_NAME may have three parts, of which the first is the database. */
    private Optional<ProcedureRow> procedure() {
        CatalogSnapshot now = all.database().catalog().snapshot();
        String own = all.database().name() + ".";
        String name = task.name();
        Optional<ProcedureRow> found = now.procedure(name);
        return found.isEmpty() && name.startsWith(own) ? now.procedure(name.substring(own.length())) : found;
    }

    private BrokerException ended(String why, Throwable cause) {
        OpenDatabase database = all.database();
        Optional<Boolean> on = database.catalog().snapshot().queues().stream()
                .filter(each -> each.id() == queue.id())
                .findFirst()
                .map(each -> each.on() && each.activation().on());
        int number = on.map(is -> is ? ENDED_BY_ERROR : QUEUE_OFF).orElse(QUEUE_DROPPED);
        return new BrokerException(
                number,
                "Procedure '" + task.name() + "' of queue '" + queue.name() + "' has ended by an error: " + why,
                cause);
    }

    private void said(ScriptOutput output) {
        if (output instanceof ScriptOutput.Said said) {
            OpenDatabase database = all.database();
            database.context().listener().procedureSaid(database.name(), queue.name(), task.name(), said.message());
        }
    }
}
