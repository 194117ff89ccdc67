package org.parley.cli;

import java.io.InputStream;
import java.io.PrintWriter;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jline.terminal.Terminal;

/**
 * What a command talks to: the standard streams of the process, or a test's.
 *
 * @param in standard input
 * @param out standard output
 * @param err standard error
 * @param terminal opens the terminal at which somebody sits; null when standard input or output is none
 * @param environment variables of the process
 * @param password asks for a password without showing it, with the prompt that is given; null when nobody answers
 */
record Console(
        InputStream in,
        PrintWriter out,
        PrintWriter err,
        Supplier<Terminal> terminal,
        Map<String, String> environment,
        Function<String, char[]> password) {}
