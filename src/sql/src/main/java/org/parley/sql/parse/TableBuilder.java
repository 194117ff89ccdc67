package org.parley.sql.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.parley.sql.ast.DataStatement;
import org.parley.sql.ast.Expression;
import org.parley.sql.ast.ObjectName;
import org.parley.sql.ast.TableDefinition;
import org.parley.sql.ast.TableDefinition.Constraint;
import org.parley.sql.ast.TypeName;
import org.parley.sql.parse.StatementParser.AssignedContext;
import org.parley.sql.parse.StatementParser.ColumnConstraintContext;
import org.parley.sql.parse.StatementParser.ColumnOptionContext;
import org.parley.sql.parse.StatementParser.CreateIndexContext;
import org.parley.sql.parse.StatementParser.CreateTableContext;
import org.parley.sql.parse.StatementParser.DeleteContext;
import org.parley.sql.parse.StatementParser.DropIndexContext;
import org.parley.sql.parse.StatementParser.DropTableContext;
import org.parley.sql.parse.StatementParser.IndexColumnContext;
import org.parley.sql.parse.StatementParser.InsertContext;
import org.parley.sql.parse.StatementParser.IntegerContext;
import org.parley.sql.parse.StatementParser.ReferencesContext;
import org.parley.sql.parse.StatementParser.RowContext;
import org.parley.sql.parse.StatementParser.RowValueContext;
import org.parley.sql.parse.StatementParser.SelectStatementContext;
import org.parley.sql.parse.StatementParser.TableConstraintContext;
import org.parley.sql.parse.StatementParser.TableDefinitionContext;
import org.parley.sql.parse.StatementParser.TableElementContext;
import org.parley.sql.parse.StatementParser.TargetContext;
import org.parley.sql.parse.StatementParser.TruncateContext;
import org.parley.sql.parse.StatementParser.TypeArgumentsContext;
import org.parley.sql.parse.StatementParser.TypeNameContext;
import org.parley.sql.parse.StatementParser.UpdateContext;
import org.parley.sql.parse.StatementParser.WhereContext;

/** Makes statements on tables, and definitions of tables and types. */
final class TableBuilder extends StatementParserBaseVisitor<DataStatement> {

    private final ExpressionBuilder expressions;
    private final QueryBuilder queries;

    TableBuilder(ExpressionBuilder expressions, QueryBuilder queries) {
        this.expressions = expressions;
        this.queries = queries;
    }

    @Override
    public DataStatement visitSelectStatement(SelectStatementContext context) {
        return new DataStatement.SelectStatement(Terms.at(context), queries.query(context.query()));
    }

    @Override
    public DataStatement visitInsert(InsertContext context) {
        return new DataStatement.Insert(
                Terms.at(context), target(context.target()), Terms.names(context.name()), rows(context));
    }

    private DataStatement.Rows rows(InsertContext context) {
        if (context.query() != null) {
            return new DataStatement.Selected(queries.query(context.query()));
        }
        return context.DEFAULT() != null
                ? new DataStatement.Defaults()
                : new DataStatement.Values(Terms.all(context.row(), this::row));
    }

    /** DEFAULT becomes null, which a list that is copied can't hold. */
    private List<Expression> row(RowContext context) {
        List<Expression> values = new ArrayList<>();
        for (RowValueContext value : context.rowValue()) {
            values.add(expressions.value(value.expression()));
        }
        return java.util.Collections.unmodifiableList(values);
    }

    @Override
    public DataStatement visitUpdate(UpdateContext context) {
        return new DataStatement.Update(
                Terms.at(context),
                queries.top(context.top()),
                target(context.target()),
                Terms.all(context.assigned(), this::assigned),
                queries.from(context.from()),
                condition(context.where()));
    }

    private DataStatement.Assigned assigned(AssignedContext context) {
        return new DataStatement.Assigned(
                Terms.variable(context.VARIABLE()),
                Terms.objectName(context.objectName()),
                context.DEFAULT() == null ? context.assignmentOperator().getText() : "=",
                expressions.value(context.expression()));
    }

    @Override
    public DataStatement visitDelete(DeleteContext context) {
        return new DataStatement.Delete(
                Terms.at(context),
                queries.top(context.top()),
                target(context.target()),
                queries.from(context.from()),
                condition(context.where()));
    }

    private Expression condition(WhereContext context) {
        return context == null ? null : expressions.condition(context.condition());
    }

    private static DataStatement.Target target(TargetContext context) {
        return new DataStatement.Target(Terms.objectName(context.objectName()), Terms.variable(context.VARIABLE()));
    }

    @Override
    public DataStatement visitTruncate(TruncateContext context) {
        return new DataStatement.Truncate(Terms.at(context), Terms.objectName(context.objectName()));
    }

    @Override
    public DataStatement visitCreateTable(CreateTableContext context) {
        return new DataStatement.CreateTable(
                Terms.at(context), Terms.objectName(context.objectName()), table(context.tableDefinition()));
    }

    @Override
    public DataStatement visitDropTable(DropTableContext context) {
        return new DataStatement.DropTable(
                Terms.at(context), context.IF() != null, Terms.all(context.objectName(), Terms::objectName));
    }

    @Override
    public DataStatement visitCreateIndex(CreateIndexContext context) {
        return new DataStatement.CreateIndex(
                Terms.at(context),
                context.UNIQUE() != null,
                Terms.name(context.name()),
                Terms.objectName(context.objectName()),
                Terms.all(context.indexColumn(), TableBuilder::indexColumn));
    }

    private static DataStatement.IndexColumn indexColumn(IndexColumnContext context) {
        return new DataStatement.IndexColumn(Terms.name(context.name()), context.DESC() != null);
    }

    @Override
    public DataStatement visitDropIndex(DropIndexContext context) {
        return new DataStatement.DropIndex(
                Terms.at(context),
                context.IF() != null,
                Terms.name(context.name()),
                Terms.objectName(context.objectName()));
    }

    TableDefinition table(TableDefinitionContext context) {
        List<TableDefinition.Column> columns = new ArrayList<>();
        List<Constraint> constraints = new ArrayList<>();
        for (TableElementContext element : context.tableElement()) {
            if (element.tableConstraint() == null) {
                columns.add(column(element));
            } else {
                constraints.add(constraint(Terms.name(element.constraintName), element.tableConstraint()));
            }
        }
        return new TableDefinition(columns, constraints);
    }

    private TableDefinition.Column column(TableElementContext context) {
        Boolean nullable = null;
        TableDefinition.Identity identity = null;
        Expression defaultValue = null;
        List<Constraint> constraints = new ArrayList<>();
        for (ColumnOptionContext option : context.columnOption()) {
            ColumnConstraintContext constraint = option.columnConstraint();
            if (option.IDENTITY() != null) {
                onlyOnce(identity, option.getStart());
                identity = identity(option);
            } else if (constraint == null) {
                onlyOnce(nullable, option.getStart());
                nullable = option.NOT() == null;
            } else if (constraint.DEFAULT() != null) {
                onlyOnce(defaultValue, constraint.getStart());
                defaultValue = expressions.value(constraint.expression());
            } else {
                constraints.add(constraint(Terms.name(option.name()), constraint));
            }
        }
        return new TableDefinition.Column(
                Terms.name(context.column),
                type(context.typeName()),
                nullable,
                identity,
                defaultValue,
                List.copyOf(constraints));
    }

    private static void onlyOnce(Object before, Token word) {
        if (before != null) {
            throw Terms.twice(word);
        }
    }

    private static TableDefinition.Identity identity(ColumnOptionContext option) {
        return option.seed == null
                ? new TableDefinition.Identity(1, 1)
                : new TableDefinition.Identity(number(option.seed), number(option.increment));
    }

    private static long number(IntegerContext context) {
        try {
            return Long.parseLong(context.getText());
        } catch (NumberFormatException e) {
            throw tooLarge(context.getStart(), Long.MAX_VALUE);
        }
    }

    private Constraint constraint(String name, TableConstraintContext context) {
        if (context.check() != null) {
            return new TableDefinition.Check(
                    name, expressions.condition(context.check().condition()));
        }
        if (context.references() != null) {
            return reference(name, Terms.names(context.names().name()), context.references());
        }
        List<String> columns = Terms.all(
                context.keyColumns().indexColumn(),
                column -> indexColumn(column).name());
        return new TableDefinition.Key(name, context.PRIMARY() != null, columns);
    }

    private Constraint constraint(String name, ColumnConstraintContext context) {
        if (context.check() != null) {
            return new TableDefinition.Check(
                    name, expressions.condition(context.check().condition()));
        }
        return context.references() == null
                ? new TableDefinition.Key(name, context.PRIMARY() != null, List.of())
                : reference(name, List.of(), context.references());
    }

    private static Constraint reference(String name, List<String> columns, ReferencesContext context) {
        ObjectName table = Terms.objectName(context.objectName());
        List<String> referenced = context.names() == null
                ? List.of()
                : Terms.names(context.names().name());
        String action = null;
        if (context.CASCADE() != null) {
            action = "CASCADE";
        } else if (context.SET() != null) {
            action = "SET NULL";
        } else if (context.ACTION() != null) {
            action = "NO ACTION";
        }
        return new TableDefinition.Reference(name, columns, table, referenced, action);
    }

    static TypeName type(TypeNameContext context) {
        StringBuilder name = new StringBuilder();
        if (context.DOUBLE() != null) {
            name.append("double precision");
        } else {
            name.append(context.NATIONAL() == null ? "" : "national ").append(Terms.name(context.name()));
            name.append(context.VARYING() == null ? "" : " varying");
        }
        TypeArgumentsContext arguments = context.typeArguments();
        List<Integer> numbers = new ArrayList<>();
        ObjectName collection = null;
        if (arguments != null) {
            for (TerminalNode number : arguments.INTEGER()) {
                numbers.add(typeArgument(number));
            }
            if (arguments.MAX() != null) {
                numbers.add(TypeName.MAX);
            }
            collection = Terms.objectName(arguments.objectName());
        }
        return new TypeName(name.toString().toLowerCase(Locale.ROOT), numbers, collection);
    }

    private static int typeArgument(TerminalNode number) {
        try {
            return Integer.parseInt(number.getText());
        } catch (NumberFormatException e) {
            throw tooLarge(number.getSymbol(), Integer.MAX_VALUE);
        }
    }

    private static SyntaxError tooLarge(Token number, long most) {
        String found = SyntaxError.shortened(number.getText());
        return SyntaxError.at(
                SyntaxError.SYNTAX,
                number,
                found,
                "at most " + most,
                "the number " + found + " is too large; expected at most " + most + ".");
    }
}
