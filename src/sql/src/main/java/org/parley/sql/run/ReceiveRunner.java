package org.parley.sql.run;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.parley.Message;
import org.parley.Receive;
import org.parley.sql.ScriptError;
import org.parley.sql.ast.ConversationStatement;
import org.parley.sql.ast.Expression;
import org.parley.sql.ast.Expression.Call;
import org.parley.sql.ast.Expression.Column;
import org.parley.sql.ast.Query;
import org.parley.sql.table.RowSet;
import org.parley.sql.value.SqlType;
import org.parley.sql.value.Value;

/** RECEIVE: takes messages and gives them as rows, into variables or into a table variable; service-broker.md, section 5.3. */
final class ReceiveRunner {

    private static final int ASSIGNED_AND_GIVEN = 8447;
    private static final int ASSIGNED_AND_INTO = 8450;
    private static final int AGGREGATE = 4142;
    private static final int BAD_TOP = 1060;

    private static final Set<String> AGGREGATES =
            Set.of("COUNT", "COUNT_BIG", "SUM", "AVG", "MIN", "MAX", "STDEV", "STDEVP", "VAR", "VARP", "CHECKSUM_AGG");

    /** Their first argument is the part of a date. */
    private static final Set<String> OF_DATES = Set.of("DATEADD", "DATEDIFF", "DATENAME", "DATEPART", "DATEDIFF_BIG");

    private final ScriptRun run;
    private final ConversationRunner conversations;

    ReceiveRunner(ScriptRun run, ConversationRunner conversations) {
        this.run = run;
        this.conversations = conversations;
    }

    /**
     * Runs the statement.
     *
     * @param waiting how long to wait for a message; null for ever
     * @return how many messages it has received
     */
    long run(ConversationStatement.Receive statement, Duration waiting) {
        check(statement);
        Receive request = request(statement).waiting(waiting);
        Projection projection = new Projection(run, statement);
        if (projection.assigns()) {
            return run(projection, () -> projection.assign(receive(request)));
        }
        RowSet rows = run(projection, () -> projection.rows(receive(request)));
        if (statement.intoTable() == null) {
            run.output().rows(rows);
        }
        run.affected(rows.rows().size());
        return rows.rows().size();
    }

    /** What fails while rows are made must not have taken the messages. */
    private <T> T run(Projection projection, Supplier<T> receive) {
        return projection.canFail() ? run.state().transactions().undivided(receive) : receive.get();
    }

    private List<Message> receive(Receive request) {
        return run.session().connection().receive(request);
    }

    private Receive request(ConversationStatement.Receive statement) {
        Receive request = Receive.from(conversations.queue(statement.queue()));
        if (statement.top() != null) {
            request = request.top(top(statement.top()));
        }
        if (statement.condition() != null) {
            Expression id = statement.condition().id();
            request = statement.condition().group()
                    ? request.ofGroup(conversations.identifier(id, 8420, "conversation_group_id in WHERE of RECEIVE"))
                    : request.ofConversation(conversations.handle(id, "RECEIVE"));
        }
        return request;
    }

    private int top(Expression expression) {
        Value top = run.value(expression);
        if (top.isNull() || !top.type().isNumber()) {
            throw new ScriptError(
                    BAD_TOP,
                    "TOP of RECEIVE is " + (top.isNull() ? "NULL" : "of type " + top.type())
                            + "; it must be an integer of 1 or more.");
        }
        long most = (Long) run.value(expression, SqlType.BIGINT).content();
        return (int) Math.max(Integer.MIN_VALUE, Math.min(most, Integer.MAX_VALUE));
    }

    /** What can be told of the statement before a message is there. */
    private void check(ConversationStatement.Receive statement) {
        List<Query.Item> items = statement.items();
        boolean assigns = items.stream().anyMatch(Query.Assignment.class::isInstance);
        if (assigns && !items.stream().allMatch(Query.Assignment.class::isInstance)) {
            throw new ScriptError(
                    ASSIGNED_AND_GIVEN,
                    "RECEIVE assigns to variables or gives rows; it can't do both in one statement.");
        }
        if (assigns && statement.intoTable() != null) {
            throw new ScriptError(
                    ASSIGNED_AND_INTO,
                    "RECEIVE assigns to variables, so it can't put rows into '" + statement.intoTable() + "'.");
        }
        Tree.walk(items, ReceiveRunner::checkPart);
    }

    private static boolean checkPart(Record part) {
        if (part instanceof Call call && AGGREGATES.contains(call.name())) {
            throw new ScriptError(
                    AGGREGATE, "RECEIVE can't compute " + call.name() + "; aggregates are not allowed in it.");
        }
        if (part instanceof Call call && OF_DATES.contains(call.name())) {
            Tree.walk(call.arguments().subList(1, call.arguments().size()), ReceiveRunner::checkPart);
            return false;
        }
        if (part instanceof Column column) {
            QueueColumn.named(column.name());
        }
        // a query inside has columns of its own
        return !(part instanceof Query);
    }
}
