package org.parley.sql.table;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.parley.sql.ScriptError;
import org.parley.sql.ast.DataStatement;
import org.parley.sql.ast.Expression;
import org.parley.sql.ast.Query;
import org.parley.sql.value.Conversion;
import org.parley.sql.value.SqlType;
import org.parley.sql.value.Value;

/** INSERT. */
final class Insertion {

    private final Translation translation;
    private final DataStatement.Insert insert;

    Insertion(DataStatement.Insert insert, Translation translation) {
        this.insert = insert;
        this.translation = translation;
    }

    long run() {
        if (insert.target().variable() != null) {
            return intoVariable(
                    (TableVariable) translation.scope().table(insert.target().variable()));
        }
        Relation relation = translation.dictionary().changeable(insert.target().table());
        List<Relation.Column> columns = columns(relation);
        if (insert.rows() instanceof DataStatement.Selected selected) {
            return selected(relation, columns, selected.query());
        }
        if (insert.rows() instanceof DataStatement.Values values) {
            return values(relation, columns, values.rows());
        }
        List<String> all =
                relation.columns().stream().map(Relation.Column::name).toList();
        List<Sql> defaults = all.stream().map(name -> (Sql) Sql.Word.DEFAULT).toList();
        return one(relation, all, defaults);
    }

    /** The columns that are given values: those that are written, or all that don't generate their own. */
    private List<Relation.Column> columns(Relation relation) {
        if (insert.columns().isEmpty()) {
            return relation.columns().stream()
                    .filter(column -> !column.identity())
                    .toList();
        }
        Set<String> seen = new HashSet<>();
        List<Relation.Column> columns = new ArrayList<>();
        for (String name : insert.columns()) {
            Relation.Column column = relation.column(name);
            if (column.identity()) {
                throw explicitIdentity(column.name(), relation.name().name());
            }
            if (!seen.add(column.name())) {
                throw twice(name);
            }
            columns.add(column);
        }
        return columns;
    }

    private static ScriptError explicitIdentity(String column, String table) {
        return new ScriptError(
                544,
                "Column '" + column + "' of '" + table + "' has IDENTITY: its values are made and can't be given.");
    }

    private static ScriptError twice(String column) {
        return new ScriptError(264, "Column '" + column + "' stands twice in the list of the INSERT.");
    }

    private void checkCount(int values, int columns) {
        if (values == columns) {
            return;
        }
        boolean selected = insert.rows() instanceof DataStatement.Selected;
        int number = insert.columns().isEmpty() ? 213 : values < columns ? selected ? 120 : 109 : selected ? 121 : 110;
        throw new ScriptError(
                number, "The INSERT has " + columns + " columns and " + values + " values; both must be as many.");
    }

    private long values(Relation relation, List<Relation.Column> columns, List<List<Expression>> rows) {
        for (List<Expression> row : rows) {
            if (row.size() != rows.get(0).size()) {
                throw new ScriptError(
                        10709,
                        "The rows of VALUES have " + rows.get(0).size() + " and " + row.size()
                                + " values; all must have as many.");
            }
        }
        checkCount(rows.get(0).size(), columns.size());
        if (rows.size() == 1) {
            List<Sql> values = new ArrayList<>();
            for (int i = 0; i < columns.size(); i++) {
                Expression expression = rows.get(0).get(i);
                values.add(
                        expression == null
                                ? Sql.Word.DEFAULT
                                : Coercion.parameter(stored(translation.constant(expression), columns.get(i))));
            }
            return one(relation, columns.stream().map(Relation.Column::name).toList(), values);
        }
        return several(relation, columns, rows);
    }

    private static Value stored(Value value, Relation.Column column) {
        return Conversion.stored(value, column.type(), column.name());
    }

    private long one(Relation relation, List<String> columns, List<Sql> values) {
        SqlStatement.InsertRow row = new SqlStatement.InsertRow(relation.name(), columns, values);
        Store store = new Store(translation.scope().connection().sql());
        if (relation.increment() == 0) {
            return store.change(row);
        }
        Long identity = store.insert(row);
        if (identity != null) {
            translation.scope().identity(identity);
        }
        return 1;
    }

    private long several(Relation relation, List<Relation.Column> columns, List<List<Expression>> rows) {
        List<Integer> given = IntStream.range(0, columns.size())
                .filter(i -> rows.get(0).get(i) != null)
                .boxed()
                .toList();
        List<List<Value>> values = new ArrayList<>();
        for (List<Expression> row : rows) {
            List<Value> converted = new ArrayList<>();
            for (int i = 0; i < columns.size(); i++) {
                if ((row.get(i) != null) != given.contains(i)) {
                    throw new ScriptError(
                            BeyondStore.NUMBER,
                            "Column '" + columns.get(i).name()
                                    + "' has DEFAULT in one row of VALUES and a value in another;"
                                    + " write two INSERTs.");
                }
                if (row.get(i) != null) {
                    converted.add(stored(translation.constant(row.get(i)), columns.get(i)));
                }
            }
            values.add(converted);
        }
        return packed(relation, given.stream().map(columns::get).toList(), values);
    }

    /** Any number of rows in one statement. */
    private long packed(Relation relation, List<Relation.Column> columns, List<List<Value>> rows) {
        if (rows.isEmpty()) {
            return 0;
        }
        Packing packing = new Packing(columns.stream()
                .map(each -> new RowSet.Column(each.name(), each.type()))
                .toList());
        int alias = translation.nextAlias();
        List<Sql> items = IntStream.range(0, columns.size())
                .mapToObj(place -> packing.read(alias, place))
                .toList();
        SqlQuery.Select select = new SqlQuery.Select(
                false, items, List.of(new SqlQuery.Rows(packing.pack(rows), alias)), null, List.of(), null);
        return insert(relation, columns, new SqlQuery(select));
    }

    private long insert(Relation relation, List<Relation.Column> columns, SqlQuery query) {
        Store store = new Store(translation.scope().connection().sql());
        SqlStatement statement = new SqlStatement.InsertQuery(
                relation.name(),
                columns.stream().map(Relation.Column::name).toList(),
                query,
                translation.writesValues());
        if (relation.increment() == 0) {
            return store.change(statement);
        }
        Long before = store.nextIdentity(relation.name());
        long rows = store.change(statement);
        if (rows > 0) {
            Long after = store.nextIdentity(relation.name());
            translation.scope().identity(last(before, after, rows, relation.increment()));
        }
        return rows;
    }

    /** The store tells it of one row only. It follows from how far it has counted, unless others have inserted meanwhile. */
    private static Long last(Long before, Long after, long rows, long increment) {
        boolean alone = before != null && after != null && after - before == rows * increment;
        return alone ? Long.valueOf(after - increment) : null;
    }

    private long selected(Relation relation, List<Relation.Column> columns, Query query) {
        Nested nested;
        try {
            nested = new QueryTranslator(translation).unordered(query);
            checkCount(nested.columns().size(), columns.size());
            List<SqlType> types = columns.stream().map(Relation.Column::type).toList();
            return insert(relation, columns, nested.as(types));
        } catch (BeyondStore e) {
            return packed(
                    relation,
                    columns,
                    read(query, columns.size(), (value, place) -> stored(value, columns.get(place))));
        }
    }

    private interface Converting {
        Value convert(Value value, int place);
    }

    private List<List<Value>> read(Query query, int columns, Converting converting) {
        Reading reading = new Reading(query, translation);
        checkCount(reading.columns().size(), columns);
        List<List<Value>> rows = new ArrayList<>();
        for (List<Value> row : reading.rows(Long.MAX_VALUE).rows()) {
            rows.add(IntStream.range(0, columns)
                    .mapToObj(place -> converting.convert(row.get(place), place))
                    .toList());
        }
        return rows;
    }

    private long intoVariable(TableVariable variable) {
        VariableDefinition definition = variable.definition();
        List<Integer> places = places(definition);
        List<List<Value>> given = new ArrayList<>();
        if (insert.rows() instanceof DataStatement.Selected selected) {
            given = read(selected.query(), places.size(), (value, place) -> value);
        } else if (insert.rows() instanceof DataStatement.Values values) {
            for (List<Expression> row : values.rows()) {
                checkCount(row.size(), places.size());
                List<Value> converted = new ArrayList<>();
                for (int i = 0; i < row.size(); i++) {
                    converted.add(
                            row.get(i) == null
                                    ? definition.defaultValue(places.get(i))
                                    : translation.constant(row.get(i)));
                }
                given.add(converted);
            }
        } else {
            places = List.of();
            given.add(List.of());
        }
        return add(variable, places, given);
    }

    private long add(TableVariable variable, List<Integer> places, List<List<Value>> given) {
        VariableDefinition definition = variable.definition();
        List<List<Value>> rows = new ArrayList<>();
        Value identity = null;
        for (List<Value> values : given) {
            List<Value> row = new ArrayList<>();
            for (int i = 0; i < definition.columns().size(); i++) {
                int place = places.indexOf(i);
                if (i == definition.identity()) {
                    identity = variable.generate();
                    row.add(identity);
                } else {
                    row.add(place >= 0 ? values.get(place) : definition.defaultValue(i));
                }
            }
            rows.add(row);
        }
        variable.insert(rows);
        if (identity != null) {
            translation.scope().identity(((Number) identity.content()).longValue());
        }
        return rows.size();
    }

    private List<Integer> places(VariableDefinition definition) {
        if (insert.columns().isEmpty()) {
            return IntStream.range(0, definition.columns().size())
                    .filter(place -> place != definition.identity())
                    .boxed()
                    .toList();
        }
        List<Integer> places = new ArrayList<>();
        for (String name : insert.columns()) {
            int place = definition.place(name);
            if (place == definition.identity()) {
                throw explicitIdentity(name, insert.target().variable());
            }
            if (places.contains(place)) {
                throw twice(name);
            }
            places.add(place);
        }
        return places;
    }
}
