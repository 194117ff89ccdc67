package org.parley.testkit.crash;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.parley.BrokerConnection;
import org.parley.Conversation;
import org.parley.Message;
import org.parley.Receive;

/** The other side of a flow: receives, answers, ends. Used by one thread at a time. */
final class Target {

    private static final Duration WAIT = Duration.ofMillis(300);

    private final Flow flow;
    private final Worker worker;

    Target(Flow flow, Worker worker) {
        this.flow = flow;
        this.worker = worker;
    }

    void step() throws Exception {
        receive(WAIT);
    }

    /** Receives what there is; says whether there was anything. */
    boolean receive(Duration waiting) throws Exception {
        return worker.inTransaction((session, rows) -> {
            Set<UUID> over = new HashSet<>();
            for (Message message :
                    session.receive(Receive.from(flow.work()).top(2).waiting(waiting))) {
                take(session, message, rows, over);
            }
        });
    }

    private static void take(BrokerConnection session, Message message, List<Row> rows, Set<UUID> over) {
        Conversation conversation = session.conversation(message.conversationHandle());
        if (over.contains(message.conversationHandle()) && message.isEndDialog()) {
            return;
        }
        if (message.isEndDialog() || message.isError()) {
            rows.add(
                    new Row(Row.Step.TARGET_ENDED, conversation.conversationId().toString(), 0));
            conversation.end();
            over.add(message.conversationHandle());
            return;
        }
        Row sent = Row.of(new String(message.body(), StandardCharsets.UTF_8));
        rows.add(new Row(Row.Step.RECEIVED, sent.stream(), sent.number()));
        if (over.contains(message.conversationHandle())) {
            return;
        }
        switch (sent.step()) {
            case SENT_TO_FAIL -> conversation.endWithError(1, "asked for");
            case SENT_TO_END -> {
                conversation.end();
                over.add(message.conversationHandle());
            }
            case SENT_TO_EXPIRE -> {
                // nobody answers: the lifetime ends it
            }
            default -> {
                conversation.send(Flow.MESSAGE, String.valueOf(sent.number()));
                if (sent.step() == Row.Step.LAST) {
                    conversation.end();
                }
            }
        }
    }
}
