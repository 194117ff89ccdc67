package org.parley.sql.value;

/**
 * A type of the statement language.
 *
 * @param base which one
 * @param length characters or bytes, {@link #MAX} for max; 0 where it has none
 * @param precision digits in all, or fractional digits of a time; 0 where it has none
 * @param scale digits behind the point; 0 where it has none
 */
public record SqlType(Base base, int length, int precision, int scale) {

    /** Length of {@code nvarchar(max)}. */
    public static final int MAX = -1;

    /** All types, each with the Java class of its values. */
    public enum Base {
        /** The type of NULL alone. */
        NULL(Void.class),
        BIT(Boolean.class),
        TINYINT(Integer.class),
        SMALLINT(Integer.class),
        INT(Integer.class),
        BIGINT(Long.class),
        DECIMAL(java.math.BigDecimal.class),
        MONEY(java.math.BigDecimal.class),
        REAL(Double.class),
        FLOAT(Double.class),
        CHAR(String.class),
        VARCHAR(String.class),
        NCHAR(String.class),
        NVARCHAR(String.class),
        /** A name: nvarchar(128), never null. */
        SYSNAME(String.class),
        BINARY(byte[].class),
        VARBINARY(byte[].class),
        UNIQUEIDENTIFIER(java.util.UUID.class),
        DATE(java.time.LocalDate.class),
        TIME(java.time.LocalTime.class),
        DATETIME(java.time.LocalDateTime.class),
        DATETIME2(java.time.LocalDateTime.class),
        /** The text of a document or fragment. */
        XML(String.class);

        private final Class<?> content;

        Base(Class<?> content) {
            this.content = content;
        }

        /** Class of its values. */
        public Class<?> content() {
            return content;
        }
    }
}
