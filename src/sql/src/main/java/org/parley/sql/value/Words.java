package org.parley.sql.value;

/** Values in messages: long ones are shortened, so that a message is no longer than what it is about is worth. */
final class Words {

    private static final int MOST = 100;

    private Words() {}

    static String of(Value value) {
        if (value.isNull()) {
            return "NULL";
        }
        return switch (value.type().family()) {
            case TEXT, XML, IDENTIFIER, DATE, TIME, DATETIME, DATETIME2 ->
                "'"
                        + shortened((String)
                                whole(value, SqlType.nvarchar(SqlType.MAX)).content()) + "'";
            case BYTES -> shortened("0x" + Bytes.hex((byte[]) value.content()));
            default -> shortened(ToText.plain(value));
        };
    }

    private static Value whole(Value value, SqlType text) {
        return value.content() instanceof String ? value : Conversion.explicit(value, text, null);
    }

    static String shortened(String text) {
        if (text.length() <= MOST) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(MOST - 1)) ? MOST - 1 : MOST;
        return text.substring(0, end) + "...";
    }
}
