package org.parley.sql.table;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.BiConsumer;
import org.parley.sql.value.Value;

/**
 * The text of a statement for the store as it is written, with a question mark for each value. What writes into it are the
 * types of {@link Sql} and their like; a script's text gets in as a delimited identifier or not at all.
 */
final class SqlText {

    private final StringBuilder text = new StringBuilder();
    private final List<Object> parameters = new ArrayList<>();
    private final boolean values;

    private SqlText(boolean values) {
        this.values = values;
    }

    /** A statement is written. */
    static SqlText of(SqlStatement statement) {
        return new SqlText(statement.writesValues()).put(statement);
    }

    /** Whether values are written as they are, and no question marks for them. */
    boolean writesValues() {
        return values;
    }

    /** What can be written. */
    @FunctionalInterface
    interface Part {
        void write(SqlText out);
    }

    /** Words of the store's language; never a script's. */
    SqlText put(String words) {
        text.append(words);
        return this;
    }

    SqlText put(Part part) {
        part.write(this);
        return this;
    }

    SqlText number(long number) {
        text.append(number);
        return this;
    }

    /** A name, delimited. */
    SqlText identifier(String name) {
        text.append('"').append(name.replace("\"", "\"\"")).append('"');
        return this;
    }

    SqlText identifiers(List<String> names) {
        return put("(").list(names, (out, name) -> out.identifier(name)).put(")");
    }

    SqlText list(List<? extends Part> parts) {
        return list(parts, (out, part) -> part.write(out));
    }

    <T> SqlText list(List<T> all, BiConsumer<SqlText, T> each) {
        for (int i = 0; i < all.size(); i++) {
            put(i == 0 ? "" : ", ");
            each.accept(this, all.get(i));
        }
        return this;
    }

    /** A question mark for a value: a {@link Sql.Parameter}, a number of rows, packed rows. */
    SqlText bound(Object value) {
        parameters.add(value);
        return put("?");
    }

    /** A value as the store reads it; text between quotes, each of its own quotes doubled. */
    SqlText literal(Value value) {
        Object content = value.content();
        if (content == null) {
            return put("NULL");
        }
        if (content instanceof byte[] bytes) {
            return put("X'").put(HexFormat.of().formatHex(bytes)).put("'");
        }
        if (content instanceof Double number) {
            return put(new BigDecimal(number).toPlainString()).put("E0");
        }
        if (content instanceof Number || content instanceof Boolean) {
            return put(Jdbc.text(content));
        }
        return put("'").put(Jdbc.text(content).replace("'", "''")).put("'");
    }

    /** What stands for the question marks, in their order. */
    List<Object> parameters() {
        return parameters;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
