package org.parley.sql.table;

import java.util.ArrayList;
import java.util.List;
import org.parley.sql.ScriptError;
import org.parley.sql.ast.Expression;
import org.parley.sql.ast.ObjectName;
import org.parley.sql.value.SqlType;

/** The columns that an expression may name: those of the sources of its query, and those around it. */
final class Names {

    /** The number of a row of a table variable; part of no {@code *}. */
    static final String ROW = "$row";

    private final Names outer;
    private final List<Visible> sources = new ArrayList<>();

    Names(Names outer) {
        this.outer = outer;
    }

    /**
     * A source.
     *
     * @param name alias, or the table's own name
     * @param schema as the script writes it when there is no alias, or null
     */
    record Visible(String name, String schema, List<Seen> columns) {

        boolean isCalled(ObjectName name, int before) {
            String table = name.before(before);
            String written = name.before(before + 1);
            return this.name.equalsIgnoreCase(table) && (written == null || written.equalsIgnoreCase(schema));
        }

        /**
         * As it is seen outside of a query in which it stands.
         *
         * @param alias of the query
         * @param all its columns, by the same objects
         */
        Visible seenFrom(int alias, List<Seen> all) {
            List<Seen> outside = columns.stream()
                    .map(each -> each.from(new Sql.Column(alias, SqlQuery.column(all.indexOf(each)))))
                    .toList();
            return new Visible(name, schema, outside);
        }
    }

    /**
     * A column.
     *
     * @param name as a result shows it
     * @param place from 0, among the columns of its table
     */
    record Seen(String name, SqlType type, Sql sql, boolean anyCase, int place) {

        Typed typed() {
            return new Typed(sql, type, null, anyCase);
        }

        private Seen from(Sql elsewhere) {
            return new Seen(name, type, elsewhere, anyCase, place);
        }
    }

    List<Visible> sources() {
        return sources;
    }

    void add(Visible source) {
        for (Visible each : sources) {
            if (each.name().equalsIgnoreCase(source.name()) && !each.name().isEmpty()) {
                throw new ScriptError(
                        1011, "'" + source.name() + "' stands twice in FROM; give one of the two another alias.");
            }
        }
        sources.add(source);
    }

    /** The column that is named. */
    Seen resolve(Expression.Column column) {
        ObjectName name = column.name();
        for (Names names = this; names != null; names = names.outer) {
            Seen found = names.own(name);
            if (found != null) {
                return found;
            }
        }
        throw unknown(name);
    }

    /** The column when this very query's sources have it, else null. */
    Seen own(ObjectName name) {
        Seen found = null;
        for (Visible source : sources) {
            if (name.parts().size() > 1 && !source.isCalled(name, 1)) {
                continue;
            }
            for (Seen each : source.columns()) {
                if (each.name().equalsIgnoreCase(name.last())) {
                    if (found != null) {
                        throw new ScriptError(
                                209,
                                "Column '" + name
                                        + "' is in several of the tables; write it with the table's name or alias.");
                    }
                    found = each;
                }
            }
        }
        return found;
    }

    private ScriptError unknown(ObjectName name) {
        if (name.parts().size() > 1 && noneIsCalled(name)) {
            return new ScriptError(4104, "'" + name + "' belongs to no table of FROM" + list() + ".");
        }
        return new ScriptError(207, "There is no column '" + name.last() + "'" + list() + ".");
    }

    private boolean noneIsCalled(ObjectName name) {
        for (Names names = this; names != null; names = names.outer) {
            if (names.sources.stream().anyMatch(source -> source.isCalled(name, 1))) {
                return false;
            }
        }
        return true;
    }

    private String list() {
        List<String> all = new ArrayList<>();
        for (Names names = this; names != null; names = names.outer) {
            names.sources.forEach(source -> all.add("'" + source.name() + "'"));
        }
        return all.isEmpty() ? ": there is no FROM" : "; the tables are " + String.join(", ", all);
    }

    /** All columns, or those of one source. */
    List<Seen> star(ObjectName qualifier) {
        List<Seen> all = new ArrayList<>();
        boolean known = qualifier == null;
        for (Visible source : sources) {
            if (qualifier == null || source.isCalled(qualifier, 0)) {
                known = true;
                source.columns().stream()
                        .filter(seen -> !seen.name().equals(ROW))
                        .forEach(all::add);
            }
        }
        if (!known) {
            throw new ScriptError(107, "'" + qualifier + ".*' belongs to no table of FROM" + list() + ".");
        }
        if (sources.isEmpty()) {
            throw new ScriptError(263, "'*' needs a table: there is no FROM.");
        }
        return all;
    }
}
