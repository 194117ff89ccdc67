package org.parley.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * A Java that starts in half of the time. Most of a start is the loading of classes; Java takes them from an archive when an
 * option names it, and an executable jar can't name options. So where the archive that the build makes lies beside the jar, the
 * command goes on in a second process that is given it. Java passes over an archive that it or the jar doesn't fit.
 */
final class ArchivedJava {

    private static final String MARK = "parley.archived";

    private static final List<String> OPTIONS = List.of(
            "-Xshare:auto", "-Xlog:disable", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-D" + MARK + "=true");

    private ArchivedJava() {}

    /** The command's status; nothing when the command must go on in this process. */
    static OptionalInt run(String... args) {
        if (System.getProperty(MARK) != null || !startedPlainly()) {
            return OptionalInt.empty();
        }
        Path jar = Path.of(System.getProperty("java.class.path"));
        Path archive = jar.resolveSibling("parley.jsa");
        if (!Files.isRegularFile(archive)) {
            return OptionalInt.empty();
        }
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:SharedArchiveFile=" + archive);
        command.addAll(OPTIONS);
        command.add("-jar");
        command.add(jar.toString());
        command.addAll(List.of(args));
        try {
            Process process = new ProcessBuilder(command).inheritIO().start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroy, "parley-end"));
            return OptionalInt.of(process.waitFor());
        } catch (IOException e) {
            // this process can do the same, a little later
            return OptionalInt.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return OptionalInt.of(1);
        }
    }

    /** Whether it was started by {@code java -jar}: options for the JVM that somebody has given must not get lost. */
    private static boolean startedPlainly() {
        return ProcessHandle.current()
                .info()
                .arguments()
                .filter(arguments -> arguments.length > 0 && arguments[0].equals("-jar"))
                .isPresent();
    }
}
