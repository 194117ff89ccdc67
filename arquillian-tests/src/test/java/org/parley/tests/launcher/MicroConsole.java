package org.parley.tests.launcher;

import fish.payara.micro.BootstrapException;
import fish.payara.micro.ClusterCommandResult;
import fish.payara.micro.PayaraMicro;
import fish.payara.micro.boot.AdminCommandRunner;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Main class of a Payara Micro that is told by its standard input what to do while it runs: one administration command
 * a line, words separated by tabs. Each is answered by one line on the standard output. Ends with its input.
 */
public final class MicroConsole {

    /** A command of our own: lets the server's pooled threads forget what they were born with. */
    public static final String FORGET = "forget";

    /** Begins each answer; the rest is the exit status, a tab, and the output with line ends as {@code \n}. */
    public static final String ANSWER = "#answer ";

    private MicroConsole() {}

    /** Takes the HTTP port, and settings to make before boot. */
    public static void main(String[] arguments) throws BootstrapException, IOException {
        AtomicReference<AdminCommandRunner> commands = new AtomicReference<>();
        PayaraMicro micro = PayaraMicro.getInstance();
        micro.setNoHazelcast(true);
        micro.setHttpPort(Integer.parseInt(arguments[0]));
        micro.setPreBootHandler(before -> {
            for (String setting : Arrays.copyOfRange(arguments, 1, arguments.length)) {
                before.run("set", setting);
            }
        });
        micro.setPostBootHandler(commands::set);
        micro.bootStrap();
        answer("READY", "");
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = input.readLine(); line != null; line = input.readLine()) {
            run(commands.get(), line.split("\t"));
        }
        micro.shutdown();
        System.exit(0);
    }

    private static void run(AdminCommandRunner commands, String[] words) {
        try {
            if (words[0].equals(FORGET)) {
                forget();
                answer("SUCCESS", "");
                return;
            }
            ClusterCommandResult result = commands.run(words[0], Arrays.copyOfRange(words, 1, words.length));
            String cause = result.getFailureCause() == null ? "" : "\n" + result.getFailureCause();
            answer(result.getExitStatus().name(), result.getOutput() + cause);
        } catch (ReflectiveOperationException | RuntimeException e) {
            answer("FAILURE", e.toString());
        }
    }

    /**
     * Two of Payara's pools have threads that stay for ever and keep what they were born with. The thread that stops
     * adapters has as its context the loader of the first it has stopped. Before Java 24 the five threads for work have the
     * protection domain of whoever asked for the work, so the loader of the adapter's own thin classes.
     */
    private static void forget() throws ReflectiveOperationException {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().equals("RA Shutdown")) {
                thread.setContextClassLoader(null);
            } else if (thread.getName().startsWith("orb-thread-pool")
                    && Runtime.version().feature() < 24) {
                Field domains = Thread.class.getDeclaredField("inheritedAccessControlContext");
                domains.setAccessible(true);
                domains.set(thread, null);
            }
        }
    }

    private static void answer(String status, String text) {
        System.out.println(ANSWER + status + "\t" + text.replace("\n", "\\n"));
    }
}
