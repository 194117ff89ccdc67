package org.parley.engine.model;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.parley.Message;

/**
 * What a thread did and what came of it, as seen from outside. Filled by the thread, then handed to the {@link Recorder}.
 * The stamps order all acts: what began after another had ended has a greater first stamp than that one's last.
 */
final class Act {

    /** What was done. */
    enum What {
        BEGIN,
        SEND,
        RECEIVE,
        GET_GROUP,
        END,
        END_WITH_ERROR,
        CLEANUP,
        TIMER,
        MOVE,
        SAVEPOINT,
        BACK_TO_SAVEPOINT,
        COMMIT,
        ROLLBACK,
        /** The transaction ended by itself: victim of a dead-lock, or open at a restart. */
        LOST,
        QUEUE_OFF,
        QUEUE_ON,
        UNTRUST,
        TRUST,
        RESTART
    }

    final What what;
    final int transaction;
    final int database;

    /** Before and after the call. */
    long start;

    long end;

    /** The clock before and after the call, in milliseconds of the epoch. */
    long clockStart;

    long clockEnd;

    /** Number of the error, or 0. */
    int error;

    String errorText;

    /** What the call named or gave. */
    List<UUID> handles = List.of();

    UUID group;
    UUID conversation;
    String queue;
    String farService;
    String body;
    Duration duration;

    /** Of RECEIVE. */
    int top;

    UUID onlyHandle;
    UUID onlyGroup;
    boolean waits;
    List<Message> messages = List.of();
    Map<UUID, UUID> conversations = Map.of();

    Act(What what, int transaction, int database) {
        this.what = what;
        this.transaction = transaction;
        this.database = database;
    }

    UUID handle() {
        return handles.get(0);
    }

    boolean failed() {
        return error != 0;
    }

    /**
     * The stamp at which it takes its place among the others: a statement where it ended, a commit where it began.
     * Transactions that held one group follow each other then as they did in the engine.
     */
    long replayed() {
        return what == What.COMMIT ? start : end;
    }

    /** Whether it ends its transaction. */
    boolean last() {
        return what == What.COMMIT || what == What.ROLLBACK || what == What.LOST;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        text.append(String.format("%5d-%5d t%-3d db%d %s", start, end, transaction, database, what));
        add(
                text,
                "",
                handles.isEmpty() ? null : handles.stream().map(Act::brief).toList());
        add(text, "group", brief(group));
        add(text, "conversation", brief(conversation));
        add(text, "queue", queue);
        add(text, "to", farService);
        add(text, "body", body);
        add(text, "for", duration);
        add(text, "top", top == 0 || top == Integer.MAX_VALUE ? null : top);
        add(text, "only", brief(onlyHandle));
        add(text, "only group", brief(onlyGroup));
        add(text, "waiting", waits ? "" : null);
        add(text, "error", error == 0 ? null : error + " " + errorText);
        for (Message message : messages) {
            text.append("\n          ").append(brief(message));
        }
        return text.toString();
    }

    static String brief(Message message) {
        String type = message.messageType().substring(message.messageType().lastIndexOf('/') + 1);
        return brief(message.conversationHandle()) + " of " + brief(message.conversationGroupId()) + " "
                + message.sequenceNumber() + " " + type + " " + (message.isError() ? message.error() : message.text());
    }

    static String brief(UUID id) {
        return id == null ? null : id.toString().substring(0, 8);
    }

    private static void add(StringBuilder text, String name, Object value) {
        if (value != null) {
            text.append(' ').append(name).append(name.isEmpty() ? "" : " ").append(value);
        }
    }
}
