package org.parley.engine.catalog;

import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.parley.BrokerPriorityDefinition;
import org.parley.engine.catalog.DefinitionStatement.AlterPriority;
import org.parley.engine.catalog.DefinitionStatement.AlterPriority.Named;
import org.parley.engine.catalog.DefinitionStatement.CreatePriority;
import org.parley.engine.catalog.DefinitionStatement.SetOption;

/** Parses statements on broker priorities and on the database itself; service-broker.md, sections 15 and 17. */
final class DatabaseScript {

    private static final String OPTIONS = "ENABLE_BROKER, DISABLE_BROKER, NEW_BROKER, ERROR_BROKER_CONVERSATIONS,"
            + " TRUSTWORTHY or HONOR_BROKER_PRIORITY";

    private final ScriptReader in;

    DatabaseScript(ScriptReader in) {
        this.in = in;
    }

    CreatePriority createPriority() {
        AlterPriority written = priority(false);
        return new CreatePriority(new BrokerPriorityDefinition(
                written.name(),
                orNull(written.contract()),
                orNull(written.localService()),
                orNull(written.remoteService()),
                written.level() == null ? BrokerPriorityDefinition.DEFAULT_LEVEL : written.level()));
    }

    private static String orNull(Named named) {
        return named == null ? null : named.orNull();
    }

    AlterPriority alterPriority() {
        return priority(true);
    }

    private AlterPriority priority(boolean alter) {
        in.expect("PRIORITY");
        String name = in.name("broker priority");
        in.expect("FOR");
        in.expect("CONVERSATION");
        Named contract = null;
        Named local = null;
        Named remote = null;
        Integer level = null;
        if (alter ? in.required("SET") : in.skip("SET")) {
            Set<String> seen = new HashSet<>();
            in.expect('(');
            do {
                String word = in.token().text().toUpperCase(Locale.ROOT);
                if (!seen.add(word)) {
                    throw in.twice(word);
                }
                if (in.skip("CONTRACT_NAME")) {
                    contract = named("contract");
                } else if (in.skip("LOCAL_SERVICE_NAME")) {
                    local = named("service");
                } else if (in.skip("REMOTE_SERVICE_NAME")) {
                    in.expect('=');
                    remote = any() ? new Named(Optional.empty()) : new Named(Optional.of(in.text("a text or ANY")));
                } else if (in.skip("PRIORITY_LEVEL")) {
                    level = level();
                } else {
                    throw in.expected("CONTRACT_NAME, LOCAL_SERVICE_NAME, REMOTE_SERVICE_NAME or PRIORITY_LEVEL");
                }
            } while (in.skip(','));
            in.close();
        }
        return new AlterPriority(name, contract, local, remote, level);
    }

    private boolean any() {
        return in.skip("ANY");
    }

    private Named named(String kind) {
        in.expect('=');
        return any() ? new Named(Optional.empty()) : new Named(Optional.of(in.name(kind)));
    }

    private int level() {
        in.expect('=');
        return in.skip("DEFAULT")
                ? BrokerPriorityDefinition.DEFAULT_LEVEL
                : (int) Math.min(in.number("1 to 10 or DEFAULT"), Integer.MAX_VALUE);
    }

    DefinitionStatement createMasterKey() {
        in.expect("KEY");
        in.expect("ENCRYPTION");
        in.expect("BY");
        in.expect("PASSWORD");
        if (in.token().kind() == Token.Kind.LITERAL) {
            // what is there may be the password, which no message may show
            throw new org.parley.BrokerException(CatalogErrors.SYNTAX, in.here() + "found a text, expected '='.");
        }
        in.expect('=');
        return new DefinitionStatement.Key(new KeyStatement.CreateMasterKey(in.text("a password in quotes")));
    }

    DefinitionStatement alterDatabase() {
        in.expect("CURRENT");
        in.expect("SET");
        DefinitionStatement option = option();
        if (in.skip("WITH")) {
            in.expect("ROLLBACK");
            in.expect("IMMEDIATE");
        }
        return option;
    }

    private DefinitionStatement option() {
        if (in.skip("ENABLE_BROKER")) {
            return new SetOption(DatabaseOption.BROKER_ENABLED, true);
        } else if (in.skip("DISABLE_BROKER")) {
            return new SetOption(DatabaseOption.BROKER_ENABLED, false);
        } else if (in.skip("TRUSTWORTHY")) {
            return new SetOption(DatabaseOption.TRUSTWORTHY, in.onOffWord());
        } else if (in.skip("HONOR_BROKER_PRIORITY")) {
            return new SetOption(DatabaseOption.HONOR_BROKER_PRIORITY, in.onOffWord());
        }
        if (in.skip("NEW_BROKER")) {
            return new DefinitionStatement.NewBroker();
        } else if (in.skip("ERROR_BROKER_CONVERSATIONS")) {
            return new DefinitionStatement.ErrorConversations();
        }
        throw in.expected(OPTIONS);
    }
}
