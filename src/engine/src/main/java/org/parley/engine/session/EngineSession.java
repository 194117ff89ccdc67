package org.parley.engine.session;

import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.parley.ActivationStatus;
import org.parley.BrokerConnection;
import org.parley.BrokerException;
import org.parley.Catalog;
import org.parley.Conversation;
import org.parley.ConversationEndpoint;
import org.parley.Dialog;
import org.parley.InDoubtBranch;
import org.parley.Message;
import org.parley.Receive;
import org.parley.ScriptResult;
import org.parley.SuspendedGroup;
import org.parley.engine.catalog.CatalogSnapshot;
import org.parley.engine.catalog.DatabaseCatalog;
import org.parley.engine.database.OpenDatabase;
import org.parley.engine.queue.Endpoint;
import org.parley.engine.queue.EndpointTable;
import org.parley.engine.security.Access;
import org.parley.engine.security.SecurityErrors;
import org.parley.engine.store.EndpointRow;
import org.parley.engine.store.EndpointRow.Stage;
import org.parley.engine.tx.BranchTable;
import org.parley.engine.tx.XidText;

/** The session of a channel. */
final class EngineSession implements BrokerConnection {

    private final EngineChannel channel;

    EngineSession(EngineChannel channel) {
        this.channel = channel;
    }

    @Override
    public String database() {
        return channel.current();
    }

    @Override
    public UUID brokerInstance() {
        return channel.statements().database().store().brokerInstance();
    }

    @Override
    public Conversation begin(Dialog dialog) {
        UUID handle = channel.call((statements, branch) -> {
            Checks.begin(channel.access(statements), statements, dialog);
            return statements.begin(branch, dialog);
        });
        return new EngineConversation(channel, handle);
    }

    @Override
    public Conversation conversation(UUID handle) {
        if (handle == null) {
            throw new BrokerException(8418, "The conversation handle is missing.");
        }
        return new EngineConversation(channel, handle);
    }

    @Override
    public void send(List<UUID> handles, String messageType, byte[] body) {
        channel.call((statements, branch) -> {
            Checks.send(channel.access(statements), statements, branch, handles);
            statements.send(branch, handles, messageType, body);
            return null;
        });
    }

    @Override
    public List<Message> receive(Receive request) {
        // in a transaction of its own nothing could be read when the call returns
        boolean streamed = request.leaveBodies() && channel.inTransaction();
        return channel.call((statements, branch) -> {
            Checks.receive(channel.access(statements), statements, request.queue());
            List<Message> messages = statements.receive(branch, request, streamed);
            channel.received();
            return messages;
        });
    }

    @Override
    public Optional<UUID> getConversationGroup(String queue, Duration waiting) {
        return channel.call((statements, branch) -> {
            Checks.receive(channel.access(statements), statements, queue);
            Optional<UUID> group = statements.getGroup(branch, queue, waiting);
            channel.received();
            return group;
        });
    }

    @Override
    public List<ConversationEndpoint> endpoints(UUID conversationId) {
        return shown(table -> table.endpoints(conversationId));
    }

    @Override
    public List<ConversationEndpoint> endpoints() {
        return shown(EndpointTable::endpoints);
    }

    private List<ConversationEndpoint> shown(Function<EndpointTable, List<Endpoint>> chosen) {
        Statements statements = channel.statements();
        OpenDatabase database = statements.database();
        Access access = channel.access(statements);
        return database.table().locked(() -> {
            CatalogSnapshot catalog = database.catalog().snapshot();
            List<ConversationEndpoint> shown = new ArrayList<>();
            for (Endpoint endpoint : chosen.apply(database.table())) {
                if (endpoint.stage() != Stage.CLEANED && Checks.sees(access, endpoint)) {
                    shown.add(shown(endpoint, catalog));
                }
            }
            return shown;
        });
    }

    private static ConversationEndpoint shown(Endpoint endpoint, CatalogSnapshot catalog) {
        EndpointRow row = endpoint.begun();
        return new ConversationEndpoint(
                row.handle(),
                row.conversationId(),
                row.initiator(),
                catalog.service(row.service()).name(),
                row.farService(),
                catalog.contract(row.contract()).name(),
                row.group(),
                endpoint.state().shown(),
                Instant.ofEpochMilli(row.lifetime()),
                endpoint.nextOut(),
                endpoint.arrived(),
                endpoint.waiting(),
                row.priority());
    }

    @Override
    public String transmissionStatus(UUID handle) {
        if (handle == null) {
            throw new BrokerException(8418, "The conversation handle is missing.");
        }
        Statements statements = channel.statements();
        Access access = channel.access(statements);
        return statements.database().transmissionStatus(handle, endpoint -> Checks.sees(access, endpoint));
    }

    @Override
    public List<SuspendedGroup> suspendedGroups() {
        Statements statements = channel.statements();
        Access access = channel.access(statements);
        return statements.database().suspendedGroups(group -> Checks.sees(access, group));
    }

    @Override
    public void resumeGroup(UUID group) {
        channel.alone((statements, branch) -> {
            Checks.resume(channel.access(statements), statements, group);
            statements.resume(branch, group);
            return null;
        });
    }

    @Override
    public Optional<Message> skipMessage(UUID group) {
        return channel.alone((statements, branch) -> {
            Checks.skip(channel.access(statements), statements, group);
            return statements.skip(branch, group);
        });
    }

    @Override
    public void endGroup(UUID group, int code, String text) {
        channel.alone((statements, branch) -> {
            Checks.endGroup(channel.access(statements), statements, group);
            statements.endGroup(branch, group, code, text);
            return null;
        });
    }

    @Override
    public List<InDoubtBranch> inDoubtBranches() {
        Statements statements = channel.statements();
        return channel.access(statements).databaseOwner()
                ? statements.database().branches().inDoubt()
                : List.of();
    }

    @Override
    public void commitInDoubt(String xid) {
        decide((branches, by) -> branches.decide(XidText.parse(xid), true, by));
    }

    @Override
    public void rollbackInDoubt(String xid) {
        decide((branches, by) -> branches.decide(XidText.parse(xid), false, by));
    }

    @Override
    public void forgetInDoubt(String xid) {
        decide((branches, by) -> branches.forgetDecision(XidText.parse(xid)));
    }

    private void decide(BiConsumer<BranchTable, String> decision) {
        Statements statements = channel.statements();
        Access access = channel.access(statements);
        if (!access.databaseOwner()) {
            throw SecurityErrors.notOwner(access, "decide the outcome of transactions");
        }
        decision.accept(statements.database().branches(), access.name());
    }

    @Override
    public List<ActivationStatus> activations() {
        Access access = channel.access(channel.statements());
        return access.databaseOwner() ? channel.server().activations().of(channel.current()) : List.of();
    }

    @Override
    public void pauseActivation(String queue, String name) {
        readers().pause(channel.current(), queue, name);
    }

    @Override
    public void resumeActivation(String queue, String name) {
        readers().resume(channel.current(), queue, name);
    }

    private ServerActivations readers() {
        Access access = channel.access(channel.statements());
        if (!access.databaseOwner()) {
            throw SecurityErrors.notOwner(access, "pause or resume activations");
        }
        return channel.server().activations();
    }

    @Override
    public Catalog catalog() {
        Statements statements = channel.statements();
        DatabaseCatalog catalog = statements.database().catalog();
        channel.access(statements);
        return catalog.of(() -> channel.access(statements), channel.key());
    }

    @Override
    public Connection sql() {
        return channel.sql();
    }

    @Override
    public ScriptResult execute(String script) {
        return channel.scripts().result(script);
    }

    @Override
    public void close() {
        channel.cleanup();
    }
}
