package org.parley.engine.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.parley.testkit.Eventually.eventually;

import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.parley.Conversation;
import org.parley.LocalConnection;

/** The ends of a dialog between two databases; service-broker.md, sections 3.3, 4.4 and 5.7. */
class EndsBetweenDatabasesTest {

    @RegisterExtension
    final TwoDatabases databases = new TwoDatabases();

    private LocalConnection asking;
    private LocalConnection answering;

    @BeforeEach
    void connect() {
        asking = databases.asking();
        answering = databases.answering();
    }

    private void trust(boolean on) {
        asking.catalog().define("ALTER DATABASE CURRENT SET TRUSTWORTHY " + (on ? "ON" : "OFF"));
    }

    /** CLEANUP takes back what has not gone out, an Error too. */
    @Test
    void cleanupRemovesAnErrorThatWaits() throws Exception {
        Conversation conversation = TwoDatabases.ask(asking, "first");
        Conversation answerer = answering.conversation(
                TwoDatabases.receive(answering, "Questions", 1).get(0).conversationHandle());
        trust(false);
        conversation.send(TwoDatabases.QUESTION, "second");
        conversation.endWithError(5, "five");
        conversation.cleanup();
        assertThat(databases.rows(TwoDatabases.ASKING)).isEmpty();
        trust(true);
        answerer.end();
        eventually().becomes("rows left", () -> databases.rows(TwoDatabases.ANSWERING), Map::isEmpty);
    }
}
