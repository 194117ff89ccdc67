package org.parley.engine.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.parley.testkit.Eventually.eventually;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.transaction.xa.XAResource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.parley.LocalConnection;
import org.parley.Receive;
import org.parley.engine.Expenses;
import org.parley.engine.Other;
import org.parley.engine.tx.TestXid;

/**
 * ALTER SERVICE ON QUEUE while others work and while transactions are in doubt; service-broker.md, section 1.6. What it does
 * by itself is in {@link Section01AlterServiceTest}.
 */
class Section01MovedServiceTest extends ExpenseDialogs {

    private static final Receive NEW = Receive.from("NewQueue");
    private static final String MOVE = "ALTER SERVICE [" + Expenses.DESK + "] ON QUEUE NewQueue";
    private static final String BACK = "ALTER SERVICE [" + Expenses.DESK + "] ON QUEUE ExpenseQueue";

    @BeforeEach
    void define() {
        client.catalog().define("CREATE QUEUE NewQueue");
    }

    private void move() {
        client.catalog().define(MOVE);
    }

    @Test
    void whatIsPreparedComesToTheNewQueueAlsoOverARestart() throws Exception {
        LocalConnection branch = home.connect();
        XAResource resource = branch.channel().xaResource();
        TestXid xid = TestXid.of(1, 1);
        resource.start(xid, XAResource.TMNOFLAGS);
        branch.begin(Expenses.dialog()).send(Expenses.SUBMIT, "<prepared/>");
        resource.end(xid, XAResource.TMSUCCESS);
        assertThat(resource.prepare(xid)).isEqualTo(XAResource.XA_OK);
        move();
        restart();
        assertThat(desk.receive(NEW)).isEmpty();
        home.connect().channel().xaResource().commit(xid, false);
        assertThat(desk.receive(THERE)).isEmpty();
        assertThat(texts(desk.receive(NEW))).containsExactly("<prepared/>");
    }

    /** To and fro while others begin, send and receive: nothing is lost and nothing is doubled. */
    @Test
    void nothingIsLostWhileOthersWork() throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        Other<Integer> sender = Other.does("sender", () -> {
            LocalConnection own = home.connect();
            int sent = 0;
            while (!stop.get()) {
                Expenses.submit(own, "<a/>").end();
                sent++;
            }
            return sent;
        });
        List<UUID> received = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            client.catalog().define(i % 2 == 0 ? MOVE : BACK);
            for (Receive each : List.of(THERE, NEW)) {
                desk.receive(each).forEach(message -> received.add(message.conversationHandle()));
            }
        }
        stop.set(true);
        int sent = sender.result();
        eventually().holds("all", () -> {
            for (Receive each : List.of(THERE, NEW)) {
                desk.receive(each).forEach(message -> received.add(message.conversationHandle()));
            }
            return received.size() >= 2 * sent;
        });
        assertThat(received).hasSize(2 * sent);
        assertThat(received.stream().distinct()).hasSize(sent);
        received.stream().distinct().forEach(handle -> desk.conversation(handle).end());
        home.awaitNothingLeft();
    }
}
