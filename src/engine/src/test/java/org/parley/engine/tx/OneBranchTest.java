package org.parley.engine.tx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.parley.Conversation;
import org.parley.LocalConnection;
import org.parley.Parley;
import org.parley.Receive;
import org.parley.engine.ExpenseHome;
import org.parley.engine.Expenses;

/** One branch for a global transaction and database, whatever the server does; design.md, "The branch". */
class OneBranchTest {

    private static final Receive THERE = Receive.from(Expenses.DESK_QUEUE);

    @RegisterExtension
    final ExpenseHome home = new ExpenseHome();

    @TempDir
    Path otherHome;

    private LocalConnection client;
    private XAResource resource;

    @BeforeEach
    void connect() throws Exception {
        client = home.connect();
        resource = client.channel().xaResource();
        sql(client, "CREATE TABLE BOOK (ID INT PRIMARY KEY)");
    }

    private static void sql(LocalConnection connection, String text) throws SQLException {
        try (Statement statement = connection.sql().createStatement()) {
            statement.execute(text);
        }
    }

    private static int booked(LocalConnection connection) throws SQLException {
        try (Statement statement = connection.sql().createStatement();
                ResultSet at = statement.executeQuery("SELECT COUNT(*) FROM BOOK")) {
            at.next();
            return at.getInt(1);
        }
    }

    /** Two transactions take turns on one connection; each sees its own work, and each has its own end. */
    @Test
    void twoTransactionsTakeTurnsOnOneConnection() throws Exception {
        TestXid one = TestXid.of(1, 1);
        TestXid two = TestXid.of(2, 1);
        resource.start(one, XAResource.TMNOFLAGS);
        resource.end(one, XAResource.TMSUSPEND);
        resource.start(two, XAResource.TMNOFLAGS);
        resource.end(two, XAResource.TMSUSPEND);
        for (int i = 0; i < 6; i += 2) {
            resource.start(one, XAResource.TMRESUME);
            sql(client, "INSERT INTO BOOK VALUES (" + i + ")");
            client.begin(Expenses.dialog()).send(Expenses.SUBMIT, "<one/>");
            resource.end(one, XAResource.TMSUSPEND);
            resource.start(two, XAResource.TMRESUME);
            sql(client, "INSERT INTO BOOK VALUES (" + (i + 1) + ")");
            client.begin(Expenses.dialog()).send(Expenses.SUBMIT, "<two/>");
            resource.end(two, XAResource.TMSUSPEND);
        }
        for (TestXid each : List.of(one, two)) {
            resource.start(each, XAResource.TMRESUME);
            resource.end(each, XAResource.TMSUCCESS);
        }
        resource.rollback(two);
        resource.commit(one, true);
        assertThat(booked(client)).isEqualTo(3);
        for (int i = 0; i < 3; i++) {
            assertThat(client.receive(THERE))
                    .singleElement()
                    .matches(message -> message.text().equals("<one/>"));
        }
        assertThat(client.receive(THERE)).isEmpty();
    }

    /** Some join, some come with qualifiers of their own: one commit, one phase. */
    @Test
    void anyNumberOfHandlesIsOneCommit() throws Exception {
        Conversation open = Expenses.submit(client, "<a/>");
        TestXid carrier = TestXid.of(1, 1);
        resource.start(carrier, XAResource.TMNOFLAGS);
        List<LocalConnection> others = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            LocalConnection other = home.connect();
            others.add(other);
            XAResource its = other.channel().xaResource();
            assertThat(its.isSameRM(resource)).isTrue();
            its.start(
                    i % 2 == 0 ? carrier : TestXid.of(1, 10 + i),
                    i % 2 == 0 ? XAResource.TMJOIN : XAResource.TMNOFLAGS);
            sql(other, "INSERT INTO BOOK VALUES (" + i + ")");
            other.conversation(open.handle()).send(Expenses.NOTE, "note " + i);
            assertThat(booked(client)).isEqualTo(i + 1);
        }
        home.heard().clear();
        resource.end(carrier, XAResource.TMSUCCESS);
        for (int i = 11; i >= 0; i--) {
            XAResource its = others.get(i).channel().xaResource();
            its.end(i % 2 == 0 ? carrier : TestXid.of(1, 10 + i), XAResource.TMSUCCESS);
        }
        for (int i = 1; i < 12; i += 2) {
            assertThat(others.get(i).channel().xaResource().prepare(TestXid.of(1, 10 + i)))
                    .isEqualTo(XAResource.XA_RDONLY);
        }
        resource.commit(carrier, true);
        assertThat(home.heard().lines("committed")).containsExactly("committed one phase");
        assertThat(client.receive(THERE)).hasSize(13);
    }

    /** Groups were locked, messages looked for, nothing changed: no second phase, and the groups are free. */
    @Test
    void aBranchThatHasOnlyLockedIsReadOnlyAndFreesItsGroups() throws Exception {
        Expenses.submit(client, "<a/>");
        LocalConnection desk = home.connect();
        TestXid xid = TestXid.of(1, 1);
        resource.start(xid, XAResource.TMNOFLAGS);
        Optional<UUID> group = client.getConversationGroup(Expenses.DESK_QUEUE, Duration.ZERO);
        assertThat(group).isPresent();
        assertThat(desk.receive(THERE)).isEmpty();
        resource.end(xid, XAResource.TMSUCCESS);
        assertThat(resource.prepare(xid)).isEqualTo(XAResource.XA_RDONLY);
        assertThat(desk.receive(THERE)).hasSize(1);
    }

    @Test
    void theRollbackOfAFollowerUndoesTheCarriersWork() throws Exception {
        Expenses.submit(client, "<a/>");
        LocalConnection desk = home.connect();
        XAResource follows = desk.channel().xaResource();
        TestXid carrier = TestXid.of(1, 1);
        TestXid follower = TestXid.of(1, 2);
        resource.start(carrier, XAResource.TMNOFLAGS);
        follows.start(follower, XAResource.TMNOFLAGS);
        assertThat(client.receive(THERE)).hasSize(1);
        follows.end(follower, XAResource.TMSUCCESS);
        resource.end(carrier, XAResource.TMSUCCESS);
        follows.rollback(follower);
        assertThat(desk.receive(THERE)).hasSize(1);
        XAException told = (XAException) catchThrowable(() -> resource.commit(carrier, true));
        assertThat(told.errorCode).isEqualTo(XAException.XA_RBROLLBACK);
    }

    @Test
    void anotherServerIsAnotherResource() throws Exception {
        XAResource other;
        try (Parley parley = Parley.open(otherHome)) {
            other = parley.connect(ExpenseHome.DATABASE).channel().xaResource();
            assertThat(resource.isSameRM(other)).isFalse();
            assertThat(other.isSameRM(resource)).isFalse();
            assertThat(other.isSameRM(other)).isTrue();
        }
        XAException closed = (XAException) catchThrowable(() -> other.isSameRM(resource));
        assertThat(closed.errorCode).isEqualTo(XAException.XAER_RMFAIL);
        assertThat(closed.getCause()).isNotNull();
    }
}
