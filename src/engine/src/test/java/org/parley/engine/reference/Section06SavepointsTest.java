package org.parley.engine.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowingConsumer;
import org.junit.jupiter.api.Test;
import org.parley.Conversation;
import org.parley.ConversationEndpoint;
import org.parley.ConversationState;
import org.parley.engine.Expenses;

/** Every statement is undone by a savepoint that was set before it; service-broker.md, sections 2.1 and 6. */
class Section06SavepointsTest extends ExpenseDialogs {

    private Map<String, ThrowingConsumer<Conversation>> statements() {
        Map<String, ThrowingConsumer<Conversation>> statements = new LinkedHashMap<>();
        statements.put("BEGIN", open -> client.begin(Expenses.dialog().relatedTo(open.handle())));
        statements.put("BEGIN and SEND", open -> client.begin(Expenses.dialog()).send(Expenses.SUBMIT, "<new/>"));
        statements.put("SEND", open -> open.send(Expenses.NOTE, "undone"));
        statements.put("bad SEND", open -> open.send(Expenses.SUBMIT, "no xml"));
        statements.put("RECEIVE", open -> client.receive(HERE.ofConversation(open.handle())));
        statements.put("END", Conversation::end);
        statements.put("END WITH ERROR", open -> open.endWithError(1, "undone"));
        statements.put("CLEANUP", Conversation::cleanup);
        statements.put("TIMER", open -> open.timer(MINUTE));
        statements.put("MOVE", open -> open.moveTo(submittedInThis().groupId()));
        return statements;
    }

    private Conversation submittedInThis() {
        return client.begin(Expenses.dialog());
    }

    @Test
    void whatStandsAfterASavepointIsUndone() throws Exception {
        for (Map.Entry<String, ThrowingConsumer<Conversation>> each :
                statements().entrySet()) {
            Conversation open = submitted("<a/>");
            far(open).send(Expenses.NOTE, "unread");
            List<String> before = home.dump();
            List<ConversationEndpoint> shown = client.endpoints();
            client.begin();
            Savepoint savepoint = client.sql().setSavepoint();
            each.getValue().accept(open);
            client.sql().rollback(savepoint);
            assertThat(open.state()).as(each.getKey()).isEqualTo(ConversationState.CONVERSING);
            client.commit();
            assertThat(home.dump()).as(each.getKey()).isEqualTo(before);
            assertThat(client.endpoints()).as(each.getKey()).isEqualTo(shown);
            assertThat(texts(client.receive(HERE))).as(each.getKey()).containsExactly("unread");
            assertThat(desk.receive(THERE)).as(each.getKey()).hasSize(1);
        }
    }

    /** What stood before it stays, and what comes after it counts. */
    @Test
    void whatStandsBeforeASavepointStays() throws Exception {
        for (Map.Entry<String, ThrowingConsumer<Conversation>> each :
                statements().entrySet()) {
            Conversation open = submitted("<a/>");
            client.begin();
            open.send(Expenses.NOTE, "before");
            Savepoint savepoint = client.sql().setSavepoint();
            each.getValue().accept(open);
            client.sql().rollback(savepoint);
            open.send(Expenses.NOTE, "after");
            client.commit();
            assertThat(texts(desk.receive(THERE))).as(each.getKey()).containsExactly("<a/>", "before", "after");
        }
    }

    /** Each alone and all in a row, undone one by one from the last to the first. */
    @Test
    void savepointsNest() throws Exception {
        Conversation open = submitted("<a/>");
        client.begin();
        List<Savepoint> savepoints = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            open.send(Expenses.NOTE, "" + i);
            savepoints.add(client.sql().setSavepoint());
        }
        open.end();
        client.sql().rollback(savepoints.get(4));
        open.send(Expenses.NOTE, "undone");
        client.sql().rollback(savepoints.get(2));
        open.timer(MINUTE);
        open.send(Expenses.NOTE, "kept");
        client.commit();
        assertThat(texts(desk.receive(THERE))).containsExactly("<a/>", "0", "1", "2", "kept");
    }
}
