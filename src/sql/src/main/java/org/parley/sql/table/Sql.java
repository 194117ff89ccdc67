package org.parley.sql.table;

import java.util.List;
import org.parley.sql.value.Value;

/**
 * Expressions of the store's SQL, as far as scripts are translated into it. A script's text can't get into a statement but as
 * the value of a {@link Parameter} or as a name, which is always written as a delimited identifier; all else are enums and numbers.
 */
sealed interface Sql extends SqlText.Part {

    /** A column; the source is the number of its alias, or {@link #ALONE}. */
    record Column(int source, String name) implements Sql {

        /** Where a column is named alone, as in CHECK. */
        static final int ALONE = 0;

        @Override
        public void write(SqlText out) {
            if (source != ALONE) {
                out.put("T").number(source).put(".");
            }
            out.identifier(name);
        }
    }

    /** A value, bound when the statement runs. */
    record Parameter(Value value, StoredType type) implements Sql {

        @Override
        public void write(SqlText out) {
            out.put("CAST(");
            if (out.writesValues()) {
                out.literal(value);
            } else {
                out.bound(this);
            }
            out.put(" AS ").put(type).put(")");
        }
    }

    /** A value as it is, in what the store keeps as text. */
    record Literal(Value value) implements Sql {

        @Override
        public void write(SqlText out) {
            out.literal(value);
        }
    }

    /** A whole number as it is: what GROUP BY repeats must be the same, as parameters never are. */
    record Whole(long number) implements Sql {

        @Override
        public void write(SqlText out) {
            out.put(number < 0 ? "(" : "").number(number).put(number < 0 ? ")" : "");
        }
    }

    /** What is said with one word. */
    enum Word implements Sql {
        DEFAULT,
        CURRENT_TIMESTAMP;

        @Override
        public void write(SqlText out) {
            out.put(name());
        }
    }

    enum Operator implements SqlText.Part {
        ADD("+"),
        SUBTRACT("-"),
        MULTIPLY("*"),
        DIVIDE("/"),
        CONCATENATE("||"),
        EQUAL("="),
        UNEQUAL("<>"),
        LESS("<"),
        LESS_OR_EQUAL("<="),
        GREATER(">"),
        GREATER_OR_EQUAL(">="),
        AND("AND"),
        OR("OR");

        private final String text;

        Operator(String text) {
            this.text = text;
        }

        @Override
        public void write(SqlText out) {
            out.put(text);
        }
    }

    record Infix(Operator operator, Sql left, Sql right) implements Sql {

        @Override
        public void write(SqlText out) {
            out.put("(").put(left).put(" ").put(operator).put(" ").put(right).put(")");
        }
    }

    record Not(Sql operand) implements Sql {

        @Override
        public void write(SqlText out) {
            out.put("(NOT ").put(operand).put(")");
        }
    }

    record Negative(Sql operand) implements Sql {

        @Override
        public void write(SqlText out) {
            out.put("(- ").put(operand).put(")");
        }
    }

    record IsNull(Sql operand, boolean negated) implements Sql {

        @Override
        public void write(SqlText out) {
            out.put("(").put(operand).put(negated ? " IS NOT NULL)" : " IS NULL)");
        }
    }

    record In(Sql operand, List<Sql> list, boolean negated) implements Sql {

        @Override
        public void write(SqlText out) {
            out.put("(")
                    .put(operand)
                    .put(negated ? " NOT IN (" : " IN (")
                    .list(list)
                    .put("))");
        }
    }

    record InQuery(Sql operand, SqlQuery query, boolean negated) implements Sql {

        @Override
        public void write(SqlText out) {
            out.put("(")
                    .put(operand)
                    .put(negated ? " NOT IN (" : " IN (")
                    .put(query)
                    .put("))");
        }
    }

    record Exists(SqlQuery query) implements Sql {

        @Override
        public void write(SqlText out) {
            out.put("EXISTS (").put(query).put(")");
        }
    }

    record Scalar(SqlQuery query) implements Sql {

        @Override
        public void write(SqlText out) {
            out.put("(").put(query).put(")");
        }
    }

    /** The escape is null when there is none. */
    record Like(Sql operand, Sql pattern, Sql escape, boolean negated) implements Sql {

        @Override
        public void write(SqlText out) {
            out.put("(").put(operand).put(negated ? " NOT LIKE " : " LIKE ").put(pattern);
            if (escape != null) {
                out.put(" ESCAPE ").put(escape);
            }
            out.put(")");
        }
    }

    /** The last value is null when there is no ELSE. */
    record Case(List<When> whens, Sql otherwise) implements Sql {

        @Override
        public void write(SqlText out) {
            out.put("CASE");
            whens.forEach(out::put);
            if (otherwise != null) {
                out.put(" ELSE ").put(otherwise);
            }
            out.put(" END");
        }
    }

    record When(Sql condition, Sql value) implements SqlText.Part {

        @Override
        public void write(SqlText out) {
            out.put(" WHEN ").put(condition).put(" THEN ").put(value);
        }
    }

    record Cast(Sql operand, StoredType type) implements Sql {

        @Override
        public void write(SqlText out) {
            out.put("CAST(").put(operand).put(" AS ").put(type).put(")");
        }
    }

    /** Functions of the store that are called by name. */
    enum Function {
        ABS,
        CEIL,
        CHAR,
        COALESCE,
        DAY,
        DOUBLE,
        EXP,
        FLOOR,
        HOUR,
        LENGTH,
        LN,
        LOCATE,
        LOG10,
        LOWER,
        LTRIM,
        MINUTE,
        MOD,
        MONTH,
        NULLIF,
        RTRIM,
        SECOND,
        SIGN,
        SQRT,
        SUBSTR,
        UPPER,
        YEAR
    }

    record Call(Function function, List<Sql> arguments) implements Sql {

        static Call of(Function function, Sql... arguments) {
            return new Call(function, List.of(arguments));
        }

        @Override
        public void write(SqlText out) {
            out.put(function.name()).put("(").list(arguments).put(")");
        }
    }

    /** Parts of a time, as the store names them. */
    enum Unit {
        FRAC_SECOND,
        SECOND,
        MINUTE,
        HOUR,
        DAY,
        WEEK,
        MONTH,
        QUARTER,
        YEAR
    }

    record AddTime(Unit unit, Sql count, Sql time) implements Sql {

        @Override
        public void write(SqlText out) {
            out.put("{fn TIMESTAMPADD(SQL_TSI_")
                    .put(unit.name())
                    .put(", ")
                    .put(count)
                    .put(", ")
                    .put(time)
                    .put(")}");
        }
    }

    record TimeBetween(Unit unit, Sql from, Sql to) implements Sql {

        @Override
        public void write(SqlText out) {
            out.put("{fn TIMESTAMPDIFF(SQL_TSI_")
                    .put(unit.name())
                    .put(", ")
                    .put(from)
                    .put(", ")
                    .put(to)
                    .put(")}");
        }
    }

    enum Aggregation {
        COUNT,
        SUM,
        MIN,
        MAX,
        AVG,
        STDDEV_SAMP,
        STDDEV_POP,
        VAR_SAMP,
        VAR_POP
    }

    /** The operand is null for all rows. */
    record Aggregate(Aggregation function, Sql operand, boolean distinct) implements Sql {

        @Override
        public void write(SqlText out) {
            out.put(function.name()).put(distinct ? "(DISTINCT " : "(");
            if (operand == null) {
                out.put("*");
            } else {
                out.put(operand);
            }
            out.put(")");
        }
    }
}
