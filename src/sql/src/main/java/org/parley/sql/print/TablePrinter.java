package org.parley.sql.print;

import java.util.List;
import org.parley.sql.ast.DataStatement;
import org.parley.sql.ast.Expression;
import org.parley.sql.ast.TableDefinition;

/** Prints statements on tables, and definitions of tables. */
final class TablePrinter extends Rules<DataStatement> {

    private final Output out;
    private final ExpressionPrinter expressions;
    private final QueryPrinter queries;
    private final Rules<DataStatement.Rows> rows = new Rules<>();
    private final Rules<TableDefinition.Constraint> constraints = new Rules<>();

    TablePrinter(Output out, ExpressionPrinter expressions) {
        this.out = out;
        this.expressions = expressions;
        this.queries = expressions.queries();
        on(DataStatement.SelectStatement.class, it -> queries.query(it.query()));
        on(DataStatement.Insert.class, this::insert);
        on(DataStatement.Update.class, this::update);
        on(DataStatement.Delete.class, this::delete);
        on(DataStatement.Truncate.class, it -> out.words("TRUNCATE TABLE").name(it.table()));
        on(DataStatement.CreateTable.class, this::createTable);
        on(DataStatement.DropTable.class, this::dropTable);
        on(DataStatement.CreateIndex.class, this::createIndex);
        on(DataStatement.DropIndex.class, this::dropIndex);
        rows.on(DataStatement.Values.class, it -> out.words("VALUES").list(it.rows(), this::row));
        rows.on(DataStatement.Selected.class, it -> queries.query(it.query()));
        rows.on(DataStatement.Defaults.class, it -> out.words("DEFAULT VALUES"));
        constraints.on(TableDefinition.Key.class, this::key);
        constraints.on(TableDefinition.Check.class, this::check);
        constraints.on(TableDefinition.Reference.class, this::reference);
    }

    private void insert(DataStatement.Insert insert) {
        out.words("INSERT INTO");
        target(insert.target());
        if (!insert.columns().isEmpty()) {
            names(insert.columns());
        }
        rows.print(insert.rows());
    }

    private void target(DataStatement.Target target) {
        if (target.table() == null) {
            out.words(target.variable());
        } else {
            out.name(target.table());
        }
    }

    private void names(List<String> names) {
        out.parentheses(() -> out.list(names, out::name));
    }

    private void row(List<Expression> values) {
        out.parentheses(() -> out.list(values, this::given));
    }

    private void given(Expression value) {
        if (value == null) {
            out.words("DEFAULT");
        } else {
            expressions.print(value);
        }
    }

    private void top(Expression top) {
        out.optional("TOP", top, it -> out.parentheses(() -> expressions.print(it)));
    }

    private void update(DataStatement.Update update) {
        out.words("UPDATE");
        top(update.top());
        target(update.target());
        out.words("SET").list(update.assignments(), this::assigned);
        queries.from(update.from());
        out.optional("WHERE", update.where(), expressions::print);
    }

    private void assigned(DataStatement.Assigned assigned) {
        if (assigned.variable() != null) {
            out.words(assigned.variable());
        }
        if (assigned.variable() != null && assigned.column() != null) {
            out.words("=");
        }
        if (assigned.column() != null) {
            out.name(assigned.column());
        }
        out.words(assigned.operator());
        given(assigned.value());
    }

    private void delete(DataStatement.Delete delete) {
        out.words("DELETE");
        top(delete.top());
        out.words("FROM");
        target(delete.target());
        queries.from(delete.from());
        out.optional("WHERE", delete.where(), expressions::print);
    }

    private void createTable(DataStatement.CreateTable create) {
        out.words("CREATE TABLE").name(create.name());
        table(create.table());
    }

    private void dropTable(DataStatement.DropTable drop) {
        out.words(drop.ifExists() ? "DROP TABLE IF EXISTS" : "DROP TABLE").list(drop.names(), out::name);
    }

    private void createIndex(DataStatement.CreateIndex create) {
        out.words(create.unique() ? "CREATE UNIQUE INDEX" : "CREATE INDEX").name(create.name());
        out.words("ON")
                .name(create.table())
                .parentheses(() -> out.list(create.columns(), column -> {
                    out.name(column.name());
                    if (column.descending()) {
                        out.words("DESC");
                    }
                }));
    }

    private void dropIndex(DataStatement.DropIndex drop) {
        out.words(drop.ifExists() ? "DROP INDEX IF EXISTS" : "DROP INDEX").name(drop.name());
        out.words("ON").name(drop.table());
    }

    void table(TableDefinition table) {
        out.parentheses(() -> {
            out.list(table.columns(), this::column);
            if (!table.columns().isEmpty() && !table.constraints().isEmpty()) {
                out.mark(",");
            }
            out.list(table.constraints(), constraints::print);
        });
    }

    private void column(TableDefinition.Column column) {
        out.name(column.name());
        expressions.type(column.type());
        if (column.nullable() != null) {
            out.words(column.nullable() ? "NULL" : "NOT NULL");
        }
        if (column.identity() != null) {
            out.words("IDENTITY(" + column.identity().seed() + ", "
                    + column.identity().increment() + ")");
        }
        out.optional("DEFAULT", column.defaultValue(), expressions::print);
        column.constraints().forEach(constraints::print);
    }

    private void key(TableDefinition.Key key) {
        out.optional("CONSTRAINT", key.name(), out::name).words(key.primary() ? "PRIMARY KEY" : "UNIQUE");
        if (!key.columns().isEmpty()) {
            names(key.columns());
        }
    }

    private void check(TableDefinition.Check check) {
        out.optional("CONSTRAINT", check.name(), out::name).words("CHECK");
        out.parentheses(() -> expressions.print(check.condition()));
    }

    private void reference(TableDefinition.Reference reference) {
        out.optional("CONSTRAINT", reference.name(), out::name);
        if (!reference.columns().isEmpty()) {
            out.words("FOREIGN KEY");
            names(reference.columns());
        }
        out.words("REFERENCES").name(reference.table());
        if (!reference.referenced().isEmpty()) {
            names(reference.referenced());
        }
        out.optional("ON DELETE", reference.onDelete(), out::words);
    }
}
