package org.parley.testkit.crash;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.parley.BrokerConnection;
import org.parley.Conversation;
import org.parley.Dialog;
import org.parley.Message;
import org.parley.Receive;

/** Begins dialogs of a flow, sends, receives the answers, sets timers and ends. Used by one thread at a time. */
final class Initiator {

    private static final Row.Step[] KINDS = {
        Row.Step.SENT, Row.Step.SENT, Row.Step.SENT_TO_FAIL, Row.Step.SENT_TO_EXPIRE, Row.Step.SENT_TO_END
    };
    private static final int MESSAGES = 6;
    private static final int TIMERS = 2;
    private static final int OPEN = 3;
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration WAIT = Duration.ofMillis(300);

    private final Flow flow;
    private final Random random;
    private final Worker worker;
    private final Map<UUID, Stream> open = new HashMap<>();

    Initiator(Flow flow, Worker worker, Random random) {
        this.flow = flow;
        this.worker = worker;
        this.random = random;
    }

    /** What this thread knows of a dialog of its own; one whose step has failed is forgotten, and is ended by who tidies up. */
    private static final class Stream {
        private final String id;
        private int sent = 1;
        private int timers = 1;
        private int rung;

        Stream(String id) {
            this.id = id;
        }
    }

    /** One step, whichever. */
    void step() throws Exception {
        List<UUID> handles = new ArrayList<>(open.keySet());
        try {
            if (handles.size() < OPEN && random.nextInt(3) == 0) {
                begin();
            } else if (!handles.isEmpty() && random.nextInt(5) < 2) {
                send(handles.get(random.nextInt(handles.size())));
            } else {
                receive(WAIT);
            }
        } catch (Exception | Error e) {
            open.clear();
            throw e;
        }
    }

    private void begin() throws Exception {
        Row.Step step = KINDS[random.nextInt(KINDS.length)];
        Dialog dialog = Dialog.between(flow.initiatorService(), flow.targetService())
                .on(Flow.CONTRACT)
                .encrypted(false);
        UUID[] handle = new UUID[1];
        String[] id = new String[1];
        boolean done = worker.inTransaction((session, rows) -> {
            Conversation begun =
                    session.begin(step == Row.Step.SENT_TO_EXPIRE ? dialog.lasting(SECOND.multipliedBy(2)) : dialog);
            handle[0] = begun.handle();
            id[0] = begun.conversationId().toString();
            send(begun, step, id[0], 0, rows);
            if (step == Row.Step.SENT) {
                setTimer(begun, id[0], rows);
            }
        });
        if (done && step == Row.Step.SENT) {
            open.put(handle[0], new Stream(id[0]));
        }
        if (done && step == Row.Step.SENT_TO_END) {
            end(handle[0], id[0]);
        }
    }

    /** At the same time as the other side; where that comes to nothing, its end does it. */
    private void end(UUID handle, String stream) throws Exception {
        worker.inTransaction((session, rows) -> {
            session.conversation(handle).end();
            rows.add(new Row(Row.Step.ENDED, stream, 0));
        });
    }

    private void send(UUID handle) throws Exception {
        Stream stream = open.get(handle);
        boolean last = stream.sent + 1 == MESSAGES;
        if (last && stream.rung < stream.timers) {
            receive(WAIT);
            return;
        }
        boolean done = worker.inTransaction((session, rows) -> {
            Conversation conversation = session.conversation(handle);
            send(conversation, last ? Row.Step.LAST : Row.Step.SENT, stream.id, stream.sent, rows);
        });
        if (done) {
            stream.sent++;
        }
        if (done && last) {
            open.remove(handle);
        }
    }

    private static void send(Conversation conversation, Row.Step step, String stream, int number, List<Row> rows) {
        conversation.send(Flow.MESSAGE, (step + " " + stream + " " + number).getBytes(StandardCharsets.UTF_8));
        rows.add(new Row(step, stream, number));
    }

    /** Sends the last message of a dialog that nobody goes on with. */
    void sendLast(UUID handle, String stream, int number) throws Exception {
        worker.inTransaction(
                (session, rows) -> send(session.conversation(handle), Row.Step.LAST, stream, number, rows));
    }

    private static void setTimer(Conversation conversation, String stream, List<Row> rows) {
        conversation.timer(SECOND);
        rows.add(new Row(Row.Step.TIMER_SET, stream, 0));
    }

    /** Receives what there is; says whether there was anything. */
    boolean receive(Duration waiting) throws Exception {
        List<Runnable> learned = new ArrayList<>();
        boolean done = worker.inTransaction((session, rows) -> {
            for (Message message :
                    session.receive(Receive.from(flow.answers()).top(3).waiting(waiting))) {
                take(session, message, rows, learned);
            }
        });
        if (done) {
            learned.forEach(Runnable::run);
        }
        return done;
    }

    private void take(BrokerConnection session, Message message, List<Row> rows, List<Runnable> learned) {
        UUID handle = message.conversationHandle();
        Conversation conversation = session.conversation(handle);
        Stream stream = open.get(handle);
        String id = stream == null ? conversation.conversationId().toString() : stream.id;
        if (message.isTimer()) {
            rows.add(new Row(Row.Step.TIMER_RANG, id, 0));
            boolean again = stream != null && stream.timers < TIMERS;
            if (again) {
                setTimer(conversation, id, rows);
            }
            learned.add(() -> rang(stream, again));
        } else if (message.isEndDialog() || message.isError()) {
            rows.add(new Row(Row.Step.ENDED, id, 0));
            conversation.end();
            learned.add(() -> open.remove(handle));
        } else {
            rows.add(new Row(
                    Row.Step.REPLIED, id, Integer.parseInt(new String(message.body(), StandardCharsets.UTF_8))));
        }
    }

    private static void rang(Stream stream, boolean again) {
        if (stream != null) {
            stream.rung++;
            stream.timers += again ? 1 : 0;
        }
    }
}
