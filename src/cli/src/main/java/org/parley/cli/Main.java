package org.parley.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/** Where the process begins and ends. */
public final class Main {

    private Main() {}

    /** Runs the command and exits with its status. */
    public static void main(String[] args) {
        System.exit(ArchivedJava.run(args).orElseGet(() -> run(args)));
    }

    private static int run(String[] args) {
        // newer Javas would answer with a console of their own when there is no terminal
        System.setProperty("jdk.console", "java.base");
        java.io.Console terminal = System.console();
        // a file or a pipe gets the same bytes on every machine
        Charset charset = terminal == null ? StandardCharsets.UTF_8 : terminal.charset();
        Console console = new Console(
                System.in,
                writer(FileDescriptor.out, charset),
                writer(FileDescriptor.err, charset),
                terminal == null ? null : Main::openTerminal,
                System.getenv(),
                prompt -> terminal == null ? null : terminal.readPassword("%s", prompt));
        int status = ParleyCommand.run(console, args);
        console.out().flush();
        console.err().flush();
        return status;
    }

    private static Terminal openTerminal() {
        try {
            return TerminalBuilder.builder().build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static PrintWriter writer(FileDescriptor stream, Charset charset) {
        OutputStream bytes = new FileOutputStream(stream);
        return new PrintWriter(bytes, false, charset);
    }
}
