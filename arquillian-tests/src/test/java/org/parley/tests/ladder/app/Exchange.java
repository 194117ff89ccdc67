package org.parley.tests.ladder.app;

import jakarta.transaction.Status;
import jakarta.transaction.UserTransaction;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.parley.BrokerConnection;
import org.parley.BrokerConnectionFactory;
import org.parley.Conversation;
import org.parley.Dialog;
import org.parley.Message;
import org.parley.Receive;

/** The caller's side of the ladder's dialogs, with transactions of its own. */
public final class Exchange {

    /** Service that begins the ladder's dialogs. */
    public static final String CALLER = "//ladder/Caller";

    /** Its queue. */
    public static final String CALLER_QUEUE = "Caller";

    /** Type of all messages. */
    public static final String TYPE = "DEFAULT";

    private static final Duration LONGEST = Duration.ofSeconds(20);

    private final UserTransaction transaction;
    private final Supplier<BrokerConnection> connections;

    /** Work in a transaction. */
    @FunctionalInterface
    public interface Work<T> {
        T on(BrokerConnection connection) throws Exception;
    }

    public Exchange(UserTransaction transaction, BrokerConnectionFactory factory) {
        this(transaction, factory::getConnection);
    }

    /** With connections of any kind. */
    Exchange(UserTransaction transaction, Supplier<BrokerConnection> connections) {
        this.transaction = transaction;
        this.connections = connections;
    }

    /** Service that the bean of a queue answers for. */
    public static String service(String queue) {
        return "//ladder/" + queue;
    }

    /** Works and commits. */
    public <T> T committed(Work<T> work) throws Exception {
        return finished(work, true);
    }

    /** Works and rolls back. */
    public <T> T rolledBack(Work<T> work) throws Exception {
        return finished(work, false);
    }

    private <T> T finished(Work<T> work, boolean commit) throws Exception {
        transaction.begin();
        try {
            T result = worked(work);
            if (commit) {
                transaction.commit();
            }
            return result;
        } finally {
            if (transaction.getStatus() != Status.STATUS_NO_TRANSACTION) {
                transaction.rollback();
            }
        }
    }

    /** Without a handle that is open at the end of the transaction: some servers take its connection away. */
    private <T> T worked(Work<T> work) throws Exception {
        try (BrokerConnection connection = connections.get()) {
            return work.on(connection);
        }
    }

    /** Begins a dialog with the bean of a queue and sends texts, all in one transaction. */
    public UUID ask(String queue, String... texts) throws Exception {
        return committed(connection -> begin(connection, queue, texts));
    }

    /** The same in the transaction of a connection. */
    public static UUID begin(BrokerConnection connection, String queue, String... texts) {
        Conversation conversation = connection.begin(Dialog.between(CALLER, service(queue)));
        for (String text : texts) {
            conversation.send(TYPE, text);
        }
        return conversation.handle();
    }

    /** The next answers on a dialog, in one transaction. */
    public List<Message> answers(UUID handle) throws Exception {
        return committed(connection -> connection.receive(
                Receive.from(CALLER_QUEUE).ofConversation(handle).waiting(LONGEST)));
    }

    /** The text of the one answer on a dialog. */
    public String answer(UUID handle) throws Exception {
        List<Message> answers = answers(handle);
        if (answers.size() != 1) {
            throw new AssertionError("One answer was expected: " + answers);
        }
        return answers.get(0).text();
    }

    /** What is in the queue that no bean reads, in a transaction. */
    public List<String> receiveUnread() throws Exception {
        return committed(connection -> connection.receive(Receive.from(Definitions.UNREAD)).stream()
                .map(Message::text)
                .toList());
    }

    /** Ends the caller's side. */
    public void end(UUID handle) throws Exception {
        committed(connection -> {
            connection.conversation(handle).end();
            return null;
        });
    }
}
