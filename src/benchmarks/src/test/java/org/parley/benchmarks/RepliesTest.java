package org.parley.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.parley.benchmarks.Contender.Work;

/** A reply that is missing, wrong or one too many must be noticed. */
class RepliesTest {

    private static final int THREADS = 2;

    private final Replies replies = new Replies(THREADS, Duration.ofSeconds(10));

    @Test
    void eachThreadGetsTheRepliesToItsRequests() throws Exception {
        List<Long> asked = new ArrayList<>();
        for (int thread : new int[] {1, 0}) {
            Work work = replies.asked(thread, body -> {
                asked.add(Bodies.number(body));
                replies.received(body);
            });
            work.run(0);
            work.run(0);
        }
        assertThat(asked).containsExactly(1L, 3L, 0L, 2L);
        replies.check(List.of());
    }

    @Test
    void refusesTheReplyToAnotherRequest() {
        assertThatIllegalStateException()
                .isThrownBy(() -> replies.asked(0, body -> replies.received(Bodies.SMALL.of(2)))
                        .run(0))
                .withMessageContaining("Message 0 should have come");
    }

    @Test
    void refusesAReplyTooMany() throws Exception {
        replies.asked(0, body -> {
                    replies.received(body);
                    replies.received(body);
                })
                .run(0);
        assertThatIllegalStateException()
                .isThrownBy(() -> replies.check(List.of()))
                .withMessageContaining("0 messages were due; received were 1");
    }

    @Test
    void missesAReplyThatDoesNotCome() {
        assertThatIllegalStateException()
                .isThrownBy(() ->
                        new Replies(THREADS, Duration.ZERO).asked(1, body -> {}).run(0))
                .withMessageContaining("No reply came to thread 1");
    }
}
