package org.parley.engine.store.derby;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.parley.ErrorNumbers;
import org.parley.engine.store.SqlCaller;
import org.parley.engine.store.derby.SqlTokens.Kind;
import org.parley.engine.store.derby.SqlTokens.Token;

/**
 * Which statements may run through the JDBC face. What the engine's tables hold is the engine's, and what a transaction is,
 * is its owner's. Parley's tables may be read without locks only: an application's lock there would make the engine wait.
 */
final class SqlRules {

    /** Schema of the engine's tables. */
    static final String SCHEMA = "PARLEY_STORE";

    private static final String ALLOWED =
            "SELECT, VALUES, INSERT, UPDATE, DELETE, MERGE, TRUNCATE TABLE, LOCK TABLE, CALL of some system procedures,"
                    + " SET SCHEMA, SET CONSTRAINTS, and CREATE, ALTER, DROP, RENAME of tables and what belongs to them";

    /** Schema of the views that users read. */
    static final String VIEWS = ViewDefinitions.SCHEMA;

    private static final Set<String> QUERIES = Set.of("SELECT", "VALUES");
    private static final Set<String> CHANGES = Set.of(
            "INSERT", "UPDATE", "DELETE", "MERGE", "TRUNCATE", "LOCK", "ALTER", "DROP", "RENAME", "GRANT", "REVOKE");
    /** They change what stands behind one of their first words; the rest is only read. */
    private static final Set<String> CHANGES_OF_ROWS = Set.of("INSERT", "UPDATE", "DELETE", "MERGE");

    private static final Set<String> TARGET_WORDS = Set.of("INSERT", "UPDATE", "DELETE", "MERGE", "INTO", "FROM");
    private static final Set<String> TRANSACTION =
            Set.of("SAVEPOINT", "ROLLBACK", "RELEASE", "COMMIT", "START", "BEGIN");
    /** A routine would run Java on a connection past this guard; a type would store serialised objects. */
    private static final Set<String> NOT_CREATED = Set.of("PROCEDURE", "FUNCTION", "TYPE", "DERBY");

    private static final Set<String> SCHEMA_WORDS = Set.of("SCHEMA", "SQLID");
    private static final Set<String> PROCEDURES = Set.of(
            "SYSCS_SET_RUNTIMESTATISTICS",
            "SYSCS_SET_STATISTICS_TIMING",
            "SYSCS_UPDATE_STATISTICS",
            "SYSCS_DROP_STATISTICS");
    private static final Set<String> LITERALS = Set.of("(", ",", ")", "}", "NULL");

    /** Tables that prove passwords: a copy of a proof can be tried without end. */
    private static final Set<String> PROOFS = Set.of("USERS", "OPTIONS");

    /** It locks a whole table, also one of the engine's that it is given the name of as a value. */
    private static final String LOCKING_FUNCTION = "SYSCS_CHECK_TABLE";

    /** Derby's own views: they tell the text of other users' statements, and read files. */
    private static final String DIAGNOSIS = "SYSCS_DIAG";

    /** Applications say the same again and again: as many statements as Derby keeps compiled. */
    private static final int MOST_PASSED = 300;
    /** A text that is made for one use, with its values inside, isn't worth being kept. */
    private static final int LONGEST_PASSED = 2000;

    /** What has been let through, and whether it may change the current schema. */
    private static final Map<Question, Boolean> PASSED = new ConcurrentHashMap<>();

    /** All that a verdict depends on. */
    private record Question(String sql, boolean updatable, boolean databaseOwner) {}

    private final List<Token> tokens;
    private final SqlCaller caller;

    private SqlRules(String sql, SqlCaller caller) {
        this.caller = caller;
        List<Token> all = SqlTokens.of(sql);
        int start = 0;
        // JDBC's {call ..} and {? = call ..}, and queries in brackets.
        while (start < all.size() && isOpening(all.get(start))) {
            start++;
        }
        tokens = all.subList(start, all.size());
    }

    private static boolean isOpening(Token token) {
        return token.is("(") || token.is("{") || token.is("?") || token.is("=");
    }

    /**
     * Lets a statement pass or refuses it.
     *
     * @param updatable whether its result is to be updatable
     * @return whether it may change the current schema
     */
    static boolean check(String sql, boolean updatable, SqlCaller caller) throws SQLException {
        Question question = new Question(sql == null ? "" : sql, updatable, caller.databaseOwner());
        Boolean passed = PASSED.get(question);
        if (passed == null) {
            passed = new SqlRules(question.sql(), caller).judge(updatable);
            keep(question, passed);
        }
        return passed;
    }

    private static void keep(Question question, boolean passed) {
        if (question.sql().length() > LONGEST_PASSED) {
            return;
        }
        if (PASSED.size() >= MOST_PASSED) {
            PASSED.clear();
        }
        PASSED.put(question, passed);
    }

    /** Refuses the engine's schema as current one. */
    static void checkSchema(String schema) throws SQLException {
        if (SCHEMA.equals(schema) || VIEWS.equals(schema) || DIAGNOSIS.equals(schema)) {
            throw parleys(schema, "as the current schema");
        }
    }

    private boolean judge(boolean updatable) throws SQLException {
        if (tokens.isEmpty()) {
            return false;
        }
        refuseSecrets();
        Token first = tokens.get(0);
        String verb = first.kind() == Kind.WORD ? first.value() : "";
        if (QUERIES.contains(verb)) {
            judgeQuery(updatable);
        } else if (CHANGES.contains(verb)) {
            refuseMention(verb);
            refuseViews(verb);
        } else if (verb.equals("CREATE") || verb.equals("DECLARE")) {
            judgeCreate(verb);
        } else if (verb.equals("CALL")) {
            judgeCall();
        } else if (verb.equals("SET")) {
            return judgeSet();
        } else if (TRANSACTION.contains(verb)) {
            throw transaction(verb);
        } else {
            throw refused(
                    "42501",
                    "'" + first.value() + "' begins no statement that may run here; allowed are " + ALLOWED + ".");
        }
        return false;
    }

    /** What is refused wherever in a statement it is named; a routine or a view can't hide it, since none can be made of it. */
    private void refuseSecrets() throws SQLException {
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            if (token.names(LOCKING_FUNCTION)) {
                throw refused("42501", LOCKING_FUNCTION + " is not allowed: it locks whole tables.");
            }
            if (token.names(SCHEMA)
                    && qualifies(i)
                    && i + 2 < tokens.size()
                    && PROOFS.contains(tokens.get(i + 2).value())) {
                throw refused(
                        "42501",
                        "Table " + SCHEMA + "." + tokens.get(i + 2).value()
                                + " holds proofs of passwords and can be read by nobody; allowed are the catalog's"
                                + " methods.");
            }
            if (!caller.databaseOwner() && (token.names(SCHEMA) || token.names(DIAGNOSIS) || constructsTable(i))) {
                throw denied(token.names(SCHEMA) ? SCHEMA : DIAGNOSIS);
            }
        }
    }

    /** Whether Derby's diagnosis begins here in its other form, {@code NEW org.apache.derby.diag..}. */
    private boolean constructsTable(int i) {
        return tokens.get(i).is("NEW") && i + 2 < tokens.size() && qualifies(i + 1);
    }

    private SQLException denied(String schema) {
        return new SQLException(
                "The SELECT permission on schema '" + schema + "' was denied to user '" + caller.name()
                        + "'; allowed are dbo and members of db_owner. The views of schema " + VIEWS
                        + " show what a user may see.",
                "42501",
                ErrorNumbers.PERMISSION_DENIED);
    }

    private void judgeQuery(boolean updatable) throws SQLException {
        if (!mentionsSchema()) {
            return;
        }
        int last = tokens.size() - 1;
        boolean lockFree =
                last > 1 && tokens.get(last).is("UR") && tokens.get(last - 1).is("WITH");
        if (!lockFree || updatable || forUpdate()) {
            throw parleys("without WITH UR at the end, or to be updated");
        }
    }

    private boolean forUpdate() {
        for (int i = 1; i < tokens.size(); i++) {
            if (tokens.get(i).is("UPDATE") && tokens.get(i - 1).is("FOR")) {
                return true;
            }
        }
        return false;
    }

    private void judgeCreate(String verb) throws SQLException {
        refuseMention(verb);
        refuseViews(verb);
        Token what = tokens.size() > 1 ? tokens.get(1) : new Token(Kind.SYMBOL, "");
        if (NOT_CREATED.contains(what.value())) {
            throw refused(
                    "42501",
                    "CREATE " + what.value()
                            + " is not allowed: Java routines and types run past Parley's guard. Allowed are"
                            + " tables, indexes, views, triggers, sequences, synonyms and schemas.");
        }
        if (what.is("TRIGGER") && tokens.stream().anyMatch(token -> token.is("CALL"))) {
            throw refused(
                    "42501",
                    "CREATE TRIGGER with CALL is not allowed: procedures run past Parley's guard. Allowed are triggers"
                            + " that insert, update, delete or select.");
        }
    }

    private void judgeCall() throws SQLException {
        List<String> names = new ArrayList<>();
        for (Token token : tokens.subList(1, tokens.size())) {
            if (token.is("(")) {
                break;
            }
            names.add(token.value());
        }
        String name = String.join("", names);
        boolean known = names.size() == 3 && names.get(0).equals("SYSCS_UTIL") && PROCEDURES.contains(names.get(2));
        if (!known) {
            throw refused(
                    "42501",
                    "CALL " + name
                            + " is not allowed: procedures may change the database or end the transaction. Allowed are "
                            + "the procedures "
                            + String.join(", ", PROCEDURES.stream().sorted().toList())
                            + " of SYSCS_UTIL.");
        }
        // an expression could put the engine's schema together
        boolean literals = tokens.stream().skip(1 + names.size()).allMatch(SqlRules::isLiteral);
        boolean parleys = tokens.stream()
                .anyMatch(token -> token.kind() == Kind.STRING && token.value().equals(SCHEMA));
        if (name.endsWith("_STATISTICS") && (!literals || parleys)) {
            throw refused(
                    "42501",
                    "CALL " + name + " is allowed with literals that name a schema other than " + SCHEMA + ".");
        }
    }

    /** Whether it may stand in a list of literals. */
    private static boolean isLiteral(Token token) {
        return token.kind() == Kind.STRING || LITERALS.contains(token.value());
    }

    private boolean judgeSet() throws SQLException {
        Token what = tokens.size() > 1 ? tokens.get(1) : new Token(Kind.SYMBOL, "");
        if (what.is("CURRENT") && tokens.size() > 2) {
            what = tokens.get(2);
        }
        if (what.is("CONSTRAINTS")) {
            refuseMention("SET CONSTRAINTS");
            refuseViews("SET CONSTRAINTS");
            return false;
        }
        if (what.kind() != Kind.WORD || !SCHEMA_WORDS.contains(what.value())) {
            throw refused(
                    "25000",
                    "SET " + what.value() + " is not allowed: isolation belongs to the transaction's owner. Allowed are"
                            + " SET SCHEMA and SET CONSTRAINTS.");
        }
        for (Token token : tokens) {
            if (token.is("?")) {
                throw refused(
                        "42501", "SET SCHEMA ? is not allowed here; name the schema, or use Connection.setSchema.");
            }
            if (token.kind() != Kind.SYMBOL) {
                checkSchema(token.value());
            }
        }
        return true;
    }

    private void refuseMention(String verb) throws SQLException {
        for (Token token : tokens) {
            if (token.names(SCHEMA)) {
                throw parleys("in " + verb);
            }
        }
    }

    /**
     * Refuses to change schema PARLEY or what is in it. Its views may be read by a change of rows elsewhere; a view or
     * trigger of the user's own over them is refused, since it would keep them from being replaced by those of a later
     * version.
     */
    private void refuseViews(String verb) throws SQLException {
        boolean rows = CHANGES_OF_ROWS.contains(verb);
        for (int i = 1; i < tokens.size(); i++) {
            if (tokens.get(i).names(VIEWS) && (rows ? target(i) : object(i))) {
                throw parleys(VIEWS, "in " + verb);
            }
        }
    }

    /** Whether the name at a place begins that of the table to be changed. */
    private boolean target(int i) {
        return i <= 2 && qualifies(i) && TARGET_WORDS.contains(tokens.get(i - 1).value());
    }

    /** Whether the name at a place is that of the schema itself or qualifies another one. */
    private boolean object(int i) {
        String before = tokens.get(i - 1).value();
        return qualifies(i) || before.equals("SCHEMA") || before.equals("AUTHORIZATION");
    }

    private boolean qualifies(int i) {
        return i + 1 < tokens.size() && tokens.get(i + 1).is(".");
    }

    /** In a query a column or an alias may have the name; before a dot it is the schema. */
    private boolean mentionsSchema() {
        for (int i = 0; i + 1 < tokens.size(); i++) {
            if (tokens.get(i).names(SCHEMA) && tokens.get(i + 1).is(".")) {
                return true;
            }
        }
        return false;
    }

    private static SQLException parleys(String how) {
        return parleys(SCHEMA, how);
    }

    private static SQLException parleys(String schema, String how) {
        return refused(
                "42501",
                "Schema " + schema + " is Parley's own and can't be used " + how + "; allowed is SELECT"
                        + (schema.equals(SCHEMA) ? " .. WITH UR" : "") + ". Use another"
                        + " schema, such as APP, for your own tables.");
    }

    /** For what would end, begin or change a transaction. */
    static SQLException transaction(String what) {
        return refused(
                "25000",
                what
                        + " is not allowed here: the transaction belongs to the session or to the server's transaction manager,"
                        + " which end it. Allowed are setSavepoint and rollback to a savepoint.");
    }

    static SQLException refused(String state, String text) {
        return new SQLException(text, state, ErrorNumbers.NOT_ALLOWED_IN_SQL);
    }
}
