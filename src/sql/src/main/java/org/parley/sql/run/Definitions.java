package org.parley.sql.run;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.parley.BrokerException;
import org.parley.Catalog;
import org.parley.SystemMessageTypes;
import org.parley.sql.ScriptError;
import org.parley.sql.ast.DefinitionStatement;
import org.parley.sql.ast.Expression;
import org.parley.sql.ast.ObjectName;
import org.parley.sql.value.SqlType;
import org.parley.sql.value.Value;

/** What the runners of definitions have in common. */
final class Definitions {

    /** Parley's number for what the language knows and this server can't do. */
    static final int UNSUPPORTED = 40517;

    private static final int EXISTS = 2714;
    private static final int UNKNOWN = 15151;
    private static final int OTHER_DATABASE = 40515;

    private final ScriptRun run;

    Definitions(ScriptRun run) {
        this.run = run;
    }

    /** A definition is changed by one session at a time, since ALTER depends on what it finds. */
    <S extends DefinitionStatement> void does(Steps steps, Class<S> kind, Consumer<S> step) {
        doesToDatabases(steps, kind, statement -> run.session().changeDefinitions(() -> step.accept(statement)));
    }

    /** A definition counts no rows; in a doomed transaction there is none. */
    <S extends DefinitionStatement> void doesToDatabases(Steps steps, Class<S> kind, Consumer<S> step) {
        steps.doing(kind, run.state(), statement -> {
            run.state().transactions().checkWritable();
            step.accept(statement);
            return 0;
        });
    }

    Catalog catalog() {
        return run.session().connection().catalog();
    }

    /** The catalog in which new objects belong to an owner; null for the caller's own. */
    Catalog catalog(String owner) {
        return owner == null ? catalog() : catalog().ownedBy(owner);
    }

    /** The object of a name, which ALTER needs. */
    <T> T existing(Collection<T> all, Function<T, String> name, String wanted, String what) {
        return all.stream()
                .filter(each -> name.apply(each).equals(wanted))
                .findFirst()
                .orElseThrow(() -> new ScriptError(
                        UNKNOWN,
                        "The " + what + " '" + wanted
                                + "' can't be altered: it doesn't exist, or you may not see it."));
    }

    /** Refuses CREATE for a name that is taken. */
    <T> void checkNew(Collection<T> all, Function<T, String> name, String wanted, String what) {
        if (all.stream().anyMatch(each -> name.apply(each).equals(wanted))) {
            throw new ScriptError(
                    EXISTS,
                    "There is a " + what + " '" + wanted + "' already in database '"
                            + run.session().connection().database() + "'.");
        }
    }

    /** Refuses a list that names something twice. */
    static void checkOnce(List<String> names, int number, String where, String what) {
        List<String> seen = new ArrayList<>();
        for (String name : names) {
            if (seen.contains(name)) {
                throw new ScriptError(number, where + " names the " + what + " '" + name + "' twice.");
            }
            seen.add(name);
        }
    }

    /** Name of an object of the current database in the schema dbo. */
    String local(ObjectName name) {
        String database = name.before(2);
        String current = run.session().connection().database();
        if (database != null && !database.equals(current)) {
            throw new ScriptError(
                    OTHER_DATABASE,
                    "'" + name + "' is in another database than '" + current + "', the current one; USE " + database
                            + " first.");
        }
        if (name.before(1) != null && !name.before(1).equalsIgnoreCase("dbo")) {
            throw new ScriptError(
                    UNKNOWN, "There is no schema '" + name.before(1) + "' for '" + name + "'; there is only dbo.");
        }
        return name.last();
    }

    /** The stored spelling of a name. */
    static String stored(String name) {
        return SystemMessageTypes.canonical(name);
    }

    /** A number of a definition, kept within int: what is beyond is out of every range that a definition allows. */
    int number(Expression expression, String what) {
        return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, big(expression, what)));
    }

    long big(Expression expression, String what) {
        Value value = run.value(expression, SqlType.BIGINT);
        if (value.isNull()) {
            throw new ScriptError(UNSUPPORTED, what + " is NULL; it must be a number.");
        }
        return (Long) value.content();
    }

    /** Drops something; IF EXISTS passes over what isn't there. */
    static void drop(boolean ifExists, Runnable drop) {
        try {
            drop.run();
        } catch (BrokerException e) {
            boolean missing = e.number() == UNKNOWN || e.number() == 3701 || e.number() == 208;
            if (!ifExists || !missing) {
                throw e;
            }
        }
    }

    static ScriptError unsupported(String what) {
        return new ScriptError(UNSUPPORTED, what + " is not possible on this server.");
    }
}
