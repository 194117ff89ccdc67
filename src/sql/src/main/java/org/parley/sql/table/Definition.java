package org.parley.sql.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.parley.sql.ScriptError;
import org.parley.sql.ast.DataStatement;
import org.parley.sql.ast.Expression;
import org.parley.sql.ast.ObjectName;
import org.parley.sql.ast.TableDefinition;
import org.parley.sql.value.Conversion;
import org.parley.sql.value.SqlType;
import org.parley.sql.value.SqlType.Base;
import org.parley.sql.value.Types;

/** CREATE, DROP and TRUNCATE of tables and indexes. */
final class Definition {

    private static final Set<String> NOW =
            Set.of("GETDATE", "SYSDATETIME", "CURRENT_TIMESTAMP", "GETUTCDATE", "SYSUTCDATETIME");

    private static final int LONGEST_STEM = 110;

    private final Translation translation;
    private final Names names = new Names(null);
    private final List<SqlStatement.NewColumn> columns = new ArrayList<>();
    private final List<SqlStatement.Constraint> constraints = new ArrayList<>();

    private Definition(Translation translation) {
        this.translation = translation;
    }

    static void create(DataStatement.CreateTable create, Translation translation) {
        SqlStatement.Name name = newTable(create.name(), translation);
        Definition definition = new Definition(translation);
        definition.read(create.table(), create.name().last());
        run(new SqlStatement.CreateTable(name, definition.columns, definition.constraints), translation);
    }

    private static void run(SqlStatement statement, Translation translation) {
        new Store(translation.scope().connection().sql()).change(statement);
    }

    /** A name that a new table may have. */
    static SqlStatement.Name newTable(ObjectName name, Translation translation) {
        if (name.last().startsWith("#")) {
            throw new ScriptError(
                    BeyondStore.NUMBER,
                    "There are no temporary tables such as '" + name.last()
                            + "'; take a table variable: DECLARE @t TABLE (...).");
        }
        SqlStatement.Name made = translation.dictionary().newName(name);
        if (translation.dictionary().find(name) != null) {
            throw new ScriptError(2714, "There is already a table, view or queue '" + name + "'.");
        }
        return made;
    }

    private void read(TableDefinition table, String called) {
        List<Names.Seen> seen = new ArrayList<>();
        for (TableDefinition.Column column : table.columns()) {
            SqlType type = Types.declared(column.type());
            String name = Dictionary.stored(column.name());
            if (seen.stream().anyMatch(each -> each.name().equals(name))) {
                throw new ScriptError(2705, "Column name '" + column.name() + "' stands twice.");
            }
            seen.add(new Names.Seen(name, type, new Sql.Column(Sql.Column.ALONE, name), false, seen.size()));
            columns.add(column(column, name, type));
        }
        names.add(new Names.Visible(called, null, seen));
        for (TableDefinition.Column column : table.columns()) {
            column.constraints().forEach(each -> constrain(each, List.of(column.name())));
        }
        table.constraints().forEach(each -> constrain(each, List.of()));
    }

    private SqlStatement.NewColumn column(TableDefinition.Column column, String name, SqlType type) {
        if (type.base() == Base.DECIMAL && type.precision() > StoredType.MOST_DIGITS) {
            throw new ScriptError(
                    2750,
                    "Column '" + column.name() + "' of type " + type + " has too many digits; a table's have up to "
                            + StoredType.MOST_DIGITS + ".");
        }
        SqlStatement.Identity identity = null;
        if (column.identity() != null) {
            if (!Set.of(Base.SMALLINT, Base.INT, Base.BIGINT).contains(type.base())) {
                throw new ScriptError(
                        2749,
                        "Column '" + column.name() + "' of type " + type
                                + " can't have IDENTITY; smallint, int and bigint can.");
            }
            identity = new SqlStatement.Identity(
                    column.identity().seed(), column.identity().increment());
        }
        boolean nullable = !Boolean.FALSE.equals(column.nullable()) && identity == null;
        return new SqlStatement.NewColumn(name, StoredType.of(type), nullable, identity, byDefault(column, type));
    }

    private SqlText.Part byDefault(TableDefinition.Column column, SqlType type) {
        Expression value = column.defaultValue();
        if (value == null) {
            return null;
        }
        if (value instanceof Expression.Call call && NOW.contains(call.name()) && type.isTemporal()) {
            return Sql.Word.CURRENT_TIMESTAMP;
        }
        if (!Parts.isConstant(value) || !Parts.none(value, Expression.Call.class::isInstance)) {
            throw new ScriptError(
                    BeyondStore.NUMBER,
                    "The DEFAULT of column '" + column.name()
                            + "' must be a constant, or GETDATE() for a time; give other values in" + " the INSERT.");
        }
        return new Sql.Literal(Conversion.stored(translation.constant(value), type, column.name()));
    }

    private void constrain(TableDefinition.Constraint constraint, List<String> own) {
        String name = name(constraint);
        if (constraint instanceof TableDefinition.Key key) {
            List<String> keys = stored(key.columns().isEmpty() ? own : key.columns());
            if (key.primary()) {
                columns.replaceAll(each -> keys.contains(each.name()) ? required(each) : each);
            }
            constraints.add(new SqlStatement.Key(name, key.primary(), keys));
        } else if (constraint instanceof TableDefinition.Check check) {
            constraints.add(new SqlStatement.Check(
                    name, new ExpressionTranslator(translation, names).condition(check.condition())));
        } else {
            constraints.add(reference((TableDefinition.Reference) constraint, name, own));
        }
    }

    /** One without a name gets one that tells what it is, since errors name it. */
    private String name(TableDefinition.Constraint constraint) {
        if (constraint.name() != null) {
            return Dictionary.stored(constraint.name());
        }
        String kind = constraint instanceof TableDefinition.Check
                ? "CK"
                : constraint instanceof TableDefinition.Key key ? key.primary() ? "PK" : "UQ" : "FK";
        String table = Dictionary.stored(names.sources().get(0).name());
        String name = kind + "_" + table.substring(0, Math.min(table.length(), LONGEST_STEM));
        return kind.equals("PK") ? name : name + "_" + (constraints.size() + 1);
    }

    private static SqlStatement.NewColumn required(SqlStatement.NewColumn column) {
        return new SqlStatement.NewColumn(column.name(), column.type(), false, column.identity(), column.byDefault());
    }

    private SqlStatement.Reference reference(TableDefinition.Reference reference, String name, List<String> own) {
        Relation relation = translation.dictionary().relation(reference.table());
        List<String> referenced = reference.referenced().stream()
                .map(each -> relation.column(each).name())
                .toList();
        SqlStatement.OnDelete onDelete = reference.onDelete() == null
                ? SqlStatement.OnDelete.NO_ACTION
                : SqlStatement.OnDelete.valueOf(reference.onDelete().replace(' ', '_'));
        return new SqlStatement.Reference(
                name,
                stored(reference.columns().isEmpty() ? own : reference.columns()),
                relation.name(),
                referenced,
                onDelete);
    }

    private List<String> stored(List<String> written) {
        return written.stream()
                .map(each -> names.resolve(new Expression.Column(org.parley.sql.ast.Position.NONE, ObjectName.of(each)))
                        .name())
                .toList();
    }

    static void drop(DataStatement.DropTable drop, Translation translation) {
        for (ObjectName name : drop.names()) {
            Relation relation = translation.dictionary().find(name);
            if (relation == null && drop.ifExists()) {
                continue;
            }
            if (relation == null) {
                throw new ScriptError(3701, "Table '" + name + "' can't be dropped: there is none of this name.");
            }
            run(new SqlStatement.DropTable(tableToDrop(relation, name).name()), translation);
        }
    }

    private static Relation tableToDrop(Relation relation, ObjectName name) {
        if (relation.view()) {
            throw new ScriptError(
                    3705,
                    "'" + name + "' is no table but a "
                            + (relation.isQueue() ? "queue; DROP QUEUE drops it." : "view."));
        }
        return relation;
    }

    static void truncate(DataStatement.Truncate truncate, Translation translation) {
        run(
                new SqlStatement.Truncate(
                        translation.dictionary().changeable(truncate.table()).name()),
                translation);
    }

    static void createIndex(DataStatement.CreateIndex create, Translation translation) {
        Relation relation = translation.dictionary().changeable(create.table());
        List<SqlStatement.IndexColumn> columns = create.columns().stream()
                .map(each -> new SqlStatement.IndexColumn(
                        relation.column(each.name()).name(), each.descending()))
                .toList();
        SqlStatement.Name name = new SqlStatement.Name(relation.name().schema(), Dictionary.stored(create.name()));
        run(new SqlStatement.CreateIndex(name, create.unique(), relation.name(), columns), translation);
    }

    static void dropIndex(DataStatement.DropIndex drop, Translation translation) {
        Relation relation = translation.dictionary().changeable(drop.table());
        String stored = Dictionary.stored(drop.name());
        if (!translation.dictionary().indexes(relation).contains(stored)) {
            if (drop.ifExists()) {
                return;
            }
            throw new ScriptError(
                    3701,
                    "Index '" + drop.name() + "' of table '" + drop.table()
                            + "' can't be dropped: there is none of this name.");
        }
        run(new SqlStatement.DropIndex(new SqlStatement.Name(relation.name().schema(), stored)), translation);
    }
}
