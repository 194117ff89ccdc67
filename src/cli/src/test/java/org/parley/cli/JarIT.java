package org.parley.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.parley.Parley;
import org.parley.testkit.Eventually;

/** The finished jar, as a process of its own. */
class JarIT {

    private static final String JAR = System.getProperty("parley.jar");

    private static final String TWO_DATABASES = """
            CREATE DATABASE TargetDB
            GO
            USE TargetDB
            CREATE MESSAGE TYPE Request VALIDATION = WELL_FORMED_XML
            CREATE CONTRACT Sample (Request SENT BY INITIATOR)
            CREATE QUEUE TargetQueue
            CREATE SERVICE Target ON QUEUE TargetQueue (Sample)
            GO
            CREATE DATABASE InitiatorDB
            GO
            USE InitiatorDB
            CREATE MESSAGE TYPE Request VALIDATION = WELL_FORMED_XML
            CREATE CONTRACT Sample (Request SENT BY INITIATOR)
            CREATE QUEUE InitiatorQueue
            CREATE SERVICE Initiator ON QUEUE InitiatorQueue
            GO
            """;

    @TempDir
    Path directory;

    private record Ended(int status, String out, String err) {}

    private ProcessBuilder parley(String... arguments) {
        return parley(arguments, "-Xshare:auto");
    }

    private ProcessBuilder parley(String[] arguments, String option) {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), option, "-jar", JAR));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("PARLEY_") || name.equals("JAVA_TOOL_OPTIONS"));
        builder.environment().put("PARLEY_HOME", "home");
        builder.environment().put("LC_ALL", "C");
        return builder;
    }

    private Ended run(String input, String... arguments) throws IOException, InterruptedException {
        Path out = Files.createTempFile(directory, "out", "");
        Path err = Files.createTempFile(directory, "err", "");
        Process process = parley(arguments)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().close();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Ended(process.exitValue(), lines(out), lines(err));
    }

    private static String lines(Path file) throws IOException {
        return Files.readString(file).replace("\r\n", "\n");
    }

    @Test
    void holdsAllThatItNeeds() throws IOException {
        try (JarFile jar = new JarFile(JAR)) {
            Attributes manifest = jar.getManifest().getMainAttributes();

            assertThat(manifest.getValue(Attributes.Name.MAIN_CLASS)).isEqualTo("org.parley.cli.Main");
            assertThat(manifest.getValue(Attributes.Name.CLASS_PATH)).isNull();
            assertThat(jar.stream().map(Object::toString))
                    .contains("META-INF/services/org.parley.spi.EngineProvider")
                    .contains("META-INF/services/org.parley.spi.StatementLanguage")
                    .noneMatch(name -> name.matches("META-INF/.*\\.(SF|RSA|DSA)"));
        }
    }

    @Test
    void runsScriptsFromAPipeInUtf8WhateverTheLocale() throws Exception {
        Ended ended = run("PRINT N'größer 日本'\nGO\nSELECT 1 AS a\nGO\nRAISERROR('oh', 16, 1)\nGO\n", "sql");

        assertThat(ended.out()).isEqualTo("größer 日本\na\n-\n1\n\n(1 row affected)\n");
        assertThat(ended.err()).isEqualTo("Msg 50000, Level 16, State 1, Line 1\noh\n");
        assertThat(ended.status()).isZero();
    }

    @Test
    void tellsByItsStatusHowItWent() throws Exception {
        assertThat(run("", "--version").out()).matches("parley \\d+\\.\\d+\\.\\d+.*\n");
        assertThat(run("", "sql", "-q", "RAISERROR('oh', 16, 1)").status()).isZero();
        assertThat(run("", "sql", "-b", "-q", "RAISERROR('oh', 16, 1)").status())
                .isEqualTo(1);
        assertThat(run("", "sql", "--what").status()).isEqualTo(2);
        assertThat(run("", "queues", "--home", "nowhere").status()).isEqualTo(1);
        assertThat(run("", "databases", "--format", "csv").out()).contains("\nmaster,");
    }

    /**
     * A command takes less than a second on an idle machine with two processors. On one that others use as well no
     * clock can tell, so this holds what such a start consists of, which is the same on every machine: the classes that
     * are loaded from the jar, and the statements that the database compiles, each into a class of its own. Whoever
     * passes a bound should measure before raising it. That a command answers within a minute at all holds for every
     * test here.
     */
    @ParameterizedTest
    @CsvSource({
        "--version, 230, 0",
        "sql -q PRINT(1), 1650, 0",
        "databases, 1100, 0",
        "queues, 1420, 2",
        "conversations, 1420, 3",
        "transmission, 1420, 3",
        "diagnose --from Initiator --to Target --contract Sample, 1120, 0"
    })
    void startsWithFewClassesAndFewerStatements(String arguments, int mostClasses, int mostStatements)
            throws Exception {
        assertThat(run(TWO_DATABASES, "sql").err()).isEmpty();
        Process process = parley(arguments.split(" "), "-Xlog:class+load:file=loaded")
                .redirectOutput(directory.resolve("out").toFile())
                .redirectError(directory.resolve("err").toFile())
                .start();
        process.getOutputStream().close();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();

        List<String> loaded = Files.readAllLines(directory.resolve("loaded"));
        assertThat(loaded.stream().filter(line -> line.contains("parley.jar"))).hasSizeBetween(100, mostClasses);
        assertThat(loaded.stream().filter(line -> line.contains("org.apache.derby.exe.")))
                .hasSizeLessThanOrEqualTo(mostStatements);
    }

    @Test
    void goesOnInAJavaWithTheArchive() throws Exception {
        ProcessBuilder builder =
                parley("sql", "-b", "-q", "PRINT 'there'; THROW 50001, 'oh', 1").redirectErrorStream(true);
        builder.command().remove("-Xshare:auto");
        Process process = builder.start();
        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("there\nMsg 50001, Level 16, State 1, Line 1\noh\n");
        assertThat(process.waitFor()).isEqualTo(1);

        builder.command().subList(3, builder.command().size()).clear();
        builder.command().add("sql");
        Process asking = builder.start();
        Eventually.eventually()
                .holds(
                        "the second Java",
                        () -> asking.children()
                                .anyMatch(child ->
                                        child.info().commandLine().orElse("").contains("-XX:SharedArchiveFile=")));
        asking.getOutputStream().write("PRINT 'piped'\nGO\n".getBytes(StandardCharsets.UTF_8));
        asking.getOutputStream().close();
        assertThat(new String(asking.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("piped\n");
        assertThat(asking.waitFor()).isZero();
    }

    @Test
    void isToldWhoHoldsTheHome() throws Exception {
        try (Parley holder = Parley.open(directory.resolve("home"))) {
            assertThat(holder.server().databases()).isEmpty();

            Ended ended = run("", "databases");

            assertThat(ended.err())
                    .contains("Msg 50004", "process " + ProcessHandle.current().pid());
            assertThat(ended.status()).isEqualTo(1);
        }
    }

    @Test
    void outputComesWhileTheScriptRuns() throws Exception {
        Process process = parley("sql").start();
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            process.getOutputStream()
                    .write("PRINT 'first'\nGO\nWAITFOR DELAY '00:10:00'\nGO\n".getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().close();

            assertThat(out.readLine()).isEqualTo("first");
            assertThat(process.isAlive()).isTrue();
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void endsWhenNobodyReadsOn() throws Exception {
        Process process = parley("sql", "-q", "WHILE 1 = 1 PRINT 'again'").start();
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            assertThat(out.readLine()).isEqualTo("again");
        }

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(1);
    }
}
