package org.parley.sql.table;

import java.util.List;
import org.parley.sql.value.Value;

/** Statements of the store's SQL, as far as scripts are translated into it. */
sealed interface SqlStatement extends SqlText.Part {

    /**
     * Whether values are written as they are: in what the store keeps as text, and where it must see that two expressions are the same,
     * which those with question marks never are.
     */
    default boolean writesValues() {
        return false;
    }

    /** A name in the store's own spelling; the schema may be null. */
    record Name(String schema, String name) implements SqlText.Part {

        @Override
        public void write(SqlText out) {
            if (schema != null) {
                out.identifier(schema).put(".");
            }
            out.identifier(name);
        }
    }

    record Fetch(SqlQuery query, Isolation isolation, boolean writesValues) implements SqlStatement {

        @Override
        public void write(SqlText out) {
            out.put(query);
            if (isolation != Isolation.READ_COMMITTED) {
                out.put(" WITH ").put(isolation.stored());
            }
        }
    }

    /** Asks for the value that the IDENTITY column of a table gets next. */
    record NextIdentity(Name table) implements SqlStatement {

        @Override
        public void write(SqlText out) {
            out.put("VALUES SYSCS_UTIL.SYSCS_PEEK_AT_IDENTITY(").put(text(table.schema()));
            out.put(", ").put(text(table.name())).put(")");
        }

        private static Sql text(String name) {
            return Coercion.parameter(Value.national(name));
        }
    }

    /** Rows of a table that can be changed where they stand; their columns under their own names. */
    record Cursor(Name table, int alias, List<String> columns, Sql where) implements SqlStatement {

        @Override
        public void write(SqlText out) {
            out.put("SELECT ");
            if (columns.isEmpty()) {
                out.put("1");
            }
            out.list(columns.stream().map(each -> new Sql.Column(alias, each)).toList())
                    .put(" FROM ")
                    .put(table)
                    .put(" AS T")
                    .number(alias);
            condition(out, where);
            out.put(" FOR UPDATE");
        }
    }

    /** The rows of a query into a table. */
    record InsertQuery(Name table, List<String> columns, SqlQuery query, boolean writesValues) implements SqlStatement {

        @Override
        public void write(SqlText out) {
            out.put("INSERT INTO ")
                    .put(table)
                    .put(" ")
                    .identifiers(columns)
                    .put(" ")
                    .put(query);
        }
    }

    /** One row into a table. */
    record InsertRow(Name table, List<String> columns, List<Sql> values) implements SqlStatement {

        @Override
        public void write(SqlText out) {
            out.put("INSERT INTO ")
                    .put(table)
                    .put(" ")
                    .identifiers(columns)
                    .put(" VALUES (")
                    .list(values)
                    .put(")");
        }
    }

    record Update(Name table, int alias, List<Set> sets, Sql where) implements SqlStatement {

        @Override
        public void write(SqlText out) {
            out.put("UPDATE ")
                    .put(table)
                    .put(" AS T")
                    .number(alias)
                    .put(" SET ")
                    .list(sets);
            condition(out, where);
        }
    }

    record Set(String column, Sql value) implements SqlText.Part {

        @Override
        public void write(SqlText out) {
            out.identifier(column).put(" = ").put(value);
        }
    }

    record Delete(Name table, int alias, Sql where) implements SqlStatement {

        @Override
        public void write(SqlText out) {
            out.put("DELETE FROM ").put(table).put(" AS T").number(alias);
            condition(out, where);
        }
    }

    private static void condition(SqlText out, Sql where) {
        if (where != null) {
            out.put(" WHERE ").put(where);
        }
    }

    record Truncate(Name table) implements SqlStatement {

        @Override
        public void write(SqlText out) {
            out.put("TRUNCATE TABLE ").put(table);
        }
    }

    record CreateTable(Name name, List<NewColumn> columns, List<Constraint> constraints) implements SqlStatement {

        @Override
        public boolean writesValues() {
            return true;
        }

        @Override
        public void write(SqlText out) {
            out.put("CREATE TABLE ").put(name).put(" (").list(columns);
            constraints.forEach(each -> out.put(", ").put(each));
            out.put(")");
        }
    }

    /** START WITH and INCREMENT BY. */
    record Identity(long start, long increment) implements SqlText.Part {

        @Override
        public void write(SqlText out) {
            out.put(" GENERATED BY DEFAULT AS IDENTITY (START WITH ").number(start);
            out.put(", INCREMENT BY ").number(increment).put(")");
        }
    }

    /** Identity and default may be null. */
    record NewColumn(String name, StoredType type, boolean nullable, Identity identity, SqlText.Part byDefault)
            implements SqlText.Part {

        @Override
        public void write(SqlText out) {
            out.identifier(name).put(" ").put(type);
            if (identity != null) {
                out.put(identity);
            }
            if (byDefault != null) {
                out.put(" DEFAULT ").put(byDefault);
            }
            out.put(nullable ? "" : " NOT NULL");
        }
    }

    /** A constraint; its name may be null. */
    sealed interface Constraint extends SqlText.Part {}

    private static SqlText named(SqlText out, String name) {
        return name == null ? out : out.put("CONSTRAINT ").identifier(name).put(" ");
    }

    record Key(String name, boolean primary, List<String> columns) implements Constraint {

        @Override
        public void write(SqlText out) {
            named(out, name).put(primary ? "PRIMARY KEY " : "UNIQUE ").identifiers(columns);
        }
    }

    record Check(String name, Sql condition) implements Constraint {

        @Override
        public void write(SqlText out) {
            named(out, name).put("CHECK (").put(condition).put(")");
        }
    }

    enum OnDelete {
        NO_ACTION("NO ACTION"),
        CASCADE("CASCADE"),
        SET_NULL("SET NULL");

        private final String words;

        OnDelete(String words) {
            this.words = words;
        }
    }

    record Reference(String name, List<String> columns, Name table, List<String> referenced, OnDelete onDelete)
            implements Constraint {

        @Override
        public void write(SqlText out) {
            named(out, name)
                    .put("FOREIGN KEY ")
                    .identifiers(columns)
                    .put(" REFERENCES ")
                    .put(table);
            if (!referenced.isEmpty()) {
                out.put(" ").identifiers(referenced);
            }
            out.put(" ON DELETE ").put(onDelete.words);
        }
    }

    record DropTable(Name name) implements SqlStatement {

        @Override
        public void write(SqlText out) {
            out.put("DROP TABLE ").put(name);
        }
    }

    record CreateIndex(Name name, boolean unique, Name table, List<IndexColumn> columns) implements SqlStatement {

        @Override
        public void write(SqlText out) {
            out.put(unique ? "CREATE UNIQUE INDEX " : "CREATE INDEX ").put(name);
            out.put(" ON ").put(table).put(" (").list(columns).put(")");
        }
    }

    record IndexColumn(String name, boolean descending) implements SqlText.Part {

        @Override
        public void write(SqlText out) {
            out.identifier(name).put(descending ? " DESC" : "");
        }
    }

    record DropIndex(Name name) implements SqlStatement {

        @Override
        public void write(SqlText out) {
            out.put("DROP INDEX ").put(name);
        }
    }
}
