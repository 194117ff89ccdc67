package org.parley.sql.run;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.parley.Message;
import org.parley.sql.ScriptError;
import org.parley.sql.ast.ConversationStatement;
import org.parley.sql.ast.Expression;
import org.parley.sql.ast.Query;
import org.parley.sql.table.RowSet;
import org.parley.sql.table.TableValue;
import org.parley.sql.value.Row;
import org.parley.sql.value.SqlType;
import org.parley.sql.value.Term;
import org.parley.sql.value.Value;

/** What a RECEIVE makes of its messages. Types are known, and wrong ones found, before there is a message. */
final class Projection {

    private static final int OTHER_COLUMNS = 213;

    private final ScriptRun run;
    private final ConversationStatement.Receive statement;
    private final MessageRow row = new MessageRow();
    private final List<RowSet.Column> columns = new ArrayList<>();
    private final List<Term> terms = new ArrayList<>();

    /** The message at hand. */
    private static final class MessageRow implements Row {

        private Message message;

        @Override
        public SqlType type(Expression.Column column) {
            return QueueColumn.named(column.name()).type();
        }

        @Override
        public Value value(Expression.Column column) {
            return QueueColumn.named(column.name()).of(message);
        }
    }

    Projection(ScriptRun run, ConversationStatement.Receive statement) {
        this.run = run;
        this.statement = statement;
        run.scope().withRow(row, () -> {
            statement.items().forEach(this::add);
            return null;
        });
        checkTable();
    }

    private void add(Query.Item item) {
        if (item instanceof Query.Value value) {
            add(value.alias() == null ? name(value.expression()) : value.alias(), run.term(value.expression()));
        } else if (item instanceof Query.Assignment assignment) {
            add(assignment.variable(), run.term(assignment.expression()));
        } else {
            for (QueueColumn column : QueueColumn.values()) {
                add(column.shown(), Term.of(column.type(), () -> column.of(row.message)));
            }
        }
    }

    private void add(String name, Term term) {
        columns.add(new RowSet.Column(name, term.type().ofColumn()));
        terms.add(term);
    }

    private static String name(Expression expression) {
        return expression instanceof Expression.Column column ? column.name().last() : "";
    }

    private void checkTable() {
        if (statement.intoTable() == null) {
            return;
        }
        int there = table().columns().size();
        if (there != columns.size()) {
            throw new ScriptError(
                    OTHER_COLUMNS,
                    "RECEIVE gives " + columns.size() + " columns; the table variable '" + statement.intoTable()
                            + "' has " + there + ".");
        }
    }

    private TableValue table() {
        return run.frame().variables().table(statement.intoTable());
    }

    boolean assigns() {
        return statement.items().get(0) instanceof Query.Assignment;
    }

    /** Whether making the rows can meet an error; plain columns can't. */
    boolean canFail() {
        return statement.intoTable() != null || statement.items().stream().anyMatch(this::canFail);
    }

    private boolean canFail(Query.Item item) {
        if (item instanceof Query.Assignment assignment) {
            return !assignment.operator().equals("=")
                    || !(assignment.expression() instanceof Expression.Column column)
                    || !takes(run.frame().variables().type(assignment.variable()), row.type(column));
        }
        return item instanceof Query.Value value && !(value.expression() instanceof Expression.Column);
    }

    private static boolean takes(SqlType variable, SqlType column) {
        return variable.base() == column.base()
                && (variable.isMax() || !column.isMax() && variable.length() >= column.length());
    }

    /** The rows, which are put into the table variable when there is one. */
    RowSet rows(List<Message> messages) {
        RowSet rows = new RowSet(
                columns,
                each(messages, message -> terms.stream().map(Term::value).toList()));
        if (statement.intoTable() != null) {
            table().insert(rows.rows());
        }
        return rows;
    }

    /** Assigns from each message; the last one stays. */
    int assign(List<Message> messages) {
        return each(messages, message -> {
                    for (int i = 0; i < terms.size(); i++) {
                        Query.Assignment assignment =
                                (Query.Assignment) statement.items().get(i);
                        run.frame()
                                .variables()
                                .set(
                                        assignment.variable(),
                                        assignment.operator(),
                                        terms.get(i).value());
                    }
                    return message;
                })
                .size();
    }

    private <T> List<T> each(List<Message> messages, Function<Message, T> made) {
        return run.scope()
                .withRow(
                        row,
                        () -> messages.stream()
                                .map(message -> {
                                    row.message = message;
                                    return made.apply(message);
                                })
                                .toList());
    }
}
