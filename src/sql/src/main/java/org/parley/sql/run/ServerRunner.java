package org.parley.sql.run;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.parley.DatabaseOptions;
import org.parley.sql.ScriptError;
import org.parley.sql.ast.DefinitionStatement;
import org.parley.sql.ast.DefinitionStatement.Drop;
import org.parley.sql.ast.DefinitionStatement.Kind;
import org.parley.sql.ast.ServerDefinition.AlterDatabase;
import org.parley.sql.ast.ServerDefinition.CreateDatabase;
import org.parley.sql.ast.ServerDefinition.DatabaseOption;
import org.parley.sql.ast.ServerDefinition.Endpoint;
import org.parley.sql.value.Conversion;
import org.parley.sql.value.SqlType;
import org.parley.sql.value.Value;

/**
 * Definitions of a script: each takes effect at once, in the database that the session is in. Beside what a catalog can do, a session
 * can make, drop and enter databases.
 */
final class ServerRunner {

    private static final int UNKNOWN_OPTION = 195;
    private static final int NOT_IN_TRANSACTION = 574;

    private final ScriptRun run;
    private final DefinitionSteps definitions;

    ServerRunner(ScriptRun run, DefinitionSteps definitions) {
        this.run = run;
        this.definitions = definitions;
    }

    /** A definition counts no rows; in a doomed transaction there is none. */
    void register(Steps steps) {
        for (Class<? extends DefinitionStatement> kind : definitions.kinds()) {
            steps.doing(kind, run.state(), statement -> {
                run.state().transactions().checkWritable();
                define(statement);
                return 0;
            });
        }
    }

    private void define(DefinitionStatement statement) {
        if (statement instanceof CreateDatabase database) {
            create(database);
        } else if (statement instanceof AlterDatabase database) {
            alter(database);
        } else if (statement instanceof Drop drop && drop.kind() == Kind.DATABASE) {
            drop.names()
                    .forEach(name -> DefinitionContext.drop(
                            drop.ifExists(), () -> run.session().dropDatabase(name.last())));
        } else {
            refuseInTransaction(statement);
            // ALTER depends on what it finds, so one session changes definitions at a time
            run.session().changeDefinitions(() -> definitions.run(statement));
        }
    }

    private void create(CreateDatabase database) {
        List<DatabaseOption> options = new ArrayList<>(database.options());
        UUID broker = null;
        for (DatabaseOption option : database.options()) {
            if (option.name().equals("BROKER_INSTANCE")) {
                broker = brokerInstance(database, option.value());
                options.remove(option);
            }
        }
        OptionRunner.checkKnown(options);
        if (database.attach()) {
            run.session().attachDatabase(database.name());
            alter(new AlterDatabase(database.at(), database.name(), options, null));
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

    /** Sets options of a database; the session is afterwards where it was. */
    private void alter(AlterDatabase database) {
        String before = run.session().database();
        if (database.name() == null || database.name().equals(before)) {
            definitions.run(database);
            return;
        }
        OptionRunner.checkKnown(database.options());
        if (database.options().isEmpty()) {
            return;
        }
        run.session().use(database.name());
        try {
            definitions.run(database);
        } finally {
            run.session().use(before);
        }
    }

    private void refuseInTransaction(DefinitionStatement statement) {
        String verb = statement instanceof Endpoint endpoint
                ? endpoint.alter() ? "ALTER" : "CREATE"
                : statement instanceof Drop drop && drop.kind() == Kind.ENDPOINT ? "DROP" : null;
        if (verb != null && run.session().inTransaction()) {
            throw new ScriptError(
                    NOT_IN_TRANSACTION,
                    verb
                            + " ENDPOINT is not allowed inside a transaction: it takes effect at once, for the whole server."
                            + " End the transaction first.");
        }
    }
}
