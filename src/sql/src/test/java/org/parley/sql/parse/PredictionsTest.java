package org.parley.sql.parse;

import static org.assertj.core.api.Assertions.assertThat;

import org.antlr.v4.runtime.CommonTokenStream;
import org.junit.jupiter.api.Test;

class PredictionsTest {

    @Test
    void whatIsLearntIsKeptUntilItHasGrownTooLarge() {
        Predictions small = new Predictions(10);
        Predictions large = new Predictions(10_000);
        assertThat(small.orFresh()).isSameAs(small);
        parse(small, "SELECT a, b FROM t WHERE a = 1 AND b IN (1, 2) ORDER BY a");
        parse(large, "SELECT a, b FROM t WHERE a = 1 AND b IN (1, 2) ORDER BY a");
        assertThat(small.states()).isEqualTo(large.states()).isGreaterThan(10);
        assertThat(large.orFresh()).isSameAs(large);
        assertThat(small.orFresh()).isNotSameAs(small);
        assertThat(small.orFresh().states()).isZero();
    }

    @Test
    void allBatchesShareIt() {
        BatchParser.parse("SELECT a, b FROM t WHERE a = 1");
        Predictions latest = Predictions.latest();
        int learnt = latest.states();
        assertThat(learnt).isPositive();
        BatchParser.parse("SELECT a, b FROM t WHERE a = 1");
        assertThat(Predictions.latest()).isSameAs(latest);
    }

    private static void parse(Predictions predictions, String batch) {
        StatementParser parser = new StatementParser(new CommonTokenStream(new StatementLexer(new ScriptText(batch))));
        predictions.teach(parser);
        parser.statement();
    }
}
