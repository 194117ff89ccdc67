package org.parley.cli.format;

/** What rows can look like. */
public enum Format {
    /** Aligned columns, for people. */
    TABLE,
    /** Comma-separated values, as RFC 4180 says. */
    CSV,
    /** A JSON object on a line for each row. */
    JSON;

    /**
     * A writer of that form.
     *
     * @param maxWidth columns of the screen that a value of a table may take; 0 for all it needs
     */
    public RowWriter writer(int maxWidth) {
        return switch (this) {
            case TABLE -> new TableWriter(maxWidth);
            case CSV -> new CsvWriter();
            case JSON -> new JsonWriter();
        };
    }
}
