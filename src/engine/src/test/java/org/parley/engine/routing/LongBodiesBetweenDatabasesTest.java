package org.parley.engine.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.parley.testkit.Eventually.eventually;

import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.parley.Conversation;
import org.parley.LocalConnection;
import org.parley.Message;
import org.parley.Receive;

/** A body in pieces reaches another database, and leaves none behind. */
class LongBodiesBetweenDatabasesTest {

    @RegisterExtension
    final TwoDatabases two = new TwoDatabases();

    @Test
    void aStreamIsReceivedThereAsAStream() throws Exception {
        byte[] body = new byte[700_000];
        new Random(3).nextBytes(body);
        LocalConnection asking = two.asking();
        LocalConnection answering = two.answering();
        Conversation question = asking.begin(TwoDatabases.dialog());
        question.send(TwoDatabases.QUESTION, new ByteArrayInputStream(body), body.length);
        question.send(TwoDatabases.QUESTION, body);
        for (int i = 0; i < 2; i++) {
            answering.begin();
            List<Message> came = eventually()
                    .becomes(
                            "a question",
                            () -> answering.receive(
                                    Receive.from("Questions").top(1).streamed()),
                            messages -> !messages.isEmpty());
            assertThat(came.get(0).bodyStream()).hasBinaryContent(body);
            answering.commit();
        }
        question.end();
        answering.conversation(answering.endpoints().get(0).handle()).end();
        two.awaitNothingLeft();
    }
}
