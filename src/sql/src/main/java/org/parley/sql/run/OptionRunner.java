package org.parley.sql.run;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.parley.Catalog;
import org.parley.sql.ScriptError;
import org.parley.sql.ast.ServerDefinition.AlterDatabase;
import org.parley.sql.ast.ServerDefinition.CreateDatabase;
import org.parley.sql.ast.ServerDefinition.DatabaseOption;

/** Options of the current database; service-broker.md, section 17. Other databases are for a session that can enter them. */
final class OptionRunner {

    private static final int UNKNOWN_OPTION = 195;

    private static final Map<String, Consumer<Catalog>> BROKER_OPTIONS = Map.of(
            "ENABLE_BROKER",
            catalog -> catalog.setBrokerEnabled(true),
            "DISABLE_BROKER",
            catalog -> catalog.setBrokerEnabled(false),
            "NEW_BROKER",
            Catalog::newBroker,
            "ERROR_BROKER_CONVERSATIONS",
            Catalog::errorBrokerConversations);

    private final DefinitionContext definitions;

    OptionRunner(DefinitionContext definitions) {
        this.definitions = definitions;
    }

    void register(DefinitionSteps steps) {
        steps.does(AlterDatabase.class, this::alter);
        steps.does(CreateDatabase.class, database -> {
            throw definitions.noDefinition("CREATE DATABASE '" + database.name() + "'");
        });
    }

    private void alter(AlterDatabase database) {
        if (database.name() != null
                && !database.name().equals(definitions.session().database())) {
            throw definitions.noDefinition("ALTER DATABASE '" + database.name() + "'");
        }
        checkKnown(database.options());
        database.options().forEach(this::set);
    }

    static void checkKnown(List<DatabaseOption> options) {
        for (DatabaseOption option : options) {
            if (!BROKER_OPTIONS.containsKey(option.name()) && !isSwitch(option)) {
                throw new ScriptError(
                        UNKNOWN_OPTION,
                        "A database has no option '" + option.name()
                                + "' on this server; it has ENABLE_BROKER, DISABLE_BROKER, NEW_BROKER,"
                                + " ERROR_BROKER_CONVERSATIONS, TRUSTWORTHY and HONOR_BROKER_PRIORITY.");
            }
        }
    }

    private static boolean isSwitch(DatabaseOption option) {
        return option.on() != null
                && (option.name().equals("TRUSTWORTHY") || option.name().equals("HONOR_BROKER_PRIORITY"));
    }

    private void set(DatabaseOption option) {
        Catalog catalog = definitions.catalog();
        switch (option.name()) {
            case "TRUSTWORTHY" -> catalog.setTrustworthy(option.on());
            case "HONOR_BROKER_PRIORITY" -> catalog.setHonorBrokerPriority(option.on());
            default -> BROKER_OPTIONS.get(option.name()).accept(catalog);
        }
    }
}
