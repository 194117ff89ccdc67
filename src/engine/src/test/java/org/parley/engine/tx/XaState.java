package org.parley.engine.tx;

import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import org.parley.LocalConnection;
import org.parley.engine.ExpenseHome;

/** Brings a transaction into one of the states of the manual's tables. */
final class XaState {

    private static final String IN_DOUBT = "in doubt";

    private final ExpenseHome home;
    private final int number;
    private final TestXid carrier;
    private final TestXid follower;
    private final boolean follows;
    private LocalConnection connection;
    private LocalConnection second;
    private XAResource first;
    private XAResource other;
    private boolean committed;
    private boolean restarts;
    private boolean wrote;

    /**
     * A transaction that nobody has started.
     *
     * @param follows whether it goes by a second qualifier too, which is the one to be asked for
     */
    XaState(ExpenseHome home, int number, boolean follows) {
        this.home = home;
        this.number = number;
        this.follows = follows;
        byte[] global = XaTableTest.bytes(number).array();
        carrier = new TestXid(4711, global, new byte[] {1});
        follower = new TestXid(4711, global, new byte[] {2});
        connect();
    }

    private void connect() {
        connection = home.connect();
        second = home.connect();
        first = connection.channel().xaResource();
        other = second.channel().xaResource();
    }

    static boolean beginsBeforeTheRestart(String state) {
        return state.equals(IN_DOUBT);
    }

    /** After a restart. */
    void reconnect() {
        if (restarts) {
            connect();
        }
    }

    /** Whether a commit leaves its row. */
    boolean wrote() {
        return wrote;
    }

    int number() {
        return number;
    }

    boolean committed() {
        return committed;
    }

    XAResource resource() {
        return follows ? other : first;
    }

    TestXid xid() {
        return follows ? follower : carrier;
    }

    void reach(String state) throws XAException, SQLException {
        if (state.equals("unknown")) {
            return;
        }
        if (state.equals("doomed") || state.equals("late")) {
            first.setTransactionTimeout(1);
        }
        first.start(carrier, XAResource.TMNOFLAGS);
        if (follows) {
            other.start(follower, XAResource.TMNOFLAGS);
        }
        if (!state.equals("read-only")) {
            write();
        }
        if (state.equals("joined")) {
            other.start(carrier, XAResource.TMJOIN);
        }
        if (state.equals("late")) {
            home.clock().advance(Duration.ofSeconds(1));
        } else if (!state.equals("active") && !state.equals("joined")) {
            leave(state);
        }
    }

    private void write() throws SQLException {
        try (Statement statement = connection.sql().createStatement()) {
            statement.execute("INSERT INTO BOOK VALUES (" + number + ")");
            wrote = true;
        }
    }

    private void leave(String state) throws XAException {
        if (follows) {
            other.end(follower, state.equals("suspended") ? XAResource.TMSUSPEND : XAResource.TMSUCCESS);
            first.end(carrier, state.equals("failed") ? XAResource.TMFAIL : XAResource.TMSUCCESS);
        } else {
            int flags = state.equals("suspended")
                    ? XAResource.TMSUSPEND
                    : state.equals("failed") ? XAResource.TMFAIL : XAResource.TMSUCCESS;
            first.end(carrier, flags);
        }
        switch (state) {
            case "idle", "suspended", "failed" -> {}
            case "doomed" -> home.clock().advance(Duration.ofSeconds(1));
            case "voted" -> other.prepare(follower);
            case "prepared", "read-only" -> first.prepare(carrier);
            case IN_DOUBT -> {
                first.prepare(carrier);
                restarts = true;
            }
            case "committed" -> {
                first.commit(carrier, true);
                committed = true;
            }
            case "rolled back" -> first.rollback(carrier);
            case "decided commit" -> {
                first.prepare(carrier);
                connection.commitInDoubt(XidText.of(carrier));
                committed = true;
            }
            case "decided rollback" -> {
                first.prepare(carrier);
                connection.rollbackInDoubt(XidText.of(carrier));
            }
            default -> throw new IllegalArgumentException("No state: " + state);
        }
    }

    /** Ends it whatever has become of it. */
    void giveUp(XAResource stranger) {
        for (TestXid xid : new TestXid[] {follower, carrier}) {
            quietly(() -> first.end(xid, XAResource.TMFAIL));
            quietly(() -> other.end(xid, XAResource.TMFAIL));
            quietly(() -> stranger.end(xid, XAResource.TMFAIL));
            quietly(() -> stranger.rollback(xid));
            quietly(() -> stranger.forget(xid));
        }
        connection.close();
        second.close();
    }

    private interface Verb {
        void call() throws XAException;
    }

    private static void quietly(Verb verb) {
        try {
            verb.call();
        } catch (XAException e) {
            // it had ended before: what counts is what is left
        }
    }
}
