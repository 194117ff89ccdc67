package org.parley.sql.print;

import java.util.ArrayList;
import java.util.List;
import org.parley.sql.ast.ControlStatement;
import org.parley.sql.ast.ConversationStatement;
import org.parley.sql.ast.ConversationStatement.Named;
import org.parley.sql.ast.DataStatement;
import org.parley.sql.ast.ObjectName;
import org.parley.sql.ast.Position;
import org.parley.sql.ast.Statement;
import org.parley.sql.ast.TableDefinition;

/** Makes random statements of all kinds, of those shapes that a text can have. */
class RandomStatements extends RandomQueries {

    private static final Position AT = Position.NONE;

    private final RandomDefinitions definitions;

    RandomStatements(long seed) {
        super(seed);
        definitions = new RandomDefinitions(seed);
    }

    /** A statement that can stand anywhere. */
    Statement statement() {
        return deep()
                ? new ControlStatement.Break(AT)
                : below(() -> one(
                        this::flow,
                        this::control,
                        this::session,
                        this::conversation,
                        this::data,
                        definitions::definition));
    }

    /** A whole batch. */
    List<Statement> batch() {
        return rarely(20) ? List.of(definitions.procedure(list(1, this::statement))) : list(1, this::statement);
    }

    private Statement flow() {
        return one(
                () -> new ControlStatement.Block(AT, list(1, this::statement)),
                () -> new ControlStatement.If(AT, condition(), statement(), null),
                () -> new ControlStatement.If(AT, condition(), closed(), statement()),
                () -> new ControlStatement.While(AT, condition(), statement()),
                () -> new ControlStatement.TryCatch(AT, list(1, this::statement), list(0, this::statement)),
                () -> new ControlStatement.Break(AT),
                () -> new ControlStatement.Continue(AT),
                () -> new ControlStatement.Return(AT, maybe(this::value)));
    }

    /** One that can't take the ELSE behind it for its own. */
    private Statement closed() {
        Statement made = statement();
        return made instanceof ControlStatement.If || made instanceof ControlStatement.While
                ? new ControlStatement.Block(AT, List.of(made))
                : made;
    }

    private Statement control() {
        return one(
                () -> new ControlStatement.Print(AT, value()),
                () -> new ControlStatement.RaiseError(
                        AT, value(), value(), value(), list(0, this::value), list(0, () -> pick("LOG", "NOWAIT"))),
                () -> new ControlStatement.Throw(AT, null, null, null),
                () -> new ControlStatement.Throw(AT, constant(), constant(), constant()),
                () -> new ControlStatement.Declare(AT, list(1, this::declared)),
                () -> new ControlStatement.SetVariable(AT, variable(), assignment(), value()),
                () -> new ControlStatement.WaitForDelay(AT, yes(), constant()));
    }

    private ControlStatement.Declared declared() {
        return yes()
                ? new ControlStatement.ScalarVariable(variable(), type(), maybe(this::value))
                : new ControlStatement.TableVariable(variable(), table());
    }

    private Statement session() {
        return one(
                () -> new ControlStatement.SetOption(
                        AT,
                        list(1, () -> pick("NOCOUNT", "XACT_ABORT", "STATISTICS IO", "ROWCOUNT")),
                        pick("ON", "OFF", "-1", "LOW")),
                () -> new ControlStatement.SetOption(
                        AT, List.of("TRANSACTION ISOLATION LEVEL"), pick("READ COMMITTED", "SERIALIZABLE")),
                () -> new ControlStatement.BeginTransaction(AT, maybe(this::name)),
                () -> new ControlStatement.Commit(AT, maybe(this::name)),
                () -> new ControlStatement.Rollback(AT, maybe(this::name)),
                () -> new ControlStatement.Save(AT, name()),
                () -> new ControlStatement.ExecuteProcedure(AT, maybe(this::variable), objectName()),
                () -> new ControlStatement.ExecuteText(AT, value()),
                () -> new ControlStatement.ExecuteAs(AT, maybe(this::constant)),
                () -> new ControlStatement.Use(AT, name()));
    }

    private Named named() {
        return yes() ? new Named(name(), null) : new Named(null, variable());
    }

    private Statement conversation() {
        return one(
                () -> new ConversationStatement.BeginDialog(
                        AT,
                        variable(),
                        named(),
                        constant(),
                        maybe(this::constant),
                        maybe(this::named),
                        maybe(() -> new ConversationStatement.Relation(yes(), constant())),
                        maybe(this::constant),
                        maybeOn()),
                () -> new ConversationStatement.BeginTimer(AT, constant(), value()),
                () -> new ConversationStatement.Send(
                        AT, list(1, this::constant), maybe(this::named), maybe(this::value)),
                this::receive,
                this::getGroup,
                () -> new ConversationStatement.MoveConversation(AT, constant(), constant()),
                () -> new ConversationStatement.EndConversation(AT, constant(), null, yes()),
                () -> new ConversationStatement.EndConversation(
                        AT, constant(), new ConversationStatement.Failure(constant(), constant()), false),
                () -> new ConversationStatement.WaitFor(AT, yes() ? receive() : getGroup(), maybe(this::constant)));
    }

    private ConversationStatement receive() {
        return new ConversationStatement.Receive(
                AT,
                maybe(this::value),
                list(1, this::item),
                objectName(),
                maybe(this::variable),
                maybe(() -> new ConversationStatement.Condition(yes(), constant())));
    }

    private ConversationStatement getGroup() {
        return new ConversationStatement.GetConversationGroup(AT, variable(), objectName());
    }

    private Statement data() {
        return one(
                () -> new DataStatement.SelectStatement(AT, query()),
                () -> new DataStatement.Insert(AT, target(), list(0, this::name), rows()),
                () -> new DataStatement.Update(
                        AT, maybe(this::value), target(), list(1, this::assigned), sources(), maybe(this::condition)),
                () -> new DataStatement.Delete(AT, maybe(this::value), target(), sources(), maybe(this::condition)),
                () -> new DataStatement.Truncate(AT, objectName()),
                () -> new DataStatement.CreateTable(AT, objectName(), table()),
                () -> new DataStatement.DropTable(AT, yes(), list(1, this::objectName)),
                () -> new DataStatement.CreateIndex(
                        AT, yes(), name(), objectName(), list(1, () -> new DataStatement.IndexColumn(name(), yes()))),
                () -> new DataStatement.DropIndex(AT, yes(), name(), objectName()));
    }

    private DataStatement.Target target() {
        return yes() ? new DataStatement.Target(objectName(), null) : new DataStatement.Target(null, variable());
    }

    private DataStatement.Rows rows() {
        return one(
                DataStatement.Defaults::new,
                () -> new DataStatement.Selected(query()),
                () -> new DataStatement.Values(list(1, () -> list(1, () -> rarely(4) ? null : value()))));
    }

    private DataStatement.Assigned assigned() {
        ObjectName column = maybe(this::objectName);
        String variable = column == null || yes() ? variable() : null;
        if (variable == null && rarely(4)) {
            return new DataStatement.Assigned(null, column, "=", null);
        }
        return new DataStatement.Assigned(variable, column, assignment(), value());
    }

    private TableDefinition table() {
        List<TableDefinition.Column> columns = list(0, this::column);
        return new TableDefinition(columns, list(columns.isEmpty() ? 1 : 0, () -> constraint(false)));
    }

    private TableDefinition.Column column() {
        return new TableDefinition.Column(
                name(),
                type(),
                maybeOn(),
                maybe(() -> new TableDefinition.Identity(below(9) - 4, below(9) - 4)),
                maybe(this::value),
                new ArrayList<>(list(0, () -> constraint(true))));
    }

    private TableDefinition.Constraint constraint(boolean withColumn) {
        List<String> columns = withColumn ? List.of() : list(1, this::name);
        return one(
                () -> new TableDefinition.Key(maybe(this::name), yes(), columns),
                () -> new TableDefinition.Check(maybe(this::name), condition()),
                () -> new TableDefinition.Reference(
                        maybe(this::name),
                        columns,
                        objectName(),
                        list(0, this::name),
                        maybe(() -> pick("CASCADE", "SET NULL", "NO ACTION"))));
    }
}
