package org.parley.sql.print;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.parley.sql.ast.Expression;
import org.parley.sql.ast.ObjectName;
import org.parley.sql.ast.Position;

/** Draws the small parts of random trees. */
class Dice {

    private static final String[] NAMES = {
        "a",
        "Orders",
        "Order Details",
        "//parley.test/a",
        "a]b",
        "DEFAULT",
        "select",
        "Send",
        "Été",
        "#t",
        "x\"y",
        "日本",
        "it's",
        "_x1",
        "ANY",
        "status",
        "N",
        "a.b",
        "x$1",
        "GO",
        "--",
        "/*",
        "conversation_handle",
        "\uD83D\uDE00",
        " ",
        "0x1",
        "get"
    };
    private static final String[] TEXTS = {
        "",
        "a",
        "it's",
        "''",
        "--",
        "/*",
        "GO\nGO",
        "\n",
        "]",
        "\"",
        "日本",
        "\uD83D\uDE00",
        "N'x'",
        "CURRENT DATABASE",
        ";"
    };

    private final Random random;

    Dice(long seed) {
        random = new Random(seed);
    }

    boolean yes() {
        return random.nextBoolean();
    }

    /** Once in so many times. */
    boolean rarely(int times) {
        return random.nextInt(times) == 0;
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    @SafeVarargs
    final <T> T pick(T... all) {
        return all[random.nextInt(all.length)];
    }

    @SafeVarargs
    final <T> T one(Supplier<? extends T>... all) {
        return all[random.nextInt(all.length)].get();
    }

    <T> T maybe(Supplier<T> made) {
        return yes() ? made.get() : null;
    }

    Boolean maybeOn() {
        return maybe(this::yes);
    }

    <T> List<T> list(int least, Supplier<? extends T> each) {
        List<T> made = new ArrayList<>();
        int size = least + random.nextInt(3);
        for (int i = 0; i < size; i++) {
            made.add(each.get());
        }
        return made;
    }

    String name() {
        return pick(NAMES);
    }

    String text() {
        return pick(TEXTS);
    }

    ObjectName objectName() {
        return objectName(4);
    }

    ObjectName objectName(int most) {
        List<String> parts = new ArrayList<>();
        int size = 1 + random.nextInt(most);
        for (int i = 0; i < size; i++) {
            boolean inside = i > 0 && i < size - 1;
            parts.add(inside && rarely(3) ? "" : name());
        }
        return new ObjectName(parts);
    }

    String variable() {
        return pick("@h", "@x1", "@Été", "@a$b", "@#", "@select", "@_");
    }

    String word() {
        return pick("QUEUE_ACTIVATION", "BROKER_QUEUE_DISABLED", "AUDIT_LOGIN", "STATUS");
    }

    Expression.Number number() {
        return new Expression.Number(
                pick("0", "5", "0042", "5.20", ".5", "7.", "1e3", "1.5E-7", "99999999999999999999"));
    }

    Expression.Number whole() {
        return new Expression.Number(pick("0", "5", "32767", "99999999999999999999"));
    }

    Expression constant() {
        return one(
                this::number,
                () -> new Expression.Unary("-", number()),
                () -> new Expression.Text(text(), yes()),
                () -> new Expression.Bytes(pick("", "00", "CAFE01")),
                Expression.Null::new,
                () -> new Expression.Variable(Position.NONE, variable()),
                () -> new Expression.SystemVariable(Position.NONE, pick("@@ROWCOUNT", "@@ERROR", "@@TRANCOUNT")));
    }
}
