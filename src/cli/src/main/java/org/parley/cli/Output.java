package org.parley.cli;

import org.parley.cli.format.Format;
import org.parley.cli.format.RowWriter;
import picocli.CommandLine.Option;

/** Options of every command that shows rows: how. */
final class Output {

    @Option(
            names = "--format",
            paramLabel = "table|csv|json",
            defaultValue = "table",
            description =
                    "What rows look like: an aligned table, CSV, or a JSON object a line; else PARLEY_FORMAT, else table.")
    private Format format;

    @Option(
            names = "--max-width",
            paramLabel = "COLUMNS",
            defaultValue = "0",
            description = "Cuts longer values of a table; 0, the default, cuts nothing.")
    private int maxWidth;

    RowWriter writer() {
        return format.writer(maxWidth);
    }

    Format format() {
        return format;
    }
}
