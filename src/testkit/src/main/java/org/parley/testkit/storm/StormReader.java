package org.parley.testkit.storm;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import javax.transaction.xa.XAException;
import org.parley.Message;
import org.parley.spi.BrokerServer;
import org.parley.spi.Channel;
import org.parley.spi.Delivery;

/** One reader: takes round after round, each of which ends as the dice say. */
final class StormReader implements Runnable {

    private static final String BOOK = "INSERT INTO STORM_BOOK(ENTRY, CONVERSATION, NUMBER) VALUES (?, ?, ?)";

    private static final int PAUSES_RARELY = 20;

    private final Shared shared;
    private final Delivery delivery;
    private final Random random;

    /**
     * What the readers of a storm have in common.
     *
     * @param calm whether every transaction is to commit
     * @param transactions numbers of transactions, from 1
     * @param rollbacks of them
     * @param entries numbers of entries in the book, from 1: those of one conversation in the order in which it was received
     * @param booked messages whose transactions have committed
     * @param faults what was found wrong
     */
    record Shared(
            BrokerServer server,
            Groups groups,
            AtomicBoolean calm,
            AtomicLong transactions,
            AtomicLong rollbacks,
            AtomicLong entries,
            AtomicLong booked,
            List<String> faults) {}

    StormReader(Shared shared, Delivery delivery, Random random) {
        this.shared = shared;
        this.delivery = delivery;
        this.random = random;
    }

    @Override
    public void run() {
        try (Channel bean = shared.server().channel(RollbackStorm.DATABASE, null)) {
            while (delivery.next() && round(bean)) {
                bean.cleanup();
            }
        } catch (RuntimeException | XAException | SQLException e) {
            shared.faults().add("A reader failed: " + e);
        } finally {
            delivery.close();
        }
    }

    /** One round. Returns whether the container has another endpoint. */
    private boolean round(Channel bean) throws XAException, SQLException {
        List<Message> messages = delivery.peek();
        if (messages.isEmpty()) {
            delivery.finish(null);
            return true;
        }
        UUID group = messages.get(0).conversationGroupId();
        shared.groups().offered(group);
        Ending how = dice();
        if (!how.receives()) {
            delivery.unavailable(new IllegalStateException(how.name()));
            return false;
        }
        StormTransaction transaction =
                new StormTransaction(random, shared.transactions().incrementAndGet(), delivery, bean);
        Throwable failure = null;
        transaction.start();
        try {
            delivery.take();
            book(bean, messages);
            // from here on the group may come free, and another reader be at it
            shared.groups().ends(group, how);
            if (how == Ending.BEAN_THROWS || how == Ending.ENDS_AS_FAILED) {
                failure = new IllegalStateException(how.name());
                delivery.rollbackOnly(failure);
            }
        } catch (RuntimeException | SQLException e) {
            transaction.abandon();
            delivery.finish(e);
            throw e;
        }
        try {
            transaction.end(how);
        } catch (XAException e) {
            // as containers do: the application is told, the engine is not
            failure = e;
        }
        boolean consumed = delivery.finish(failure);
        if (consumed != how.commits()) {
            shared.faults().add("A delivery that " + how + " was " + (consumed ? "" : "not ") + "consumed.");
        }
        if (how.commits()) {
            shared.booked().addAndGet(messages.size());
        } else {
            shared.rollbacks().incrementAndGet();
        }
        return true;
    }

    private Ending dice() {
        if (shared.calm().get()) {
            return random.nextBoolean() ? Ending.COMMITS : Ending.COMMITS_IN_TWO_PHASES;
        }
        Ending[] all = Ending.values();
        Ending how = all[random.nextInt(all.length)];
        // after these the whole activation pauses for a while
        return how.receives() || random.nextInt(PAUSES_RARELY) == 0 ? how : dice();
    }

    private void book(Channel bean, List<Message> messages) throws SQLException {
        try (PreparedStatement insert = bean.session().sql().prepareStatement(BOOK)) {
            for (Message message : messages) {
                insert.setLong(1, shared.entries().incrementAndGet());
                insert.setString(2, message.conversationHandle().toString());
                insert.setLong(3, Long.parseLong(message.text()));
                insert.executeUpdate();
            }
        }
    }
}
