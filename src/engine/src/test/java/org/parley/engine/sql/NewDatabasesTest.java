package org.parley.engine.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.parley.testkit.Eventually.eventually;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.parley.LocalConnection;
import org.parley.Parley;

/** CREATE DATABASE makes a database whole or not at all, and DROP DATABASE is rid of any. */
class NewDatabasesTest {

    private static final int KILLED = 9;
    private static final String BROKER = "a326e034-d4cf-4e8b-8d98-4d7e1926c904";
    private static final String CREATE =
            "CREATE DATABASE Desk WITH BROKER_INSTANCE = '" + BROKER + "', TRUSTWORTHY ON, DISABLE_BROKER";
    private static final String DESK = "SELECT LOWER(CAST(service_broker_guid AS varchar(36))), is_trustworthy_on,"
            + " is_broker_enabled FROM sys.databases WHERE name = 'Desk'";

    @TempDir
    Path home;

    /** How far the making of a database has come, as its files show it. */
    enum Stage {
        BEGUN {
            @Override
            boolean reached(Path home) throws IOException {
                return !copies(home).isEmpty();
            }
        },
        OPEN_UNDER_ANOTHER_NAME {
            @Override
            boolean reached(Path home) throws IOException {
                return copies(home).stream().anyMatch(copy -> Files.exists(copy.resolve("db.lck")));
            }
        },
        NAMED {
            @Override
            boolean reached(Path home) {
                return Files.exists(home.resolve("Desk"));
            }
        };

        abstract boolean reached(Path home) throws IOException;
    }

    private static List<Path> copies(Path home) throws IOException {
        try (Stream<Path> all = Files.list(home.resolve(".template"))) {
            return all.filter(each -> each.getFileName().toString().startsWith("new-"))
                    .toList();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aKillLeavesTheDatabaseAsItWasOrderedOrNone(Stage stage) throws Exception {
        try (Parley parley = Parley.open(home)) {
            parley.connect("here").close();
        }
        kill(stage);
        try (Parley parley = Parley.open(home);
                LocalConnection here = parley.connect("here")) {
            assertThat(copies(home)).isEmpty();
            if (parley.server().databasesInHome().contains("Desk")) {
                assertThat(Script.error(here, CREATE)).startsWith("1801 ");
                Script.run(here, "USE Desk; USE here");
            } else {
                Script.run(here, CREATE);
            }
            assertThat(Script.rows(here, DESK)).containsExactly(BROKER + "|1|0");
        }
    }

    private void kill(Stage stage) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Creator.class.getName(),
                        home.toString(),
                        stage.name())
                .inheritIO()
                .start();
        assertThat(process.waitFor()).isEqualTo(KILLED);
    }

    /** Makes the database and dies as soon as a stage is reached. */
    static final class Creator {

        private Creator() {}

        /** Takes the home and the stage. */
        public static void main(String[] arguments) {
            Path home = Path.of(arguments[0]);
            Stage stage = Stage.valueOf(arguments[1]);
            try (Parley parley = Parley.open(home);
                    LocalConnection here = parley.connect("here")) {
                Thread killer = new Thread(() -> dieAt(stage, home));
                killer.setDaemon(true);
                killer.start();
                here.execute(CREATE);
            }
        }

        private static void dieAt(Stage stage, Path home) {
            while (true) {
                try {
                    if (stage.reached(home)) {
                        Runtime.getRuntime().halt(KILLED);
                    }
                } catch (UncheckedIOException | IOException e) {
                    // a file went while it was looked at
                    Thread.onSpinWait();
                }
            }
        }
    }

    @Test
    void whatCannotBeSetLeavesNoDatabase() {
        try (Parley parley = Parley.open(home);
                LocalConnection here = parley.connect("here")) {
            String twin = "CREATE DATABASE Twin WITH BROKER_INSTANCE = '" + here.brokerInstance() + "'";
            assertThat(Script.error(here, twin)).startsWith("9772 ");
            assertThat(Script.error(here, twin + ", DISABLE_BROKER, ENABLE_BROKER"))
                    .startsWith("9772 ");
            assertThat(parley.server().databasesInHome()).containsExactly("here");
            assertThat(home.resolve("Twin")).doesNotExist();
            Script.run(here, twin + ", DISABLE_BROKER, HONOR_BROKER_PRIORITY ON");
            assertThat(Script.rows(
                            here,
                            "SELECT is_broker_enabled, is_honor_broker_priority_on FROM sys.databases"
                                    + " WHERE name = 'Twin'"))
                    .containsExactly("0|1");
            assertThat(Script.error(here, "ALTER DATABASE Twin SET ENABLE_BROKER"))
                    .startsWith("9772 ");
        }
    }

    @Test
    void aNewDatabaseWorksWithItsOptionsAtOnce() {
        try (Parley parley = Parley.open(home);
                LocalConnection here = parley.connect("here")) {
            Script.run(here, CREATE + "; USE Desk; CREATE QUEUE q; CREATE SERVICE s ON QUEUE q ([DEFAULT]);");
            String send = "DECLARE @h uniqueidentifier; BEGIN DIALOG @h FROM SERVICE s TO SERVICE 's'"
                    + " WITH ENCRYPTION = OFF; SEND ON CONVERSATION @h (N'x');";
            Script.run(here, send);
            assertThat(Script.rows(here, "SELECT status FROM q")).isEmpty();
            Script.run(here, "ALTER DATABASE Desk SET ENABLE_BROKER;" + send);
            eventually()
                    .holds(
                            "both messages, also the one that waited",
                            () -> Script.rows(here, "SELECT status FROM q").size() == 2);
        }
    }

    @Test
    void aDatabaseThatCannotBeOpenedIsDropped() throws IOException {
        try (Parley parley = Parley.open(home)) {
            parley.connect("here").close();
            parley.connect("Broken").close();
        }
        Path log = home.resolve("Broken/log");
        for (String control : new String[] {"log.ctrl", "logmirror.ctrl"}) {
            Files.write(log.resolve(control), new byte[48]);
        }
        try (Parley parley = Parley.open(home);
                LocalConnection here = parley.connect("here")) {
            assertThat(Script.error(here, "USE Broken")).contains("'Broken' can't be opened");
            Script.run(here, "DROP DATABASE Broken");
            assertThat(home.resolve("Broken")).doesNotExist();
            Script.run(here, "CREATE DATABASE Broken; USE Broken; CREATE QUEUE q;");
            assertThat(Script.error(here, "DROP DATABASE Broken")).startsWith("3702 ");
        }
    }
}
