package org.parley.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;
import static org.assertj.core.api.Assertions.within;
import static org.parley.benchmarks.Contender.DERBY;
import static org.parley.benchmarks.Contender.PARLEY;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the page "What a message costs" tells: counts, which are the same on every machine. */
class MessageCostTest {

    /** A checkpoint may force the log once more, and what Derby clears away comes when it wants. */
    private static final double HARDLY = 0.05;

    private static List<Figure> figures;

    @BeforeAll
    static void count() throws Exception {
        figures = Benchmarks.run(List.of(new MessageCost()), Course.tiny(Path.of("target", "costs")))
                .figures();
    }

    @Test
    void sendingIsOneStatementBesideTheUsersOwn() {
        assertThat(statements("1", PARLEY)).isEqualTo(Map.of("UPDATE ACCOUNTS", 1.0, "INSERT MESSAGES", 1.0));
        assertThat(statements("1", DERBY)).isEqualTo(statements("1", PARLEY));
    }

    @Test
    void receivingWhatWasJustSentIsTwoStatements() {
        Map<String, Double> parley = Map.of("INSERT MESSAGES", 1.0, "DELETE MESSAGES", 1.0, "UPDATE ENDPOINTS", 1.0);
        assertThat(statements("2", PARLEY)).isEqualTo(parley);
        Map<String, Double> byHand = new HashMap<>(parley);
        byHand.put("SELECT MESSAGES", 1.0);
        assertThat(statements("2", DERBY)).isEqualTo(byHand);
    }

    @Test
    void aCommitForcesTheLogOnce() {
        assertThat(cost("1", PARLEY, "log_forces")).isCloseTo(1, offset(HARDLY));
        assertThat(cost("2", PARLEY, "log_forces")).isCloseTo(2, offset(HARDLY));
    }

    @Test
    void theLogHoldsLittleBesideTheBody() {
        assertThat(cost("1", PARLEY, "log_bytes"))
                .isGreaterThan(Bodies.SMALL.length())
                .isLessThan(1150);
        assertThat(cost("2", PARLEY, "log_bytes"))
                .isGreaterThan(Bodies.SMALL.length())
                .isLessThan(1450);
    }

    @Test
    void theSameIsLoggedAsByHand() {
        for (String line : List.of("1", "2")) {
            assertThat(cost(line, PARLEY, "log_bytes")).isLessThan((1 + HARDLY) * cost(line, DERBY, "log_bytes"));
            assertThat(cost(line, PARLEY, "log_records")).isLessThan((1 + HARDLY) * cost(line, DERBY, "log_records"));
        }
    }

    @Test
    void allBytesOfTheLogHaveAPlace() {
        for (String contender : List.of(PARLEY, DERBY)) {
            assertThat(of(MessageCost.LOG, "2", contender)
                            .mapToDouble(figure -> figure.value("bytes"))
                            .sum())
                    .isCloseTo(cost("2", contender, "log_bytes"), within(1.0));
            assertThat(of(MessageCost.LOG, "2", contender).map(Figure::work))
                    .contains("line 2: MESSAGES: insert", "line 2: index of MESSAGES: delete")
                    .noneMatch(work -> work.contains("other") || work.contains("dropped"));
        }
    }

    /** Where nothing is compiled yet; then it is half of it. */
    @Test
    void allocationsAreBounded() {
        assertThat(cost("1", PARLEY, "allocated_bytes")).isLessThan(40_000);
        assertThat(cost("2", PARLEY, "allocated_bytes")).isLessThan(40_000);
    }

    private static double cost(String line, String contender, String name) {
        return of(MessageCost.COUNTS, line, contender).findFirst().orElseThrow().value(name);
    }

    private static Map<String, Double> statements(String line, String contender) {
        return of(MessageCost.STATEMENTS, line, contender)
                .collect(Collectors.toMap(
                        figure -> figure.work().substring(prefix(line).length()), figure -> figure.value("times")));
    }

    private static Stream<Figure> of(String table, String line, String contender) {
        return figures.stream()
                .filter(figure -> figure.line().equals(table))
                .filter(figure -> figure.work().startsWith(prefix(line)))
                .filter(figure -> figure.contender().equals(contender));
    }

    private static String prefix(String line) {
        return "line " + line + ": ";
    }
}
