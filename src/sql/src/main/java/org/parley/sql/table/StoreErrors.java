package org.parley.sql.table;

import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.parley.BrokerException;
import org.parley.sql.ScriptError;

/** From the store's errors to those of Transact-SQL. */
final class StoreErrors {

    private static final Pattern QUOTED = Pattern.compile("'([^']*)'");

    private static final Pattern QUALIFIED =
            Pattern.compile("(?:T\\d+|[A-Z]+|\"[^\"]+\")\\.([A-Za-z_0-9]+|\"[^\"]+\")");
    private static final Pattern KEY = Pattern.compile("for key (\\(.*\\))\\.");
    private static final Pattern TYPE = Pattern.compile("type ([A-Z]+)");

    private StoreErrors() {}

    /** The error of a statement; what the engine has thrown comes out as it is. */
    static BrokerException translate(SQLException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof BrokerException known) {
                return known;
            }
        }
        for (SQLException each = e; each != null; each = each.getNextException()) {
            for (Throwable cause = each.getCause(); cause != null; cause = cause.getCause()) {
                if (cause instanceof SQLException inner && isEngines(inner)) {
                    return new ScriptError(inner.getErrorCode(), 16, 1, inner.getMessage(), e);
                }
            }
        }
        if (isEngines(e)) {
            return new ScriptError(e.getErrorCode(), 16, 1, e.getMessage(), e);
        }
        return of(e);
    }

    /** The store's own errors have a severity for a number, a multiple of ten thousand; the engine's have a number. */
    private static boolean isEngines(SQLException e) {
        return e.getErrorCode() > 0 && e.getErrorCode() % 10_000 != 0;
    }

    private static ScriptError of(SQLException e) {
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        return switch (state) {
            case "23505" ->
                error(
                        e,
                        2627,
                        "A row with the same key exists: constraint or index %s of table %s allows each only once.");
            case "23502" -> error(e, 515, "Column %s can't be NULL and no value is given.");
            case "23503", "23504" -> error(e, 547, "Foreign key %2$s forbids this change of table %1$s, key %3$s.");
            case "23513" -> error(e, 547, "The check constraint %s forbids these values.");
            case "42X05", "42Y55", "42Y07" -> error(e, 208, "There is no table, view or queue %s.");
            case "42X04", "42X14" -> error(e, 207, "There is no column %s.");
            case "42Y36", "42Y35", "42X79", "42Y30" ->
                error(e, 8120, "Column %s must stand in GROUP BY or inside an aggregate.");
            case "42903", "42Y41" -> error(e, 147, "An aggregate can't stand there.");
            case "42802", "42X06" -> error(e, 213, "The number of values isn't that of the columns.");
            case "X0Y32" -> error(e, 2714, "There is already an index or constraint %1$s.");
            case "X0Y25", "X0Y26" -> error(e, 3726, "Another object depends on it: %3$s needs %2$s.");
            case "XCL48" -> error(e, 4712, "Table %s can't be truncated: foreign keys of other tables refer to it.");
            case "X0X95" -> error(e, 3702, "It is in use by an open result of this session.");
            case "22001" -> error(e, 2628, "Text or bytes are too long for their column: %1$s would be cut off.");
            case "22003" -> error(e, 8115, "A number is out of the range of its type, %s.");
            case "22012" -> error(e, 8134, "Division by zero.");
            case "22018" -> error(e, 245, "Text of a column can't be converted to %s.");
            case "22007", "22008" -> error(e, 241, "Text of a column is no date or time as the store writes it: %s.");
            case "22011" -> error(e, 537, "A length or start of SUBSTRING, LEFT or RIGHT is negative.");
            case "21000" -> error(e, 512, "A query that stands for one value gives several rows.");
            case "42818", "42X61" -> error(e, 402, "The types %s and %s can't be compared with each other.");
            case "X0X67" -> error(e, 306, "Type %s can't be sorted, grouped or indexed.");
            case "42734", "42X12" -> error(e, 2705, "Column name %s stands twice.");
            case "42831", "42Z20" -> error(e, 8111, "Column %s of a primary key can't be nullable.");
            case "X0Y44" -> error(e, 1776, "The foreign key %s refers to columns that aren't a key of their table.");
            case "42Z23" -> error(e, 8102, "Column %s has IDENTITY and can't be changed.");
            case "40001" -> error(e, 1205, "The transaction was the victim of a deadlock and has been rolled back.");
            case "40XL1", "40XL2" -> error(e, 1222, "A lock wasn't to be had in time.");
            default -> new ScriptError(50003, 16, 1, "The store refuses it: " + e.getMessage() + " (" + state + ")", e);
        };
    }

    /** An error whose text names what the store's text has in quotation marks, in that order, or else the type it tells of. */
    private static ScriptError error(SQLException e, int number, String text) {
        Object[] names = {"?", "?", "?", "?"};
        String said = String.valueOf(e.getMessage());
        Matcher at = QUOTED.matcher(said);
        for (int i = 0; i < names.length && at.find(); i++) {
            names[i] = "'" + last(at.group(1)) + "'";
        }
        Matcher key = KEY.matcher(said);
        if (key.find()) {
            names[2] = key.group(1);
        }
        Matcher type = TYPE.matcher(said);
        if (names[0].equals("?") && type.find()) {
            StoredType stored = StoredType.read(type.group(1));
            names[0] = stored == null ? type.group(1) : stored.seen().toString();
        }
        return new ScriptError(number, 16, 1, String.format(text, names), e);
    }

    /** A name without the aliases and schemas that the translation has put before it. */
    private static String last(String name) {
        Matcher qualified = QUALIFIED.matcher(name);
        return qualified.matches() ? qualified.group(1).replace("\"", "") : name;
    }
}
