package org.parley.sql.table;

import java.util.ArrayList;
import java.util.List;
import org.parley.spi.PackedRows;

/**
 * A query of the store's SQL.
 *
 * @param offset rows to leave out, or null
 * @param fetch most rows, or null
 */
record SqlQuery(Body body, List<Order> order, Long offset, Long fetch) implements SqlText.Part {

    SqlQuery(Body body) {
        this(body, List.of(), null, null);
    }

    @Override
    public void write(SqlText out) {
        out.put(body);
        if (!order.isEmpty()) {
            out.put(" ORDER BY ").list(order);
        }
        if (offset != null) {
            out.put(" OFFSET ").bound(offset).put(" ROWS");
        }
        if (fetch != null) {
            out.put(" FETCH NEXT ").bound(fetch).put(" ROWS ONLY");
        }
    }

    /**
     * A query around one that the store can't sort by what stands in it, as with DISTINCT, GROUP BY and set operators: it is sorted from
     * outside, where a key that isn't a column of the result has one of its own.
     *
     * @param columns how many of its columns are the result's
     */
    static SqlQuery sorted(SqlQuery inside, int columns, int alias, List<Order> order, Long offset, Long fetch) {
        List<Sql> items = new ArrayList<>();
        for (int i = 0; i < columns; i++) {
            items.add(new Sql.Column(alias, column(i)));
        }
        List<Order> keys = order.stream()
                .map(each -> new Order(0, new Sql.Column(alias, column(each.column() - 1)), each.descending()))
                .toList();
        Select outside = new Select(false, items, List.of(new Derived(inside, alias)), null, List.of(), null);
        return new SqlQuery(outside, keys, offset, fetch);
    }

    sealed interface Body extends SqlText.Part {}

    /** One SELECT; null and empty for what isn't there. Its columns are called C1, C2, ... */
    record Select(boolean distinct, List<Sql> items, List<Source> from, Sql where, List<Sql> groupBy, Sql having)
            implements Body {

        @Override
        public void write(SqlText out) {
            out.put(distinct ? "SELECT DISTINCT " : "SELECT ");
            for (int i = 0; i < items.size(); i++) {
                out.put(i == 0 ? "" : ", ").put(items.get(i)).put(" AS ").put(column(i));
            }
            out.put(" FROM ");
            if (from.isEmpty()) {
                out.put("SYSIBM.SYSDUMMY1");
            }
            out.list(from);
            if (where != null) {
                out.put(" WHERE ").put(where);
            }
            if (!groupBy.isEmpty()) {
                out.put(" GROUP BY ").list(groupBy);
            }
            if (having != null) {
                out.put(" HAVING ").put(having);
            }
        }
    }

    /** What the column at a place, from 0, is called. */
    static String column(int place) {
        return "C" + (place + 1);
    }

    enum SetOperator {
        UNION,
        EXCEPT,
        INTERSECT
    }

    record Combined(Body left, SetOperator operator, boolean all, Body right) implements Body {

        @Override
        public void write(SqlText out) {
            operand(out, left);
            out.put(" ").put(operator.name()).put(all ? " ALL " : " ");
            operand(out, right);
        }

        private static void operand(SqlText out, Body body) {
            boolean brackets = body instanceof Combined;
            out.put(brackets ? "(" : "").put(body).put(brackets ? ")" : "");
        }
    }

    /** A key of ORDER BY: the place of a column, from 1, or an expression when that is 0. */
    record Order(int column, Sql key, boolean descending) implements SqlText.Part {

        /** NULL is the least of all in Transact-SQL, and the greatest in the store. */
        @Override
        public void write(SqlText out) {
            if (column > 0) {
                out.put(SqlQuery.column(column - 1));
            } else {
                out.put(key);
            }
            out.put(descending ? " DESC NULLS LAST" : " ASC NULLS FIRST");
        }
    }

    /** What is read. Sources have the aliases T1, T2, ... */
    sealed interface Source extends SqlText.Part {}

    /** A table or view. */
    record Table(SqlStatement.Name name, int alias) implements Source {

        @Override
        public void write(SqlText out) {
            out.put(name).put(" AS T").number(alias);
        }
    }

    /** A query in brackets. */
    record Derived(SqlQuery query, int alias) implements Source {

        @Override
        public void write(SqlText out) {
            out.put("(").put(query).put(") AS T").number(alias);
        }
    }

    /** Rows that the statement brings itself. */
    record Rows(byte[] packed, int alias) implements Source {

        private static final SqlStatement.Name FUNCTION = new SqlStatement.Name(PackedRows.SCHEMA, PackedRows.FUNCTION);

        @Override
        public void write(SqlText out) {
            out.put("TABLE (")
                    .put(FUNCTION)
                    .put("(")
                    .bound(packed)
                    .put(")) AS T")
                    .number(alias);
        }
    }

    enum JoinKind {
        INNER,
        LEFT,
        RIGHT,
        CROSS
    }

    /** The condition is null for CROSS. */
    record Join(JoinKind kind, Source left, Source right, Sql condition) implements Source {

        @Override
        public void write(SqlText out) {
            boolean brackets = right instanceof Join;
            out.put(left).put(" ").put(kind.name()).put(" JOIN ");
            out.put(brackets ? "(" : "").put(right).put(brackets ? ")" : "");
            if (condition != null) {
                out.put(" ON ").put(condition);
            }
        }
    }
}
