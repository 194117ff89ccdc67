package org.parley.tests.ladder.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.parley.BrokerConnection;
import org.parley.BrokerConnectionFactory;
import org.parley.Conversation;
import org.parley.Dialog;
import org.parley.Message;
import org.parley.Receive;

/** Rungs without a bean: what an application calls. */
final class Calls {

    private static final String WRITER = "calls";

    private Calls() {}

    static void adapterIsDeployed(Ladder ladder) {
        assertThat(Sight.databases()).isIn("[parley]", "[parley, sales]");
        assertThat(BrokerConnectionFactory.class.getClassLoader())
                .as("the API comes from the adapter, not from the web application")
                .isNotSameAs(Calls.class.getClassLoader());
    }

    static void factoriesAreFound(Ladder ladder) throws SQLException {
        try (BrokerConnection connection = ladder.parley().getConnection()) {
            assertThat(connection.database()).isEqualTo("parley");
            assertThat(connection.catalog().queue(Definitions.UNREAD)).isPresent();
        }
        try (Connection connection = ladder.tables().getConnection()) {
            assertThat(connection.isValid(1)).isTrue();
        }
    }

    static void sendAndReceiveCommit(Ladder ladder) throws Exception {
        ladder.exchange().ask(Definitions.UNREAD, "one", "two");
        assertThat(ladder.exchange().receiveUnread()).containsExactly("one", "two");
        assertThat(ladder.exchange().receiveUnread()).isEmpty();
    }

    static void sendAndReceiveRollBack(Ladder ladder) throws Exception {
        Exchange exchange = ladder.exchange();
        exchange.rolledBack(connection -> Exchange.begin(connection, Definitions.UNREAD, "never sent"));
        assertThat(ladder.exchange().receiveUnread()).isEmpty();

        exchange.ask(Definitions.UNREAD, "kept");
        List<Message> seen = exchange.rolledBack(connection -> connection.receive(Receive.from(Definitions.UNREAD)));
        assertThat(seen).extracting(Message::text).containsExactly("kept");
        assertThat(ladder.exchange().receiveUnread()).containsExactly("kept");
    }

    static void tableAndMessageShareTheirFate(Ladder ladder) throws Exception {
        ladder.exchange().rolledBack(connection -> writeAndSend(ladder, connection, "undone"));
        assertThat(ladder.rows(WRITER)).isEmpty();
        assertThat(ladder.exchange().receiveUnread()).isEmpty();

        Sight before = Sight.now();
        ladder.exchange().committed(connection -> writeAndSend(ladder, connection, "done"));
        assertThat(Sight.now().since(before)).isEqualTo(new Sight(1, 0, 0));
        assertThat(ladder.rows(WRITER)).containsExactly("done");
        assertThat(ladder.exchange().receiveUnread()).containsExactly("done");
    }

    private static UUID writeAndSend(Ladder ladder, BrokerConnection connection, String text) throws SQLException {
        Ladder.write(ladder.tables(), WRITER, text);
        assertThat(Ledger.of(connection.sql(), WRITER))
                .as("both handles are one branch")
                .containsExactly(text);
        return Exchange.begin(connection, Definitions.UNREAD, text);
    }

    static void handleStaysBoundToItsConversation(Ladder ladder) throws Exception {
        ladder.exchange().committed(other -> {
            UUID handle;
            Dialog dialog = Dialog.between(Exchange.CALLER, Exchange.service(Definitions.UNREAD));
            try (Conversation begun = ladder.parley().begin(dialog)) {
                begun.send(Exchange.TYPE, "first");
                handle = begun.handle();
            }
            try (Conversation again = ladder.parley().conversation(handle)) {
                again.send(Exchange.TYPE, "second");
            }
            return handle;
        });
        assertThat(ladder.exchange().receiveUnread()).containsExactly("first", "second");
    }
}
