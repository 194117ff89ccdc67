package org.parley.testkit.storage;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.parley.BrokerException;
import org.parley.Conversation;
import org.parley.Dialog;
import org.parley.ErrorNumbers;
import org.parley.LocalConnection;
import org.parley.Message;
import org.parley.Parley;
import org.parley.Receive;
import org.parley.testkit.storage.Ledger.Count;

/**
 * Dialogs inside a database and between two, whose steps count in tables of their own, in the same commit: of each message
 * it is known whether it must come, and whether it comes in its place.
 */
final class Traffic {

    static final String NEAR = "near";
    static final String FAR = "far";
    static final Duration TIMER = Duration.ofHours(1);

    private static final int LONG_BODY = 40_000;
    private static final String SENDERS = "CREATE TABLE APP.SENDERS (DIALOG CHAR(36) NOT NULL PRIMARY KEY,"
            + " HANDLE CHAR(36) NOT NULL, SENT INT NOT NULL, SENDER_ENDED INT NOT NULL, TIMERS INT NOT NULL,"
            + " RUNG INT NOT NULL)";
    private static final String TARGETS = "CREATE TABLE APP.TARGETS (DIALOG CHAR(36) NOT NULL PRIMARY KEY,"
            + " RECEIVED INT NOT NULL, TARGET_ENDED INT NOT NULL)";

    private final Parley parley;
    private final Ledger ledger;

    Traffic(Parley parley, Ledger ledger) {
        this.parley = parley;
        this.ledger = ledger;
    }

    /** A dialog from its sender's side, as its row says. */
    record Sender(UUID dialog, UUID handle, int sent, int ended, int timers, int rung) {}

    /** Defines queues, services and tables. */
    static void define(Parley parley) throws SQLException {
        try (LocalConnection near = parley.connect(NEAR);
                LocalConnection far = parley.connect(FAR)) {
            near.catalog().define("""
                    ALTER DATABASE CURRENT SET TRUSTWORTHY ON;
                    CREATE QUEUE Answers; CREATE SERVICE [//sender] ON QUEUE Answers;
                    CREATE QUEUE Questions; CREATE SERVICE [//near] ON QUEUE Questions ([DEFAULT]);
                    """);
            far.catalog().define("CREATE QUEUE Questions; CREATE SERVICE [//far] ON QUEUE Questions ([DEFAULT]);");
            execute(near.sql(), SENDERS);
            execute(near.sql(), TARGETS);
            execute(far.sql(), TARGETS);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    LocalConnection connect(String database) {
        return parley.connect(database);
    }

    /** One step of a sender on one of its dialogs, or on a new one. */
    void send(LocalConnection connection, Random random, List<Sender> own) throws Exception {
        if (own.size() < 3) {
            begin(connection, random, own);
            return;
        }
        int index = random.nextInt(own.size());
        Sender dialog = own.get(index);
        connection.begin();
        Sender now = sender(connection, dialog.dialog());
        if (now.rung() < now.timers() || random.nextInt(10) > 2) {
            now = sendMore(connection, random, now);
            commit(connection, now.dialog(), Count.SENT, now.sent());
        } else if (random.nextBoolean()) {
            connection.conversation(now.handle()).timer(TIMER);
            update(connection, "UPDATE APP.SENDERS SET TIMERS = ? WHERE DIALOG = ?", now.timers() + 1, now.dialog());
            commit(connection, now.dialog(), Count.TIMERS, now.timers() + 1);
        } else {
            end(connection, now);
            own.remove(index);
        }
    }

    void end(LocalConnection connection, Sender dialog) throws SQLException {
        connection.conversation(dialog.handle()).end();
        update(connection, "UPDATE APP.SENDERS SET SENDER_ENDED = ? WHERE DIALOG = ?", 1, dialog.dialog());
        commit(connection, dialog.dialog(), Count.SENDER_ENDED, 1);
    }

    private void begin(LocalConnection connection, Random random, List<Sender> own) throws Exception {
        connection.begin();
        Conversation begun = connection.begin(Dialog.between("//sender", random.nextBoolean() ? "//near" : "//far")
                .encrypted(false));
        Sender dialog = new Sender(begun.conversationId(), begun.handle(), 0, 0, 0, 0);
        try (PreparedStatement insert =
                connection.sql().prepareStatement("INSERT INTO APP.SENDERS VALUES (?, ?, 0, 0, 0, 0)")) {
            insert.setString(1, dialog.dialog().toString());
            insert.setString(2, dialog.handle().toString());
            insert.executeUpdate();
        }
        Sender sent = sendMore(connection, random, dialog);
        commit(connection, sent.dialog(), Count.SENT, sent.sent());
        own.add(sent);
    }

    private Sender sendMore(LocalConnection connection, Random random, Sender dialog) throws SQLException {
        int last = dialog.sent();
        for (int more = 1 + random.nextInt(3); more > 0; more--) {
            last++;
            byte[] body = new byte[random.nextInt(40) == 0 ? LONG_BODY : 4 + random.nextInt(600)];
            ByteBuffer.wrap(body).putInt(last);
            connection.conversation(dialog.handle()).send("DEFAULT", body);
        }
        update(connection, "UPDATE APP.SENDERS SET SENT = ? WHERE DIALOG = ?", last, dialog.dialog());
        return new Sender(dialog.dialog(), dialog.handle(), last, dialog.ended(), dialog.timers(), dialog.rung());
    }

    private void commit(LocalConnection connection, UUID dialog, Count count, int value) {
        ledger.tried(dialog, count, value);
        connection.commit();
        ledger.acknowledged(dialog, count, value);
    }

    private static void update(LocalConnection connection, String sql, int value, UUID dialog) throws SQLException {
        try (PreparedStatement update = connection.sql().prepareStatement(sql)) {
            update.setInt(1, value);
            update.setString(2, dialog.toString());
            if (update.executeUpdate() != 1) {
                throw new SQLException("Dialog " + dialog + " has no row.");
            }
        }
    }

    /** Receives once from a queue and does what the messages ask for; false when there was none. */
    boolean receive(LocalConnection connection, String queue) throws SQLException {
        connection.begin();
        List<Message> messages = connection.receive(Receive.from(queue).top(5));
        if (messages.isEmpty()) {
            connection.rollback();
            return false;
        }
        Map<UUID, Map<Count, Integer>> reached = new HashMap<>();
        List<String> wrong = new ArrayList<>();
        for (Message message : messages) {
            UUID dialog = dialogOf(connection, message);
            Map<Count, Integer> counts = reached.computeIfAbsent(dialog, any -> new EnumMap<>(Count.class));
            if (message.isTimer()) {
                counts.put(Count.RUNG, rung(connection, dialog, wrong));
            } else if (queue.equals("Answers")) {
                answered(connection, dialog, message, wrong);
            } else if (message.isEndDialog()) {
                connection.conversation(message.conversationHandle()).end();
                update(connection, "UPDATE APP.TARGETS SET TARGET_ENDED = ? WHERE DIALOG = ?", 1, dialog);
                counts.put(Count.TARGET_ENDED, 1);
            } else {
                counts.put(Count.RECEIVED, received(connection, dialog, message, wrong));
            }
        }
        reached.forEach((dialog, counts) -> counts.forEach((count, value) -> ledger.tried(dialog, count, value)));
        connection.commit();
        // what a transaction has seen that never commits, as when the power goes meanwhile, nobody has seen
        wrong.forEach(ledger::violated);
        reached.forEach(
                (dialog, counts) -> counts.forEach((count, value) -> ledger.acknowledged(dialog, count, value)));
        return true;
    }

    private static UUID dialogOf(LocalConnection connection, Message message) {
        return connection.conversation(message.conversationHandle()).conversationId();
    }

    private void answered(LocalConnection connection, UUID dialog, Message message, List<String> wrong) {
        if (message.isEndDialog()) {
            connection.conversation(message.conversationHandle()).end();
        } else {
            wrong.add("Dialog " + dialog + ": its sender has got " + message + ".");
        }
    }

    private int rung(LocalConnection connection, UUID dialog, List<String> wrong) throws SQLException {
        Sender now = sender(connection, dialog);
        if (now.rung() >= now.timers()) {
            wrong.add("Dialog " + dialog + ": a timer rings, and all " + now.timers() + " have rung.");
        }
        update(connection, "UPDATE APP.SENDERS SET RUNG = ? WHERE DIALOG = ?", now.rung() + 1, dialog);
        return now.rung() + 1;
    }

    private int received(LocalConnection connection, UUID dialog, Message message, List<String> wrong)
            throws SQLException {
        int number = ByteBuffer.wrap(message.body()).getInt();
        Map<Count, Integer> target = targets(connection.sql(), dialog).get(dialog);
        int before = target == null ? 0 : target.get(Count.RECEIVED);
        if (number != before + 1) {
            wrong.add("Dialog " + dialog + ": message " + number + " comes after message " + before + ".");
        }
        if (target == null) {
            try (PreparedStatement insert =
                    connection.sql().prepareStatement("INSERT INTO APP.TARGETS VALUES (?, ?, 0)")) {
                insert.setString(1, dialog.toString());
                insert.setInt(2, number);
                insert.executeUpdate();
            }
        } else {
            update(connection, "UPDATE APP.TARGETS SET RECEIVED = ? WHERE DIALOG = ?", number, dialog);
        }
        return number;
    }

    private static Sender sender(LocalConnection connection, UUID dialog) throws SQLException {
        return senders(connection.sql(), " WHERE DIALOG = '" + dialog + "'").get(0);
    }

    /** Dialogs that their senders haven't ended. */
    List<Sender> open(LocalConnection near) throws SQLException {
        return senders(near.sql(), " WHERE SENDER_ENDED = 0");
    }

    private static List<Sender> senders(Connection near, String which) throws SQLException {
        List<Sender> found = new ArrayList<>();
        try (Statement select = near.createStatement();
                ResultSet row = select.executeQuery("SELECT * FROM APP.SENDERS" + which + " ORDER BY DIALOG")) {
            while (row.next()) {
                found.add(new Sender(
                        UUID.fromString(row.getString("DIALOG")),
                        UUID.fromString(row.getString("HANDLE")),
                        row.getInt("SENT"),
                        row.getInt("SENDER_ENDED"),
                        row.getInt("TIMERS"),
                        row.getInt("RUNG")));
            }
        }
        return found;
    }

    private static Map<UUID, Map<Count, Integer>> targets(Connection connection, UUID one) throws SQLException {
        Map<UUID, Map<Count, Integer>> found = new HashMap<>();
        String which = one == null ? "" : " WHERE DIALOG = '" + one + "'";
        try (Statement select = connection.createStatement();
                ResultSet row = select.executeQuery("SELECT * FROM APP.TARGETS" + which)) {
            while (row.next()) {
                Map<Count, Integer> counts = new EnumMap<>(Count.class);
                counts.put(Count.RECEIVED, row.getInt("RECEIVED"));
                counts.put(Count.TARGET_ENDED, row.getInt("TARGET_ENDED"));
                found.put(UUID.fromString(row.getString("DIALOG")), counts);
            }
        }
        return found;
    }

    /** All counts of all dialogs, as the databases have them. */
    static Map<UUID, Map<Count, Integer>> counts(LocalConnection near, LocalConnection far) throws SQLException {
        Map<UUID, Map<Count, Integer>> all = new HashMap<>();
        for (Sender each : senders(near.sql(), "")) {
            Map<Count, Integer> counts = all.computeIfAbsent(each.dialog(), any -> new EnumMap<>(Count.class));
            counts.put(Count.SENT, each.sent());
            counts.put(Count.SENDER_ENDED, each.ended());
            counts.put(Count.TIMERS, each.timers());
            counts.put(Count.RUNG, each.rung());
        }
        for (LocalConnection each : List.of(near, far)) {
            targets(each.sql(), null)
                    .forEach((dialog, counts) -> all.computeIfAbsent(dialog, any -> new EnumMap<>(Count.class))
                            .putAll(counts));
        }
        return all;
    }

    /** Whether a failure only says that another transaction was in the way. */
    static boolean isConflict(Exception e) {
        return e instanceof BrokerException broker
                && (broker.number() == ErrorNumbers.DEADLOCK_VICTIM || broker.number() == ErrorNumbers.LOCK_TIMEOUT);
    }
}
