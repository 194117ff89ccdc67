package org.parley.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.parley.Conversation;
import org.parley.LocalConnection;
import org.parley.Receive;

/**
 * One tiny round of every line: that the work was really done, never how fast. Line 6 needs what is packaged later, see
 * {@link AnsweringBeansIT}.
 */
class BenchmarksTest {

    /** On the disk that a build uses: where files live in memory alone, nothing can be forced. */
    private static final Path FOLDER = Path.of("target", "smoke");

    private static final List<String> EMPTIED = List.of(DerbyMessages.MESSAGES);

    private static final List<Integer> THREADS = List.of(1, 2);

    @Test
    void aRowIsUpdatedAndAMessageSentByAll() throws Exception {
        assertCompared(UpdateAndSend.inOneDatabase(THREADS), "parley", "derby", "artemis");
    }

    @Test
    void aRowOfAnotherDatabaseIsUpdatedAndAMessageSentByAll() throws Exception {
        assertCompared(UpdateAndSend.inTwo(THREADS), "parley", "derby", "artemis");
    }

    @Test
    void messagesInOneDatabaseAreForcedByAll() throws Exception {
        Report report = assertCompared(Exchange.line("2", 1, THREADS), "parley", "derby", "artemis");
        assertThat(report.json())
                .contains(
                        "{\"line\": \"2\", \"threads\": 1, \"contender\": \"parley\", \"ops_per_s\": ",
                        ", \"ratio_to_raw\": ",
                        ", \"ratio_to_artemis\": ",
                        ", \"p50_us\": ")
                .doesNotContain("null");
        assertThat(report.markdown())
                .contains("| 2 | send, commit; receive, commit | 1 | parley | ", "- load before: ");
    }

    @Test
    void hundredMessagesInACommitAreExchangedByAll() throws Exception {
        assertCompared(Exchange.line("3", 100, THREADS), "parley", "derby", "artemis");
    }

    @Test
    void messagesReachAnotherDatabase() throws Exception {
        assertCompared(BetweenDatabases.line(THREADS), "parley", "derby");
    }

    @Test
    void dialogsLeaveNoRow() throws Exception {
        assertCompared(WholeDialog.line(THREADS), "parley", "derby");
    }

    @Test
    void largeBodiesPassThroughASmallHeap() throws Exception {
        assertThat(run(new LargeBodies()).figures())
                .extracting(Figure::line, Figure::contender)
                .containsExactly(
                        tuple("7", "parley"), tuple("7", "derby"), tuple("7b", "parley"), tuple("7b", "derby"));
    }

    @Test
    void everyLineHasAnIdOfItsOwn() {
        assertThat(Benchmarks.lines(FOLDER).stream().flatMap(line -> line.ids().stream()))
                .doesNotHaveDuplicates()
                .contains("1", "1b", "2", "3", "4", "5", "6", "7", "8", "9", "10");
    }

    @Test
    void allLinesEndWithinFourteenMinutes() {
        Duration longest = Benchmarks.longest(Benchmarks.lines(FOLDER), Course.full(FOLDER));
        assertThat(longest).isLessThanOrEqualTo(Duration.ofMinutes(14));
    }

    @Test
    void whatWasSentLiesInTheTableUntilItIsReceived() throws Exception {
        Path folder = FOLDER.resolve("rows");
        Benchmarks.makeEmpty(folder);
        try (ParleyServer parley = new ParleyServer(folder);
                LocalConnection connection = parley.connect()) {
            Conversation dialog = ParleyServer.begin(connection, "Queue");
            dialog.send(ParleyServer.TYPE, Bodies.SMALL.of(0));
            assertLeft(() -> parley.check(EMPTIED));
            connection.receive(Receive.from("Queue"));
            parley.check(EMPTIED);
            assertThatADerbyDatabaseIsCheckedToo(folder);
        }
    }

    private static void assertThatADerbyDatabaseIsCheckedToo(Path folder) throws Exception {
        try (DerbyDatabase derby = new DerbyDatabase(folder.resolve("derby"))) {
            Connection connection = derby.connect();
            DerbyMessages messages = new DerbyMessages(connection);
            messages.insertEndpoint(0);
            messages.insert(0, 0, Bodies.SMALL.of(0));
            connection.commit();
            assertLeft(() -> derby.check(EMPTIED));
            messages.receive(0, 0, 0);
            connection.commit();
            derby.check(EMPTIED);
        }
    }

    private static void assertLeft(Transactions.Work check) {
        assertThatIllegalStateException()
                .isThrownBy(check::run)
                .withMessageContaining("1 rows were left in PARLEY_STORE.MESSAGES");
    }

    @Test
    void manyMessagesAreComparedWithNone() throws Exception {
        assertThat(run(new Scale(THREADS)).figures())
                .extracting(Figure::line, Figure::contender, Figure::threads)
                .containsExactly(
                        tuple("8", "parley", 1),
                        tuple("8", "empty", 1),
                        tuple("8", "parley", 2),
                        tuple("8", "empty", 2),
                        tuple("9", "parley", 1));
    }

    @Test
    void whatManyMessagesCostByHandIsMeasuredWhenAskedFor() throws Exception {
        assertThat(run(Scale.byHand(THREADS)).figures())
                .extracting(Figure::line, Figure::contender, Figure::threads)
                .containsExactly(
                        tuple("8raw", "derby", 1),
                        tuple("8raw", "empty", 1),
                        tuple("8raw", "derby", 2),
                        tuple("8raw", "empty", 2));
        assertThat(Benchmarks.bounds())
                .flatExtracting(Line::ids)
                .doesNotContainAnyElementsOf(Benchmarks.lines(FOLDER).stream()
                        .flatMap(line -> line.ids().stream())
                        .toList());
    }

    @Test
    void idleProcessesTellTheirTime() throws Exception {
        assertThat(run(new Idle()).figures()).extracting(Figure::contender).containsExactly("parley", "empty JVM");
    }

    @Test
    void aWaitingReceiveIsWoken() throws Exception {
        assertThat(run(new WakeUp()).figures())
                .hasSize(2)
                .allSatisfy(figure -> assertThat(figure.value("samples")).isEqualTo(3));
    }

    @Test
    void singleCallsAreMeasured() throws Exception {
        assertThat(run(new SingleCalls()).figures())
                .extracting(Figure::work)
                .containsExactlyInAnyOrder("beginDialog", "receive", "receiveNothing", "send", "state");
    }

    private static Report assertCompared(Comparison line, String... contenders) throws Exception {
        Report report = run(line);
        for (int threads : THREADS) {
            assertThat(report.figures())
                    .filteredOn(figure -> figure.threads() == threads)
                    .extracting(Figure::contender)
                    .containsExactly(contenders);
        }
        assertThat(report.figures()).allSatisfy(figure -> {
            assertThat(figure.value(Figure.PER_SECOND)).isPositive();
            assertThat(figure.value(Figure.RATIO_TO_RAW)).isPositive();
            assertThat(figure.value(Figure.P50)).isPositive().isLessThanOrEqualTo(figure.value(Figure.P99));
        });
        return report;
    }

    private static Report run(Line line) throws Exception {
        return Benchmarks.run(List.of(line), Course.tiny(FOLDER));
    }
}
