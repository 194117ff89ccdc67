package org.parley.cli.format;

import java.io.PrintWriter;
import org.parley.ScriptOutput;

/** Writes what a script gives, one output after the other. */
public interface RowWriter {

    /** Writes rows with the names of their columns. */
    void rows(ScriptOutput.Rows rows, PrintWriter out);

    /** Writes what was said and is no error. */
    void said(String text, PrintWriter out);

    /** Writes how many rows a statement affected. */
    void affected(long rows, PrintWriter out);
}
