package org.parley.engine.model;

import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.parley.BrokerException;
import org.parley.Conversation;
import org.parley.Dialog;
import org.parley.ErrorNumbers;
import org.parley.LocalConnection;
import org.parley.Message;
import org.parley.Receive;
import org.parley.SystemMessageTypes;
import org.parley.engine.model.Act.What;

/** One thread's hands: calls the API, one statement at a time, and records what it did and saw. */
final class Actor {

    /** After these nothing more can be done in the transaction. */
    private static final Set<Integer> ENDS =
            Set.of(ErrorNumbers.DEADLOCK_VICTIM, ErrorNumbers.TRANSACTION_ENDED, ErrorNumbers.STORE_FAILED);

    private final Home home;
    private final Recorder recorder;
    private final Pool pool;
    private final String name;
    private final LocalConnection[] connections = new LocalConnection[Home.DATABASES];
    private final List<Pool.Known> begun = new ArrayList<>();
    private int database;
    private int transaction;
    private Savepoint savepoint;
    private int bodies;

    Actor(String name, Home home, Recorder recorder, Pool pool) {
        this.name = name;
        this.home = home;
        this.recorder = recorder;
        this.pool = pool;
    }

    private LocalConnection connection() {
        return connection(database);
    }

    private LocalConnection connection(int inDatabase) {
        if (connections[inDatabase] == null) {
            connections[inDatabase] = home.connect(inDatabase);
        }
        return connections[inDatabase];
    }

    /** Whether a transaction is open. */
    boolean working() {
        return transaction != 0;
    }

    int database() {
        return database;
    }

    /** Goes on in the open transaction, or begins one in a database. */
    void work(int inDatabase) {
        if (!working()) {
            database = inDatabase;
            connection().begin();
            transaction = recorder.newTransaction();
            begun.clear();
            savepoint = null;
        }
    }

    /** One of the endpoints known in this database, mostly one that this transaction has begun. */
    Pool.Known pick(int pick) {
        return !begun.isEmpty() && pick % 2 == 0 ? begun.get(pick / 2 % begun.size()) : pool.pick(database, pick / 2);
    }

    Pool.Known begin(Dialog dialog) {
        Act act = new Act(What.BEGIN, transaction, database);
        act.queue = Home.queueOf(dialog.fromService());
        act.farService = dialog.toService();
        act.duration = dialog.lifetime();
        act.onlyHandle = dialog.relatedConversation();
        act.onlyGroup = dialog.relatedGroup();
        run(act, () -> {
            Conversation conversation = connection().begin(dialog);
            act.handles = List.of(conversation.handle());
            act.group = conversation.groupId();
            act.conversation = conversation.conversationId();
        });
        if (act.failed()) {
            return null;
        }
        Pool.Known known = new Pool.Known(act.handle(), act.group, dialog.fromService());
        begun.add(known);
        return known;
    }

    void send(List<UUID> handles) {
        Act act = new Act(What.SEND, transaction, database);
        act.handles = handles;
        act.body = name + "-" + ++bodies;
        run(act, () -> {
            if (handles.size() == 1) {
                connection().conversation(handles.get(0)).send(SystemMessageTypes.DEFAULT, act.body);
            } else {
                connection().send(handles, SystemMessageTypes.DEFAULT, act.body.getBytes());
            }
        });
    }

    Act receive(Receive request) {
        Act act = new Act(What.RECEIVE, transaction, database);
        act.queue = request.queue();
        act.top = request.top();
        act.onlyHandle = request.conversation();
        act.onlyGroup = request.group();
        act.waits = request.waiting() == null || !request.waiting().isZero();
        run(act, () -> {
            act.messages = connection().receive(request);
            act.end = recorder.stamp();
            act.conversations = conversationsOf(act.messages);
        });
        return act;
    }

    private Map<UUID, UUID> conversationsOf(List<Message> messages) {
        Map<UUID, UUID> conversations = new HashMap<>();
        for (Message message : messages) {
            UUID handle = message.conversationHandle();
            if (!conversations.containsKey(handle) && !pool.knows(handle)) {
                conversations.put(handle, connection().conversation(handle).conversationId());
            }
        }
        messages.forEach(message -> pool.add(
                database,
                new Pool.Known(message.conversationHandle(), message.conversationGroupId(), message.serviceName())));
        return conversations;
    }

    void getGroup(String queue) {
        Act act = new Act(What.GET_GROUP, transaction, database);
        act.queue = queue;
        run(
                act,
                () -> act.group =
                        connection().getConversationGroup(queue, Duration.ZERO).orElse(null));
    }

    void end(UUID handle) {
        Act act = on(What.END, handle);
        run(act, () -> connection().conversation(handle).end());
    }

    void endWithError(UUID handle) {
        Act act = on(What.END_WITH_ERROR, handle);
        act.body = name + "-" + ++bodies;
        run(act, () -> connection().conversation(handle).endWithError(7, act.body));
    }

    void cleanup(UUID handle) {
        Act act = on(What.CLEANUP, handle);
        run(act, () -> connection().conversation(handle).cleanup());
    }

    void timer(UUID handle, Duration duration) {
        Act act = on(What.TIMER, handle);
        act.duration = duration;
        run(act, () -> connection().conversation(handle).timer(duration));
    }

    void move(UUID handle, UUID group) {
        Act act = on(What.MOVE, handle);
        act.onlyGroup = group;
        run(act, () -> connection().conversation(handle).moveTo(group));
    }

    void savepoint() {
        Act act = new Act(What.SAVEPOINT, transaction, database);
        run(act, () -> savepoint = connection().sql().setSavepoint("s"));
    }

    void backToSavepoint() {
        if (savepoint != null) {
            Act act = new Act(What.BACK_TO_SAVEPOINT, transaction, database);
            run(act, () -> connection().sql().rollback(savepoint));
        }
    }

    void commit() {
        Act act = new Act(What.COMMIT, transaction, database);
        List<Pool.Known> fresh = List.copyOf(begun);
        int in = database;
        run(act, () -> connection().commit());
        transaction = 0;
        if (!act.failed()) {
            fresh.forEach(known -> pool.add(in, known));
        }
    }

    void commitIfWorking() {
        if (working()) {
            commit();
        }
    }

    void rollback() {
        Act act = new Act(What.ROLLBACK, transaction, database);
        run(act, () -> connection().rollback());
        transaction = 0;
    }

    void queue(int inDatabase, String queue, boolean on) {
        Act act = new Act(on ? What.QUEUE_ON : What.QUEUE_OFF, 0, inDatabase);
        act.queue = queue;
        run(act, () -> connection(inDatabase).catalog().setQueueStatus(queue, on));
    }

    void trust(int inDatabase, boolean on) {
        Act act = new Act(on ? What.TRUST : What.UNTRUST, 0, inDatabase);
        String script = "ALTER DATABASE CURRENT SET TRUSTWORTHY " + (on ? "ON" : "OFF");
        run(act, () -> connection(inDatabase).catalog().define(script));
    }

    /** The server goes down and up while this transaction, if any, is open. */
    void duringRestart(Callable<?> restart) throws Exception {
        Act lost = new Act(What.LOST, transaction, database);
        lost.start = recorder.stamp();
        restart.call();
        lost.end = recorder.stamp();
        if (working()) {
            recorder.add(lost);
            transaction = 0;
        }
        Arrays.fill(connections, null);
    }

    void close() {
        for (LocalConnection connection : connections) {
            if (connection != null) {
                connection.close();
            }
        }
    }

    private Act on(What what, UUID handle) {
        Act act = new Act(what, transaction, database);
        act.handles = List.of(handle);
        return act;
    }

    /** Something to be called. */
    @FunctionalInterface
    private interface Call {

        void call() throws SQLException;
    }

    private void run(Act act, Call call) {
        act.clockStart = home.clock().millis();
        act.start = recorder.stamp();
        try {
            call.call();
        } catch (BrokerException e) {
            act.error = e.number();
            act.errorText = e.getMessage();
        } catch (SQLException e) {
            act.error = e.getErrorCode() == 0 ? -1 : e.getErrorCode();
            act.errorText = e.toString();
        }
        act.end = act.end == 0 ? recorder.stamp() : act.end;
        act.clockEnd = home.clock().millis();
        recorder.add(act);
        if (act.failed() && act.transaction != 0 && !act.last()) {
            afterError(act);
        }
    }

    private void afterError(Act act) {
        boolean over = ENDS.contains(act.error) || act.what == What.BACK_TO_SAVEPOINT || act.what == What.SAVEPOINT;
        if (over) {
            Act lost = new Act(What.LOST, transaction, database);
            lost.start = act.start;
            lost.end = recorder.stamp();
            connection().rollback();
            recorder.add(lost);
            transaction = 0;
        } else if (act.error == ErrorNumbers.LOCK_TIMEOUT) {
            rollback();
        }
    }
}
