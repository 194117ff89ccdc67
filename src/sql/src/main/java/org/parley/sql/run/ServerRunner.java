package org.parley.sql.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.parley.Catalog;
import org.parley.DatabaseOptions;
import org.parley.NetworkEndpointDefinition;
import org.parley.NetworkEndpointDefinition.Algorithm;
import org.parley.NetworkEndpointDefinition.Encryption;
import org.parley.NetworkEndpointDefinition.State;
import org.parley.ProcedureDefinition;
import org.parley.sql.ScriptError;
import org.parley.sql.ast.DefinitionStatement.Drop;
import org.parley.sql.ast.DefinitionStatement.ExecuteAs;
import org.parley.sql.ast.DefinitionStatement.Kind;
import org.parley.sql.ast.DefinitionStatement.Procedure;
import org.parley.sql.ast.ObjectName;
import org.parley.sql.ast.ServerDefinition.AlterDatabase;
import org.parley.sql.ast.ServerDefinition.Authentication;
import org.parley.sql.ast.ServerDefinition.CreateDatabase;
import org.parley.sql.ast.ServerDefinition.DatabaseOption;
import org.parley.sql.ast.ServerDefinition.Endpoint;
import org.parley.sql.value.Conversion;
import org.parley.sql.value.SqlType;
import org.parley.sql.value.Value;

/** Databases, procedures and the network endpoint, and DROP of everything; service-broker.md, sections 1.10 and 17. */
final class ServerRunner {

    private static final int UNKNOWN_OPTION = 195;
    private static final int UNKNOWN_PROCEDURE = 208;

    private static final Map<String, Consumer<Catalog>> BROKER_OPTIONS = Map.of(
            "ENABLE_BROKER",
            catalog -> catalog.setBrokerEnabled(true),
            "DISABLE_BROKER",
            catalog -> catalog.setBrokerEnabled(false),
            "NEW_BROKER",
            Catalog::newBroker,
            "ERROR_BROKER_CONVERSATIONS",
            Catalog::errorBrokerConversations);

    private static final int NOT_IN_TRANSACTION = 574;

    private final ScriptRun run;
    private final Definitions definitions;

    ServerRunner(ScriptRun run) {
        this.run = run;
        this.definitions = new Definitions(run);
    }

    void register(Steps steps) {
        definitions.doesToDatabases(steps, CreateDatabase.class, this::createDatabase);
        definitions.doesToDatabases(steps, AlterDatabase.class, this::alterDatabase);
        definitions.does(steps, Endpoint.class, this::endpoint);
        definitions.does(steps, Procedure.class, this::procedure);
        definitions.doesToDatabases(steps, Drop.class, this::drop);
    }

    private Catalog catalog() {
        return definitions.catalog();
    }

    private void createDatabase(CreateDatabase database) {
        List<DatabaseOption> options = new ArrayList<>(database.options());
        UUID broker = null;
        for (DatabaseOption option : database.options()) {
            if (option.name().equals("BROKER_INSTANCE")) {
                broker = brokerInstance(database, option.value());
                options.remove(option);
            }
        }
        options.forEach(ServerRunner::checkKnown);
        if (database.attach()) {
            run.session().attachDatabase(database.name());
            set(database.name(), options);
        } else {
            run.session().createDatabase(database.name(), broker, initial(options));
        }
    }

    /** A new database has no conversations: whatever makes another broker of one only turns its delivery on. */
    private static DatabaseOptions initial(List<DatabaseOption> options) {
        boolean broker = DatabaseOptions.DEFAULT.brokerEnabled();
        boolean trustworthy = DatabaseOptions.DEFAULT.trustworthy();
        boolean priority = DatabaseOptions.DEFAULT.honorBrokerPriority();
        for (DatabaseOption option : options) {
            switch (option.name()) {
                case "TRUSTWORTHY" -> trustworthy = option.on();
                case "HONOR_BROKER_PRIORITY" -> priority = option.on();
                default -> broker = !option.name().equals("DISABLE_BROKER");
            }
        }
        return new DatabaseOptions(broker, trustworthy, priority, false);
    }

    private static UUID brokerInstance(CreateDatabase database, String text) {
        if (database.attach()) {
            throw new ScriptError(
                    UNKNOWN_OPTION,
                    "CREATE DATABASE '" + database.name()
                            + "' FOR ATTACH takes no BROKER_INSTANCE: the database has one already.");
        }
        Value value = Conversion.implicit(new Value(SqlType.nvarchar(SqlType.MAX), text), SqlType.UNIQUEIDENTIFIER);
        return (UUID) value.content();
    }

    private void alterDatabase(AlterDatabase database) {
        database.options().forEach(ServerRunner::checkKnown);
        set(database.name(), database.options());
    }

    /** Sets options of a database; the session is afterwards where it was. */
    private void set(String database, List<DatabaseOption> options) {
        String before = run.session().connection().database();
        if (database == null || database.equals(before)) {
            options.forEach(this::set);
            return;
        }
        if (options.isEmpty()) {
            return;
        }
        run.session().use(database);
        try {
            options.forEach(this::set);
        } finally {
            run.session().use(before);
        }
    }

    private static void checkKnown(DatabaseOption option) {
        boolean known = BROKER_OPTIONS.containsKey(option.name()) || isSwitch(option);
        if (!known) {
            throw new ScriptError(
                    UNKNOWN_OPTION,
                    "A database has no option '" + option.name()
                            + "' on this server; it has ENABLE_BROKER, DISABLE_BROKER, NEW_BROKER,"
                            + " ERROR_BROKER_CONVERSATIONS, TRUSTWORTHY and HONOR_BROKER_PRIORITY.");
        }
    }

    private static boolean isSwitch(DatabaseOption option) {
        return option.on() != null
                && (option.name().equals("TRUSTWORTHY") || option.name().equals("HONOR_BROKER_PRIORITY"));
    }

    private void set(DatabaseOption option) {
        switch (option.name()) {
            case "TRUSTWORTHY" -> catalog().setTrustworthy(option.on());
            case "HONOR_BROKER_PRIORITY" -> catalog().setHonorBrokerPriority(option.on());
            default -> BROKER_OPTIONS.get(option.name()).accept(catalog());
        }
    }

    private void procedure(Procedure procedure) {
        String name = definitions.local(procedure.name());
        ProcedureDefinition definition = new ProcedureDefinition(name, procedure.text(), user(procedure.executeAs()));
        boolean exists = catalog().procedure(name).isPresent();
        if (procedure.form().equals("CREATE")) {
            definitions.checkNew(catalog().procedures(), ProcedureDefinition::name, name, "procedure");
        } else if (procedure.form().equals("ALTER") && !exists) {
            throw new ScriptError(
                    UNKNOWN_PROCEDURE,
                    "The procedure '" + name + "' can't be altered: it doesn't exist, or you may not see it.");
        }
        if (exists) {
            catalog().alter(definition);
        } else {
            catalog().define(definition);
        }
    }

    /** SELF is whoever makes the procedure, now. */
    private String user(ExecuteAs as) {
        if (as == null) {
            return null;
        }
        return switch (as.context()) {
            case "SELF" -> run.session().user();
            case "CALLER", "OWNER" -> as.context();
            default -> as.user();
        };
    }

    private void drop(Drop drop) {
        if (drop.kind() == Kind.MASTER_KEY) {
            Definitions.drop(drop.ifExists(), catalog()::dropMasterKey);
            return;
        }
        for (ObjectName name : drop.names()) {
            Definitions.drop(drop.ifExists(), () -> drop(drop, name));
        }
    }

    private void drop(Drop drop, ObjectName name) {
        String last = name.last();
        switch (drop.kind()) {
            case MESSAGE_TYPE -> catalog().dropMessageType(Definitions.stored(last));
            case CONTRACT -> catalog().dropContract(Definitions.stored(last));
            case QUEUE -> catalog().dropQueue(definitions.local(name));
            case SERVICE -> catalog().dropService(Definitions.stored(last));
            case ROUTE -> catalog().dropRoute(last);
            case REMOTE_SERVICE_BINDING -> catalog().dropRemoteServiceBinding(last);
            case BROKER_PRIORITY -> catalog().dropBrokerPriority(last);
            case XML_SCHEMA_COLLECTION -> catalog().dropXmlSchemaCollection(definitions.local(name));
            case PROCEDURE -> catalog().dropProcedure(definitions.local(name));
            case ENDPOINT -> {
                refuseInTransaction("DROP ENDPOINT");
                catalog().dropNetworkEndpoint(last);
            }
            case CERTIFICATE -> catalog().dropCertificate(last);
            case USER -> catalog().dropUser(last);
            case LOGIN -> catalog().dropLogin(last);
            case DATABASE -> run.session().dropDatabase(last);
            case MASTER_KEY -> throw new IllegalArgumentException("A master key has no name.");
        }
    }

    private void refuseInTransaction(String statement) {
        if (run.session().inTransaction()) {
            throw new ScriptError(
                    NOT_IN_TRANSACTION,
                    statement + " is not allowed inside a transaction: it takes effect at once, for the whole server."
                            + " End the transaction first.");
        }
    }

    private void endpoint(Endpoint wanted) {
        refuseInTransaction(wanted.alter() ? "ALTER ENDPOINT" : "CREATE ENDPOINT");
        if (wanted.alter() && wanted.owner() != null) {
            throw Definitions.unsupported("ALTER ENDPOINT '" + wanted.name() + "' with AUTHORIZATION");
        }
        NetworkEndpointDefinition old = wanted.alter()
                ? definitions.existing(
                        catalog().networkEndpoint().stream().toList(),
                        NetworkEndpointDefinition::name,
                        wanted.name(),
                        "endpoint")
                : new NetworkEndpointDefinition(wanted.name(), 0);
        NetworkEndpointDefinition changed = new NetworkEndpointDefinition(
                wanted.name(),
                wanted.alter() ? old.owner() : wanted.owner(),
                wanted.state() == null ? old.state() : State.valueOf(wanted.state()),
                wanted.port() == null ? old.port() : definitions.number(wanted.port(), "LISTENER_PORT"),
                wanted.address() == null ? old.address() : wanted.address().equals("ALL") ? null : wanted.address(),
                authentication(wanted, old),
                certificate(wanted, old),
                wanted.encryption() == null ? old.encryption() : Encryption.valueOf(wanted.encryption()),
                algorithms(wanted, old),
                wanted.forwarding() == null ? old.messageForwarding() : wanted.forwarding(),
                wanted.forwardSize() == null
                        ? old.messageForwardSize()
                        : definitions.number(wanted.forwardSize(), "MESSAGE_FORWARD_SIZE"));
        if (wanted.alter()) {
            catalog().alter(changed);
        } else {
            definitions.checkNew(
                    catalog().networkEndpoint().stream().toList(),
                    NetworkEndpointDefinition::name,
                    wanted.name(),
                    "endpoint");
            catalog().define(changed);
        }
    }

    private static boolean isWritten(List<?> list) {
        return list != null && !list.isEmpty();
    }

    private static List<NetworkEndpointDefinition.Authentication> authentication(
            Endpoint wanted, NetworkEndpointDefinition old) {
        if (!isWritten(wanted.authentication())) {
            return old.authentication();
        }
        List<NetworkEndpointDefinition.Authentication> ways = new ArrayList<>();
        for (Authentication way : wanted.authentication()) {
            boolean windows = way.kind().equals("WINDOWS");
            ways.add(
                    !windows
                            ? NetworkEndpointDefinition.Authentication.CERTIFICATE
                            : way.value() == null
                                    ? NetworkEndpointDefinition.Authentication.NEGOTIATE
                                    : NetworkEndpointDefinition.Authentication.valueOf(way.value()));
        }
        return ways;
    }

    private static String certificate(Endpoint wanted, NetworkEndpointDefinition old) {
        if (!isWritten(wanted.authentication())) {
            return old.certificate();
        }
        return wanted.authentication().stream()
                .filter(way -> way.kind().equals("CERTIFICATE"))
                .map(Authentication::value)
                .findFirst()
                .orElse(null);
    }

    private static List<Algorithm> algorithms(Endpoint wanted, NetworkEndpointDefinition old) {
        if (isWritten(wanted.algorithms())) {
            return wanted.algorithms().stream().map(Algorithm::valueOf).toList();
        }
        if ("DISABLED".equals(wanted.encryption())) {
            return List.of();
        }
        return old.algorithms().isEmpty() ? List.of(Algorithm.AES) : old.algorithms();
    }
}
