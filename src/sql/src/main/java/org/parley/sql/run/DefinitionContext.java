package org.parley.sql.run;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.parley.BrokerException;
import org.parley.Catalog;
import org.parley.ErrorNumbers;
import org.parley.SystemMessageTypes;
import org.parley.spi.DefinitionSession;
import org.parley.sql.ScriptError;
import org.parley.sql.ast.Expression;
import org.parley.sql.ast.ObjectName;

/** Where definitions take effect, and what those who carry them out have in common. */
final class DefinitionContext {

    /** Parley's number for what the language knows and this server can't do. */
    static final int UNSUPPORTED = 40517;

    static final int EXISTS = 2714;
    private static final int UNKNOWN = 15151;
    private static final int OTHER_DATABASE = 40515;

    private final DefinitionSession session;
    private final Function<Expression, String> texts;
    private final boolean repeatable;

    /**
     * The place of definitions.
     *
     * @param texts values of expressions as text
     * @param repeatable whether the catalog judges a CREATE of what exists; else there is none
     */
    DefinitionContext(DefinitionSession session, Function<Expression, String> texts, boolean repeatable) {
        this.session = session;
        this.texts = texts;
        this.repeatable = repeatable;
    }

    DefinitionSession session() {
        return session;
    }

    Catalog catalog() {
        return session.catalog();
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
    <T> void checkNew(Supplier<? extends Collection<T>> all, Function<T, String> name, String wanted, String what) {
        refuse(
                () -> all.get().stream().anyMatch(each -> name.apply(each).equals(wanted)),
                EXISTS,
                () -> "There is a " + what + " '" + wanted + "' already in database '" + session.database() + "'.");
    }

    /** Refuses CREATE of what exists, unless that is the catalog's to judge. */
    void refuse(BooleanSupplier exists, int number, Supplier<String> text) {
        if (!repeatable && exists.getAsBoolean()) {
            throw new ScriptError(number, text.get());
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
        String current = session.database();
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
    static int number(Expression literal) {
        return (int) Math.min(Integer.MAX_VALUE, big(literal));
    }

    /** A number of a definition, kept within long. */
    static long big(Expression literal) {
        return new BigInteger(((Expression.Number) literal).text())
                .min(BigInteger.valueOf(Long.MAX_VALUE))
                .longValue();
    }

    /** The value of an expression as text; null for NULL. */
    String text(Expression expression) {
        return texts.apply(expression);
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

    /** Refuses what a script can do, and definitions of one database can't. */
    ScriptError noDefinition(String what) {
        return new ScriptError(
                ErrorNumbers.NO_DEFINITION,
                what + " is no definition of database '" + session.database() + "'; BrokerConnection.execute runs it.");
    }

    static ScriptError unsupported(String what) {
        return new ScriptError(UNSUPPORTED, what + " is not possible on this server.");
    }
}
