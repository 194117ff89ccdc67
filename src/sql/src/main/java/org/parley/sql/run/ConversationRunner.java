package org.parley.sql.run;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.parley.BrokerConnection;
import org.parley.Conversation;
import org.parley.Dialog;
import org.parley.SystemMessageTypes;
import org.parley.sql.ScriptError;
import org.parley.sql.ast.ConversationStatement;
import org.parley.sql.ast.ConversationStatement.BeginDialog;
import org.parley.sql.ast.ConversationStatement.BeginTimer;
import org.parley.sql.ast.ConversationStatement.EndConversation;
import org.parley.sql.ast.ConversationStatement.GetConversationGroup;
import org.parley.sql.ast.ConversationStatement.MoveConversation;
import org.parley.sql.ast.ConversationStatement.Named;
import org.parley.sql.ast.ConversationStatement.Receive;
import org.parley.sql.ast.ConversationStatement.Relation;
import org.parley.sql.ast.ConversationStatement.Send;
import org.parley.sql.ast.ConversationStatement.WaitFor;
import org.parley.sql.ast.Expression;
import org.parley.sql.ast.ObjectName;
import org.parley.sql.value.Conversion;
import org.parley.sql.value.SqlType;
import org.parley.sql.value.Value;

/** What is done with conversations; service-broker.md, section 5. */
final class ConversationRunner {

    private static final int WRONG_VARIABLE = 8402;
    private static final int NO_LIFETIME = 8406;
    private static final int BAD_TIMER = 8410;
    private static final int NO_TARGET = 8412;
    private static final int BAD_GROUP = 8414;
    private static final int NO_CONTRACT = 8417;
    private static final int NO_HANDLE = 8418;
    private static final int NO_CODE = 8419;
    private static final int NO_GROUP = 8420;
    private static final int NO_SERVICE = 8421;
    private static final int NO_DESCRIPTION = 8422;
    private static final int NO_FAILURE = 8424;
    private static final int UNKNOWN_TYPE = 8428;
    private static final int NO_BODY = 8433;
    private static final int BAD_TIMEOUT = 148;
    private static final int UNKNOWN_QUEUE = 208;
    private static final int OTHER_DATABASE = 40515;

    private final ScriptRun run;
    private final ReceiveRunner receive;

    ConversationRunner(ScriptRun run) {
        this.run = run;
        this.receive = new ReceiveRunner(run, this);
    }

    void register(Steps steps) {
        does(steps, BeginDialog.class, this::begin);
        does(steps, BeginTimer.class, this::timer);
        does(steps, Send.class, this::send);
        does(steps, Receive.class, statement -> receive.run(statement, Duration.ZERO));
        does(steps, GetConversationGroup.class, statement -> group(statement, Duration.ZERO));
        does(steps, MoveConversation.class, this::move);
        does(steps, EndConversation.class, this::end);
        does(steps, WaitFor.class, this::waitFor);
    }

    private <S extends ConversationStatement> void does(Steps steps, Class<S> kind, Steps.Doing<S> step) {
        steps.doing(kind, run.state(), statement -> {
            run.state().transactions().checkWritable();
            return step.run(statement);
        });
    }

    private BrokerConnection connection() {
        return run.session().connection();
    }

    private long begin(BeginDialog begin) {
        checkIdentifier(begin.variable(), "BEGIN DIALOG");
        String service = required(begin.fromService(), NO_SERVICE, "BEGIN DIALOG needs the service that begins it");
        String target = run.text(begin.toService());
        if (target == null) {
            throw new ScriptError(NO_TARGET, "BEGIN DIALOG needs the name of the target service; it is NULL.");
        }
        Dialog dialog = Dialog.between(service, target);
        if (begin.broker() != null) {
            dialog = dialog.at(run.text(begin.broker()));
        }
        if (begin.contract() != null) {
            dialog = dialog.on(
                    required(begin.contract(), NO_CONTRACT, "BEGIN DIALOG needs a contract behind ON CONTRACT"));
        }
        dialog = related(dialog, begin.relation());
        if (begin.lifetime() != null) {
            dialog = dialog.lasting(seconds(begin.lifetime(), NO_LIFETIME, "LIFETIME of BEGIN DIALOG"));
        }
        if (begin.encryption() != null) {
            dialog = dialog.encrypted(begin.encryption());
        }
        UUID handle = connection().begin(dialog).handle();
        run.frame().variables().set(begin.variable(), new Value(SqlType.UNIQUEIDENTIFIER, handle));
        return 0;
    }

    private Dialog related(Dialog dialog, Relation relation) {
        if (relation == null) {
            return dialog;
        }
        return relation.group()
                ? dialog.inGroup(identifier(relation.id(), BAD_GROUP, "RELATED_CONVERSATION_GROUP of BEGIN DIALOG"))
                : dialog.relatedTo(identifier(relation.id(), NO_HANDLE, "RELATED_CONVERSATION of BEGIN DIALOG"));
    }

    private long timer(BeginTimer timer) {
        UUID handle = handle(timer.handle(), "BEGIN CONVERSATION TIMER");
        connection()
                .conversation(handle)
                .timer(seconds(timer.timeout(), BAD_TIMER, "TIMEOUT of BEGIN CONVERSATION TIMER"));
        return 0;
    }

    private long send(Send send) {
        String type = send.messageType() == null
                ? SystemMessageTypes.DEFAULT
                : required(send.messageType(), UNKNOWN_TYPE, "SEND needs a message type behind MESSAGE TYPE");
        List<Expression> handles = send.handles();
        if (handles.size() == 1) {
            UUID handle = handle(handles.get(0), "SEND");
            connection().conversation(handle).send(type, body(send.body()));
        } else {
            // a handle that is NULL is for the connection to find: it says at which place
            connection().send(handles.stream().map(this::identifier).toList(), type, body(send.body()));
        }
        return 0;
    }

    private byte[] body(Expression expression) {
        if (expression == null) {
            return null;
        }
        Value body = run.value(expression);
        if (body.isNull()) {
            throw new ScriptError(
                    NO_BODY, "The body of SEND is NULL; a message without a body is sent without parentheses.");
        }
        return (byte[])
                Conversion.explicit(body, SqlType.varbinary(SqlType.MAX), null).content();
    }

    private long move(MoveConversation move) {
        UUID handle = handle(move.handle(), "MOVE CONVERSATION");
        connection().moveConversation(handle, identifier(move.group(), NO_GROUP, "The group of MOVE CONVERSATION"));
        return 0;
    }

    private long end(EndConversation end) {
        Conversation conversation = connection().conversation(handle(end.handle(), "END CONVERSATION"));
        if (end.cleanup()) {
            conversation.cleanup();
        } else if (end.failure() == null) {
            conversation.end();
        } else {
            Value code = run.value(end.failure().code(), SqlType.INT);
            String text = run.text(end.failure().description());
            checkFailure(code, text);
            conversation.endWithError((Integer) code.content(), text);
        }
        return 0;
    }

    private static void checkFailure(Value code, String text) {
        String needs = "END CONVERSATION WITH ERROR needs a code and a description; ";
        if (code.isNull() && text == null) {
            throw new ScriptError(NO_FAILURE, needs + "both are NULL.");
        }
        if (code.isNull()) {
            throw new ScriptError(NO_CODE, needs + "the code is NULL.");
        }
        if (text == null) {
            throw new ScriptError(NO_DESCRIPTION, needs + "the description is NULL.");
        }
    }

    private long group(GetConversationGroup get, Duration waiting) {
        checkIdentifier(get.variable(), "GET CONVERSATION GROUP");
        Optional<UUID> group = connection().getConversationGroup(queue(get.queue()), waiting);
        run.frame().variables().set(get.variable(), new Value(SqlType.UNIQUEIDENTIFIER, group.orElse(null)));
        return group.isPresent() ? 1 : 0;
    }

    private long waitFor(WaitFor wait) {
        Duration longest = waiting(wait.timeout());
        return wait.statement() instanceof Receive statement
                ? receive.run(statement, longest)
                : group((GetConversationGroup) wait.statement(), longest);
    }

    /** How long to wait; null for ever. */
    private Duration waiting(Expression timeout) {
        if (timeout == null) {
            return null;
        }
        Value milliseconds = run.value(timeout, SqlType.BIGINT);
        if (milliseconds.isNull() || (Long) milliseconds.content() < -1) {
            throw new ScriptError(
                    BAD_TIMEOUT,
                    "TIMEOUT of WAITFOR is " + (milliseconds.isNull() ? "NULL" : milliseconds.content())
                            + "; it must be milliseconds from 0, or -1 to wait for ever.");
        }
        long wanted = (Long) milliseconds.content();
        return wanted < 0 ? null : Duration.ofMillis(wanted);
    }

    /** The name of a queue of the current database. */
    String queue(ObjectName name) {
        String database = name.before(2);
        if (database != null && !database.equals(connection().database())) {
            throw new ScriptError(
                    OTHER_DATABASE,
                    "The queue '" + name + "' is in another database than '"
                            + connection().database() + "', the current one; USE " + database + " first.");
        }
        if (name.before(1) != null && !name.before(1).equalsIgnoreCase("dbo")) {
            throw new ScriptError(UNKNOWN_QUEUE, "There is no queue '" + name + "': all queues are in the schema dbo.");
        }
        return name.last();
    }

    private void checkIdentifier(String variable, String statement) {
        SqlType type = run.frame().variables().type(variable);
        if (!type.equals(SqlType.UNIQUEIDENTIFIER)) {
            throw new ScriptError(
                    WRONG_VARIABLE,
                    statement + " puts a uniqueidentifier into the variable '" + variable + "', which is of type "
                            + type + ".");
        }
    }

    /** The handle of a statement; never null. */
    UUID handle(Expression expression, String statement) {
        return identifier(expression, NO_HANDLE, "The conversation handle of " + statement);
    }

    UUID identifier(Expression expression, int numberOfNull, String what) {
        UUID identifier = identifier(expression);
        if (identifier == null) {
            throw new ScriptError(numberOfNull, what + " is NULL; it must be a uniqueidentifier.");
        }
        return identifier;
    }

    private UUID identifier(Expression expression) {
        return (UUID) run.value(expression, SqlType.UNIQUEIDENTIFIER).content();
    }

    private Duration seconds(Expression expression, int numberOfNull, String what) {
        Value seconds = run.value(expression, SqlType.BIGINT);
        if (seconds.isNull()) {
            throw new ScriptError(numberOfNull, what + " is NULL; it must be seconds from 1 to 2147483647.");
        }
        return Duration.ofSeconds((Long) seconds.content());
    }

    /** A name that is written or in a variable. */
    private String required(Named named, int numberOfNull, String needs) {
        if (named.variable() == null) {
            return named.name();
        }
        Value name = Conversion.implicit(run.frame().variables().get(named.variable()), SqlType.nvarchar(SqlType.MAX));
        if (name.isNull()) {
            throw new ScriptError(numberOfNull, needs + "; the variable '" + named.variable() + "' is NULL.");
        }
        return (String) name.content();
    }
}
