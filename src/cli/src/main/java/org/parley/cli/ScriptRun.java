package org.parley.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import org.parley.BrokerException;
import org.parley.LocalConnection;
import org.parley.ScriptMessage;
import org.parley.ScriptOutput;
import org.parley.cli.format.RowWriter;

/** Runs scripts on one connection and shows what they give as it comes. */
final class ScriptRun {

    private final LocalConnection connection;
    private final RowWriter writer;
    private final PrintWriter out;
    private final PrintWriter err;
    private final boolean untilError;

    /**
     * Something that runs scripts.
     *
     * @param out takes rows, counts and what is said
     * @param err takes errors
     * @param untilError whether the first error ends a script
     */
    ScriptRun(LocalConnection connection, RowWriter writer, PrintWriter out, PrintWriter err, boolean untilError) {
        this.connection = connection;
        this.writer = writer;
        this.out = out;
        this.err = err;
        this.untilError = untilError;
    }

    /** Leaves a script where it stands. */
    private static final class Ended extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Ended() {
            super(null, null, false, false);
        }
    }

    /** Runs a script; false when it was ended before its end. */
    boolean run(String script) {
        try {
            connection.channel().execute(script, this::show);
            return true;
        } catch (Ended e) {
            return false;
        }
    }

    /** Runs the script of a file; one that can't be read is an error like those of scripts. */
    boolean run(Path file) {
        String script;
        try {
            script = ScriptText.of(file);
        } catch (BrokerException e) {
            err.println(ParleyCommand.message(e));
            err.flush();
            return !untilError;
        }
        return run(script);
    }

    private void show(ScriptOutput output) {
        if (output instanceof ScriptOutput.Rows rows) {
            writer.rows(rows, out);
        } else if (output instanceof ScriptOutput.Affected affected) {
            writer.affected(affected.rows(), out);
        } else if (output instanceof ScriptOutput.Said said) {
            say(said.message());
        }
        // the reader of a pipe may have gone, as head does
        if (out.checkError()) {
            throw new Ended();
        }
    }

    private void say(ScriptMessage message) {
        if (!message.isError()) {
            writer.said(message.toString(), out);
            return;
        }
        out.flush();
        err.println(message);
        err.flush();
        if (untilError) {
            throw new Ended();
        }
    }
}
