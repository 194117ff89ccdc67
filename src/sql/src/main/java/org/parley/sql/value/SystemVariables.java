package org.parley.sql.value;

import java.math.BigDecimal;
import java.util.Map;
import java.util.function.Function;
import org.parley.sql.ScriptError;
import org.parley.sql.ast.Expression;

/** The variables that begin with {@code @@}. */
final class SystemVariables {

    private record Fact(SqlType type, Function<Session, Object> content) {}

    /** Sunday, as under us_english; DATEPART counts weekdays from it. */
    static final int FIRST_DAY_OF_WEEK = 7;

    private static final SqlType NAME = SqlType.nvarchar(128);

    private static final Map<String, Fact> FACTS = Map.ofEntries(
            Map.entry("@@ROWCOUNT", new Fact(SqlType.INT, session ->
                    (int) Math.min(Integer.MAX_VALUE, session.rowCount()))),
            Map.entry("@@ERROR", new Fact(SqlType.INT, Session::error)),
            Map.entry("@@TRANCOUNT", new Fact(SqlType.INT, Session::transactions)),
            Map.entry("@@NESTLEVEL", new Fact(SqlType.INT, Session::nesting)),
            Map.entry("@@SPID", new Fact(SqlType.SMALLINT, Session::id)),
            Map.entry("@@VERSION", new Fact(SqlType.nvarchar(300), Session::version)),
            Map.entry("@@SERVERNAME", new Fact(NAME, Session::server)),
            Map.entry("@@SERVICENAME", new Fact(NAME, Session::server)),
            Map.entry("@@LANGUAGE", new Fact(NAME, session -> "us_english")),
            Map.entry("@@DATEFIRST", new Fact(SqlType.TINYINT, session -> FIRST_DAY_OF_WEEK)),
            Map.entry("@@MAX_PRECISION", new Fact(SqlType.TINYINT, session -> SqlType.MOST_DIGITS)),
            Map.entry("@@IDENTITY", new Fact(SqlType.decimal(38, 0), SystemVariables::identity)));

    private SystemVariables() {}

    static Term term(Expression.SystemVariable variable, Surroundings surroundings) {
        Fact fact = FACTS.get(variable.name());
        if (fact == null) {
            throw new ScriptError(
                    137,
                    ScriptError.SYNTAX_LEVEL,
                    "There is no system variable '" + variable.name() + "'; known are "
                            + String.join(", ", FACTS.keySet().stream().sorted().toList()) + ".");
        }
        return Term.of(fact.type(), () -> new Value(fact.type(), fact.content().apply(surroundings.session())));
    }

    static BigDecimal identity(Session session) {
        return session.identity() == null ? null : BigDecimal.valueOf(session.identity());
    }
}
