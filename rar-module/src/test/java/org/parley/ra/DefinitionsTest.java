package org.parley.ra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.parley.BrokerException;
import org.parley.ErrorNumbers;
import org.parley.ra.host.Settings;
import org.parley.spi.BrokerServer;

class DefinitionsTest {

    @TempDir
    Path directory;

    private final List<String> run = new ArrayList<>();

    private void run(String databases, String definitions) {
        Definitions.of(Settings.of("home", databases, definitions, "10")).run(fake(BrokerServer.class, ""));
    }

    @SuppressWarnings("unchecked")
    private <T> T fake(Class<T> type, String database) {
        return (T) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "channel" -> fake(method.getReturnType(), (String) arguments[0]);
                    case "define" -> {
                        if (arguments[0].toString().contains("taken")) {
                            throw new BrokerException(2714, "exists");
                        }
                        if (arguments[0].toString().contains("wrong")) {
                            throw new BrokerException(102, "1:8: found 'wrong'");
                        }
                        if (arguments[0].toString().contains("IF ")) {
                            throw new BrokerException(ErrorNumbers.NO_DEFINITION, "no definition");
                        }
                        run.add(database + ": " + arguments[0]);
                        yield null;
                    }
                    case "execute" -> {
                        run.add(database + " runs " + arguments[0]);
                        yield null;
                    }
                    case "close" -> null;
                    default -> fake(method.getReturnType(), database);
                });
    }

    @Test
    void noneAreFine() {
        run("a", null);
        run("", " ");
        assertThat(run).isEmpty();
    }

    @Test
    void statementsOfTheFirstDatabase() {
        run("a,b", "CREATE MESSAGE TYPE m VALIDATION = NONE; CREATE QUEUE q WITH STATUS = OFF;");
        assertThat(run)
                .containsExactly("a: CREATE MESSAGE TYPE m VALIDATION = NONE; CREATE QUEUE q WITH STATUS = OFF;");
    }

    @Test
    void partsWithStatementsPathsAndUrls() throws Exception {
        Path script = Files.writeString(directory.resolve("x=1;.sql"), "CREATE QUEUE [Grüße]");
        Path other = Files.writeString(directory.resolve("y.sql"), "CREATE QUEUE y");
        run("a,b.c,d", "b.c=CREATE QUEUE p; CREATE QUEUE q; d = " + script + ";a=" + other.toUri() + ";");
        assertThat(run)
                .containsExactly("b.c: CREATE QUEUE p; CREATE QUEUE q", "d: CREATE QUEUE [Grüße]", "a: CREATE QUEUE y");
    }

    @Test
    void whatIsMoreThanDefinitionsIsAScript() {
        run("a", "IF NOT EXISTS (SELECT * FROM sys.service_queues) CREATE QUEUE q");
        assertThat(run).containsExactly("a runs IF NOT EXISTS (SELECT * FROM sys.service_queues) CREATE QUEUE q");
    }

    @Test
    void whatIsDefinedOtherwiseIsNotTriedAsAScript() {
        assertThatThrownBy(() -> run("a", "CREATE QUEUE taken")).hasMessageContaining("exists");
        assertThat(run).isEmpty();
    }

    @Test
    void missingScriptIsNamed() {
        assertThatThrownBy(() -> run("a", "a=" + directory.resolve("none.sql")))
                .isInstanceOf(BrokerException.class)
                .hasMessageContaining("'definitions'")
                .hasMessageContaining("none.sql");
    }

    @Test
    void wrongStatementNamesItsDatabase() {
        assertThatThrownBy(() -> run("a,b", "b=CREATE wrong"))
                .isInstanceOf(BrokerException.class)
                .hasMessage("Definitions of database 'b': 1:8: found 'wrong'")
                .extracting("number")
                .isEqualTo(102);
    }

    @Test
    void definitionsNeedADatabase() {
        assertThatThrownBy(() -> run("", "CREATE QUEUE q")).hasMessageContaining("'definitions'");
    }
}
