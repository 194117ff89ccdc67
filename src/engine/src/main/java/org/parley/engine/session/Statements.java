package org.parley.engine.session;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.parley.Dialog;
import org.parley.Message;
import org.parley.Receive;
import org.parley.engine.database.OpenDatabase;
import org.parley.engine.tx.Branch;
import org.parley.engine.tx.Draft;

/** The conversation statements of one opened database; each runs inside {@link Branch#work}. */
public final class Statements {

    private final OpenDatabase database;
    private final EndpointAccess endpoints;
    private final BeginStatement begin;
    private final SendStatement send;
    private final ReceiveStatement receive;
    private final EndStatement end;
    private final TimerStatement timer;
    private final MoveStatement move;
    private final SuspendedStatement suspended;

    /** The statements of a database. */
    public Statements(OpenDatabase database) {
        this.database = database;
        endpoints = new EndpointAccess(database);
        begin = new BeginStatement(database, endpoints);
        send = new SendStatement(database, endpoints);
        receive = new ReceiveStatement(database, endpoints);
        end = new EndStatement(database, endpoints);
        timer = new TimerStatement(database, endpoints);
        move = new MoveStatement(database, endpoints);
        suspended = new SuspendedStatement(database, receive, end);
    }

    /** The database. */
    public OpenDatabase database() {
        return database;
    }

    UUID begin(Branch branch, Dialog dialog) {
        return begin.run(branch, dialog);
    }

    void send(Branch branch, UUID handle, String type, byte[] body) {
        send.run(branch, handle, type, body);
    }

    void send(Branch branch, UUID handle, String type, GivenStream body) {
        send.run(branch, handle, type, body);
    }

    void send(Branch branch, List<UUID> handles, String type, byte[] body) {
        send.run(branch, handles, type, body);
    }

    List<Message> receive(Branch branch, Receive request) {
        return receive(branch, request, false);
    }

    /**
     * RECEIVE.
     *
     * @param streamed whether bodies that lie apart are left to be read in the branch
     */
    List<Message> receive(Branch branch, Receive request, boolean streamed) {
        return receive.run(branch, request, streamed);
    }

    Optional<UUID> getGroup(Branch branch, String queue, Duration waiting) {
        return receive.getGroup(branch, queue, waiting);
    }

    /** END by the engine, which may end what applications may not. */
    void endSystem(Branch branch, UUID handle) {
        end.endSystem(branch, handle);
    }

    void end(Branch branch, UUID handle) {
        end.end(branch, handle);
    }

    void endWithError(Branch branch, UUID handle, int code, String text) {
        end.endWithError(branch, handle, code, text);
    }

    void cleanup(Branch branch, UUID handle) {
        end.cleanup(branch, handle);
    }

    void timer(Branch branch, UUID handle, Duration duration) {
        timer.run(branch, handle, duration);
    }

    void move(Branch branch, UUID handle, UUID group) {
        move.run(branch, handle, group);
    }

    void resume(Branch branch, UUID group) {
        suspended.resume(branch, group);
    }

    Optional<Message> skip(Branch branch, UUID group) {
        return suspended.skip(branch, group);
    }

    void endGroup(Branch branch, UUID group, int code, String text) {
        suspended.endWithError(branch, group, code, text);
    }

    Draft look(Branch branch, UUID handle) {
        return endpoints.hold(branch, handle);
    }
}
