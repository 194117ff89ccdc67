package org.parley.sql.run;

import java.util.List;
import org.parley.ScriptMessage;
import org.parley.sql.ScriptError;
import org.parley.sql.ast.ControlStatement.Print;
import org.parley.sql.ast.ControlStatement.RaiseError;
import org.parley.sql.ast.ControlStatement.Throw;
import org.parley.sql.ast.Expression;
import org.parley.sql.value.MessageFormat;
import org.parley.sql.value.SqlType;
import org.parley.sql.value.Value;

/** PRINT, RAISERROR, THROW. */
final class MessageRunner {

    private static final int OWN_TEXT = 50_000;
    private static final int FIRST_OWN_NUMBER = 13_000;
    private static final int INFORMATION = 10;
    private static final int HIGHEST_LEVEL = 19;
    private static final int HIGHEST_UNLOGGED = 18;
    private static final int HIGHEST_STATE = 255;
    private static final int LEVEL_OF_THROW = 16;
    private static final int LONGEST_PRINT = 8_000;

    private final ScriptRun run;

    MessageRunner(ScriptRun run) {
        this.run = run;
    }

    void register(Steps steps) {
        steps.doing(Print.class, run.state(), this::print);
        steps.flowing(RaiseError.class, this::raise);
        steps.flowing(Throw.class, this::throwError);
    }

    private long print(Print print) {
        String text = run.text(print.text());
        String shown = text == null ? "" : text.substring(0, Math.min(text.length(), LONGEST_PRINT));
        run.report(new ScriptMessage(0, 0, 1, print.at().line(), run.frame().procedure(), shown));
        return 0;
    }

    private Flow raise(RaiseError statement) {
        int level = Math.max(0, number(statement.severity(), "severity"));
        int wanted = number(statement.state(), "state");
        int state = wanted < 0 ? 1 : Math.min(wanted, HIGHEST_STATE);
        if (level > HIGHEST_LEVEL
                || level > HIGHEST_UNLOGGED && !statement.options().contains("LOG")) {
            throw new ScriptError(
                    2754,
                    "RAISERROR with severity " + level + ": allowed are 0 to " + HIGHEST_UNLOGGED + ", and "
                            + HIGHEST_LEVEL + " WITH LOG.");
        }
        ScriptMessage message = new ScriptMessage(
                OWN_TEXT, level, state, statement.at().line(), run.frame().procedure(), text(statement, level, state));
        boolean sets = statement.options().contains("SETERROR");
        if (level > INFORMATION) {
            run.raise(message, Consequence.NOTHING, null);
        } else {
            run.report(message);
            run.state().ended(sets ? OWN_TEXT : 0, 0);
        }
        return Flow.NEXT;
    }

    private int number(Expression expression, String what) {
        Value value = run.value(expression, SqlType.INT);
        if (value.isNull()) {
            throw new ScriptError(2732, "RAISERROR needs a " + what + "; it is NULL.");
        }
        return (Integer) value.content();
    }

    private String text(RaiseError statement, int level, int state) {
        Value message = run.value(statement.message());
        if (message.type().isNumber()) {
            throw unknown(number(statement.message(), "message"), level, state);
        }
        List<Value> values = statement.arguments().stream().map(run::value).toList();
        String format = (String)
                run.value(statement.message(), SqlType.nvarchar(SqlType.MAX)).content();
        return format == null ? "" : MessageFormat.format(format, values);
    }

    private static ScriptError unknown(int number, int level, int state) {
        if (number < FIRST_OWN_NUMBER || number == OWN_TEXT) {
            return new ScriptError(
                    2732,
                    "RAISERROR with the number " + number + ": it must be from " + FIRST_OWN_NUMBER
                            + " to 2147483647 and can't be " + OWN_TEXT + ".");
        }
        return new ScriptError(
                18054,
                "RAISERROR with the number " + number + ", severity " + level + ", state " + state
                        + ": there is no message of this number; give the text itself.");
    }

    private Flow throwError(Throw statement) {
        if (statement.number() == null) {
            ScriptMessage handled = run.state().handled();
            if (handled == null) {
                throw new CompileError(
                        10704, statement.at(), "THROW without an error is only allowed inside of CATCH.");
            }
            run.raise(handled, Consequence.BATCH, null);
            return Flow.NEXT;
        }
        Value number = run.value(statement.number(), SqlType.INT);
        Value state = run.value(statement.state(), SqlType.INT);
        if (number.isNull() || (Integer) number.content() < OWN_TEXT) {
            throw new ScriptError(
                    35100,
                    "THROW with the number " + number.content() + ": it must be from " + OWN_TEXT + " to 2147483647.");
        }
        String text = run.text(statement.message());
        run.raise(
                new ScriptMessage(
                        (Integer) number.content(),
                        LEVEL_OF_THROW,
                        state.isNull() ? 1 : Math.max(0, Math.min((Integer) state.content(), HIGHEST_STATE)),
                        statement.at().line(),
                        run.frame().procedure(),
                        text == null ? "" : MessageFormat.shortened(text)),
                Consequence.BATCH,
                null);
        return Flow.NEXT;
    }
}
