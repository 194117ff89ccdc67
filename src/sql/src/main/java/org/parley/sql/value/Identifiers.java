package org.parley.sql.value;

import java.nio.ByteBuffer;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Values of type uniqueidentifier, whose bytes Transact-SQL has in its own order: the first three groups lowest byte first. */
final class Identifiers {

    static final int BYTES = 16;

    /** Only the first 36 characters are looked at, or 38 in braces, as in Transact-SQL. */
    private static final Pattern TEXT = Pattern.compile(
            "\\s*(?:\\{([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})\\}|([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})).*",
            Pattern.DOTALL);

    private Identifiers() {}

    static UUID convert(Value value) {
        return switch (value.type().family()) {
            case IDENTIFIER -> (UUID) value.content();
            case TEXT -> parse(value);
            case BYTES -> of(value);
            default -> throw new IllegalStateException(value.type() + " is no uniqueidentifier");
        };
    }

    private static UUID parse(Value value) {
        Matcher matcher = TEXT.matcher((String) value.content());
        if (!matcher.matches()) {
            throw Conversion.failed(8169, value, SqlType.UNIQUEIDENTIFIER);
        }
        return UUID.fromString(matcher.group(1) != null ? matcher.group(1) : matcher.group(2));
    }

    private static UUID of(Value value) {
        byte[] bytes = (byte[]) value.content();
        if (bytes.length < BYTES) {
            throw Conversion.failed(8169, value, SqlType.UNIQUEIDENTIFIER);
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        long first = Integer.toUnsignedLong(Integer.reverseBytes(buffer.getInt()));
        long second = Short.toUnsignedLong(Short.reverseBytes(buffer.getShort()));
        long third = Short.toUnsignedLong(Short.reverseBytes(buffer.getShort()));
        return new UUID(first << 32 | second << 16 | third, buffer.getLong());
    }

    static byte[] bytes(UUID id) {
        long high = id.getMostSignificantBits();
        return ByteBuffer.allocate(BYTES)
                .putInt(Integer.reverseBytes((int) (high >> 32)))
                .putShort(Short.reverseBytes((short) (high >> 16)))
                .putShort(Short.reverseBytes((short) high))
                .putLong(id.getLeastSignificantBits())
                .array();
    }

    /** Transact-SQL orders them by the last group first, byte by byte from the left of each group, groups from the right. */
    static int compare(UUID one, UUID other) {
        byte[] left = bytes(one);
        byte[] right = bytes(other);
        for (int place : ORDER) {
            int difference = Byte.compareUnsigned(left[place], right[place]);
            if (difference != 0) {
                return difference;
            }
        }
        return 0;
    }

    private static final int[] ORDER = {10, 11, 12, 13, 14, 15, 8, 9, 6, 7, 4, 5, 0, 1, 2, 3};
}
