package org.parley.benchmarks;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.parley.Conversation;
import org.parley.ConversationState;
import org.parley.LocalConnection;
import org.parley.Message;
import org.parley.Receive;

/** Single calls of the API, without a log force: nothing here is committed. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class Calls {

    private static final int SENT_BEFORE = 100;
    private static final int IN_TRANSACTION = 100;
    private static final String QUEUE = "Queue";

    /** An empty folder for the server. */
    @Param("")
    public String folder;

    private final byte[] body = Bodies.SMALL.of(0);
    private ParleyServer server;
    private LocalConnection connection;
    private Conversation dialog;

    /** Opens a server and leaves some messages in a queue. */
    @Setup
    public void open() {
        server = new ParleyServer(Path.of(folder));
        connection = server.connect();
        dialog = ParleyServer.begin(connection, QUEUE);
        // what is received is rolled back, time after time
        connection.catalog().define("ALTER QUEUE " + QUEUE + " WITH POISON_MESSAGE_HANDLING (STATUS = OFF)");
        for (int i = 0; i < SENT_BEFORE; i++) {
            dialog.send(ParleyServer.TYPE, body);
        }
    }

    /** Closes it. */
    @TearDown
    public void close() {
        connection.close();
        server.close();
    }

    /** SEND, of which a hundred are taken back at once. */
    @Benchmark
    @OperationsPerInvocation(IN_TRANSACTION)
    public void send() {
        connection.begin();
        for (int i = 0; i < IN_TRANSACTION; i++) {
            dialog.send(ParleyServer.TYPE, body);
        }
        connection.rollback();
    }

    /** RECEIVE of one message, of which a hundred are taken back at once. */
    @Benchmark
    @OperationsPerInvocation(SENT_BEFORE)
    public void receive() {
        connection.begin();
        for (int i = 0; i < SENT_BEFORE; i++) {
            Bodies.requireCount(
                    1, connection.receive(Receive.from(QUEUE).top(1)).size());
        }
        connection.rollback();
    }

    /** BEGIN DIALOG, of which a hundred are taken back at once. */
    @Benchmark
    @OperationsPerInvocation(IN_TRANSACTION)
    public void beginDialog() {
        connection.begin();
        for (int i = 0; i < IN_TRANSACTION; i++) {
            connection.begin(ParleyServer.dialogTo(QUEUE));
        }
        connection.rollback();
    }

    /** RECEIVE from a queue without messages, in a transaction of its own. */
    @Benchmark
    public List<Message> receiveNothing() {
        return connection.receive(Receive.from("SenderQueue"));
    }

    /** The state of a conversation, in a transaction of its own. */
    @Benchmark
    public ConversationState state() {
        return dialog.state();
    }
}
