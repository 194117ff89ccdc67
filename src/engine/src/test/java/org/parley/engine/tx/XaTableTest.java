package org.parley.engine.tx;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.parley.LocalConnection;
import org.parley.engine.ExpenseHome;

/**
 * Each cell of the tables of the manual's page "XA": in the state of its column the verb of its row is answered so, every
 * exception has a code and a cause, and afterwards the row that the branch has written is there or isn't, as it should be,
 * and free.
 */
class XaTableTest {

    private static final Path PAGE = Path.of("../site/markdown/xa.md");

    @RegisterExtension
    final ExpenseHome home = new ExpenseHome(config -> config.withLockTimeout(Duration.ofSeconds(1)));

    private final Map<Cell, XaState> waiting = new HashMap<>();
    private int lastTransaction;

    /** One cell. */
    private record Cell(String section, String verb, String state, String answer) {}

    @TestFactory
    Stream<DynamicTest> answersAsTheManualSays() throws Exception {
        try (LocalConnection connection = home.connect();
                Statement statement = connection.sql().createStatement()) {
            statement.execute("CREATE TABLE BOOK (ID INT PRIMARY KEY)");
        }
        List<Cell> cells = cells();
        assertThat(cells).hasSizeGreaterThan(400);
        for (Cell cell : cells) {
            if (XaState.beginsBeforeTheRestart(cell.state)) {
                waiting.put(cell, begin(cell));
            }
        }
        home.restart();
        return cells.stream()
                .map(cell -> DynamicTest.dynamicTest(
                        cell.section + ": " + cell.verb + " when " + cell.state, () -> check(cell)));
    }

    private static List<Cell> cells() throws Exception {
        List<Cell> cells = new ArrayList<>();
        String section = "";
        List<String> states = null;
        for (String line : Files.readAllLines(PAGE)) {
            if (line.startsWith("### ")) {
                section = line.substring(4);
                states = null;
            }
            if (!line.startsWith("| ") || !section.startsWith("By ")) {
                continue;
            }
            List<String> row = Stream.of(line.substring(1).split("\\|"))
                    .map(text -> text.replaceAll("[`¹²³]", "").trim())
                    .toList();
            if (states == null) {
                states = row;
                continue;
            }
            for (int i = 1; i < row.size(); i++) {
                cells.add(new Cell(section, row.get(0), states.get(i), row.get(i)));
            }
        }
        return cells;
    }

    private XaState begin(Cell cell) throws Exception {
        int number = ++lastTransaction;
        XaState state = new XaState(home, number, cell.section.contains("follows"));
        state.reach(cell.state);
        return state;
    }

    private void check(Cell cell) throws Exception {
        XaState state = waiting.containsKey(cell) ? waiting.get(cell) : begin(cell);
        try (LocalConnection stranger = home.connect()) {
            state.reconnect();
            XAResource resource = cell.section.contains("another resource")
                    ? stranger.channel().xaResource()
                    : state.resource();
            assertThat(answer(cell.verb, resource, state.xid())).isEqualTo(cell.answer);
            boolean commits = cell.verb.startsWith("commit") && cell.answer.equals("ok");
            boolean committed = state.committed() || commits && state.wrote();
            state.giveUp(stranger.channel().xaResource());
            assertThat(rows(stranger, state.number())).as("rows").isEqualTo(committed ? 1 : 0);
        }
    }

    private static String answer(String verb, XAResource resource, Xid xid) {
        try {
            return XaVerb.call(verb, resource, xid);
        } catch (XAException e) {
            assertThat(e.getMessage()).isNotBlank();
            assertThat(e.getCause()).as("cause of " + e).isNotNull();
            return XaVerb.code(e.errorCode);
        }
    }

    /** Deletes, and so finds out whether anybody has a lock. */
    private static int rows(LocalConnection connection, int number) throws SQLException {
        try (Statement statement = connection.sql().createStatement()) {
            return statement.executeUpdate("DELETE FROM BOOK WHERE ID = " + number);
        }
    }

    static ByteBuffer bytes(int number) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(0, number);
    }
}
