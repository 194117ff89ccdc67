package org.parley.sql.value;

import static org.parley.sql.value.Function.Parameter.IDENTIFIER;
import static org.parley.sql.value.Function.Parameter.INTEGER;
import static org.parley.sql.value.Function.Parameter.TEXT;
import static org.parley.sql.value.SqlType.INT;

import java.util.List;
import java.util.Locale;
import org.parley.ScriptMessage;
import org.parley.sql.ast.ObjectName;

/** Functions that tell about the session, the error at hand, the server and what is in the database. */
final class SessionFunctions {

    private static final SqlType NAME = SqlType.nvarchar(128);

    /** The only schema of a user's objects. */
    private static final String SCHEMA = "dbo";

    private static final int SCHEMA_ID = 1;

    /** What is told of an error, or NULL without one. */
    private interface Told {

        Object of(ScriptMessage error);
    }

    /** What is told of a session. */
    private interface Fact {

        Object of(Session session);
    }

    static final List<Function> ALL = List.of(
            fact("APP_NAME", NAME, Session::application),
            fact("CURRENT_USER", NAME, Session::user),
            Function.of("DB_ID", Function.always(INT), SessionFunctions::databaseId, TEXT)
                    .atLeast(0),
            Function.of("DB_NAME", Function.always(NAME), SessionFunctions::databaseName, INTEGER)
                    .atLeast(0),
            error("ERROR_LINE", INT, ScriptMessage::line),
            error("ERROR_MESSAGE", SqlType.nvarchar(4000), ScriptMessage::text),
            error("ERROR_NUMBER", INT, ScriptMessage::number),
            error("ERROR_PROCEDURE", NAME, ScriptMessage::procedure),
            error("ERROR_SEVERITY", INT, ScriptMessage::level),
            error("ERROR_STATE", INT, ScriptMessage::state),
            Function.of(
                    "GET_TRANSMISSION_STATUS",
                    Function.always(SqlType.nvarchar(4000)),
                    a -> a.session().transmissionStatus(a.identifier(0)),
                    IDENTIFIER),
            fact("HOST_NAME", NAME, Session::host),
            Function.of("OBJECT_ID", Function.always(INT), SessionFunctions::objectId, TEXT, TEXT)
                    .atLeast(1),
            Function.of("OBJECT_NAME", Function.always(NAME), SessionFunctions::objectName, INTEGER, INTEGER)
                    .atLeast(1),
            fact("ORIGINAL_LOGIN", NAME, Session::originalLogin),
            Function.of("SCHEMA_NAME", Function.always(NAME), SessionFunctions::schemaName, INTEGER)
                    .atLeast(0),
            fact("SCOPE_IDENTITY", SqlType.decimal(38, 0), SystemVariables::identity),
            fact("SESSION_USER", NAME, Session::user),
            fact("SUSER_NAME", NAME, Session::login),
            fact("SUSER_SNAME", NAME, Session::login),
            fact("SYSTEM_USER", NAME, Session::login),
            fact("USER", NAME, Session::user),
            Function.of("USER_NAME", Function.always(NAME), SessionFunctions::userName, INTEGER)
                    .atLeast(0),
            fact("XACT_STATE", SqlType.SMALLINT, Session::transactionState));

    private SessionFunctions() {}

    private static Function fact(String name, SqlType type, Fact fact) {
        return Function.of(name, Function.always(type), arguments -> fact.of(arguments.session()));
    }

    private static Function error(String name, SqlType type, Told told) {
        return fact(name, type, session -> session.caught() == null ? null : told.of(session.caught()));
    }

    private static Object databaseId(Arguments arguments) {
        Session session = arguments.session();
        return session.databaseId(arguments.count() == 0 ? session.database() : arguments.text(0));
    }

    private static Object databaseName(Arguments arguments) {
        Session session = arguments.session();
        return arguments.count() == 0 ? session.database() : session.databaseName(arguments.integer(0));
    }

    private static Object objectId(Arguments arguments) {
        List<String> parts = NameParts.of(arguments.text(0));
        boolean nameless = parts.isEmpty() || parts.get(parts.size() - 1).isEmpty();
        String type = arguments.count() > 1 ? arguments.text(1).strip().toUpperCase(Locale.ROOT) : null;
        return nameless ? null : arguments.session().objectId(new ObjectName(parts), type);
    }

    /** Objects of another database aren't looked up. */
    private static Object objectName(Arguments arguments) {
        Session session = arguments.session();
        boolean here = arguments.count() == 1
                || Integer.valueOf(arguments.integer(1)).equals(session.databaseId(session.database()));
        return here ? session.objectName(arguments.integer(0)) : null;
    }

    private static Object schemaName(Arguments arguments) {
        return arguments.integer(0, SCHEMA_ID) == SCHEMA_ID ? SCHEMA : null;
    }

    private static Object userName(Arguments arguments) {
        Session session = arguments.session();
        return arguments.count() == 0 ? session.user() : session.userName(arguments.integer(0));
    }
}
