package org.parley.sql.table;

import java.util.List;
import org.parley.sql.ast.DataStatement;
import org.parley.sql.ast.Query;
import org.parley.sql.ast.TableDefinition;

/** Runs what reads and changes tables: translated into the store's SQL, or on table variables. */
public final class Tables implements DataRunner {

    @Override
    public Outcome run(DataStatement statement, DataScope scope) {
        Translation translation = new Translation(scope);
        if (statement instanceof DataStatement.SelectStatement select) {
            return select(select.query(), translation);
        }
        if (statement instanceof DataStatement.Insert insert) {
            return new Outcome(null, new Insertion(insert, translation).run());
        }
        if (statement instanceof DataStatement.Update update) {
            return new Outcome(null, update(update, translation));
        }
        if (statement instanceof DataStatement.Delete delete) {
            return new Outcome(null, delete(delete, translation));
        }
        define(statement, translation);
        return new Outcome(null, Outcome.NONE);
    }

    private static Outcome select(Query query, Translation translation) {
        if (query.body() instanceof Query.Select select && select.into() != null) {
            return new Outcome(null, SelectInto.run(query, select, translation));
        }
        Reading reading = new Reading(query, translation);
        if (reading.assigns()) {
            return new Outcome(null, reading.assign());
        }
        RowSet rows = reading.rows(Long.MAX_VALUE);
        return new Outcome(rows, rows.rows().size());
    }

    private static long update(DataStatement.Update update, Translation translation) {
        String variable = variable(update.target(), update.from());
        return variable == null
                ? Change.update(update, translation)
                : new VariableChange(variable, translation)
                        .update(update.top(), update.from(), update.where(), update.assignments());
    }

    private static long delete(DataStatement.Delete delete, Translation translation) {
        String variable = variable(delete.target(), delete.from());
        return variable == null
                ? Change.delete(delete, translation)
                : new VariableChange(variable, translation).delete(delete.top(), delete.from(), delete.where());
    }

    /** The table variable that is changed, also when FROM gives it an alias; else null. */
    private static String variable(DataStatement.Target target, List<Query.Source> from) {
        if (target.variable() != null) {
            return target.variable();
        }
        for (Query.Source each : from) {
            if (each instanceof Query.VariableTable table
                    && target.table().last().equalsIgnoreCase(table.alias())) {
                return table.variable();
            }
            if (each instanceof Query.Join join) {
                String found = variable(target, List.of(join.left(), join.right()));
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    private static void define(DataStatement statement, Translation translation) {
        if (statement instanceof DataStatement.CreateTable create) {
            Definition.create(create, translation);
        } else if (statement instanceof DataStatement.DropTable drop) {
            Definition.drop(drop, translation);
        } else if (statement instanceof DataStatement.Truncate truncate) {
            Definition.truncate(truncate, translation);
        } else if (statement instanceof DataStatement.CreateIndex create) {
            Definition.createIndex(create, translation);
        } else {
            Definition.dropIndex((DataStatement.DropIndex) statement, translation);
        }
    }

    @Override
    public RowSet query(Query query, DataScope scope, long atMost) {
        return new Reading(query, new Translation(scope)).rows(atMost);
    }

    @Override
    public TableValue table(TableDefinition definition, DataScope scope) {
        return new TableVariable(new VariableDefinition(definition, scope));
    }
}
