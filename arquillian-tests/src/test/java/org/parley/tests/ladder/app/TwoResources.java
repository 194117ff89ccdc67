package org.parley.tests.ladder.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.UUID;
import org.parley.BrokerConnection;

/** Rungs on Parley, with both its faces, and another database, in one transaction. */
final class TwoResources {

    private static final String WRITER = "two resources";

    private TwoResources() {}

    static void commit(Ladder ladder) throws Exception {
        Sight before = Sight.now();
        ladder.exchange().committed(connection -> work(ladder, connection, "done"));
        assertThat(Sight.now().since(before)).isEqualTo(new Sight(0, 1, 0));
        agree(ladder);
        assertThat(ladder.exchange().receiveUnread()).containsExactly("done");
    }

    static void rollBack(Ladder ladder) throws Exception {
        Sight before = Sight.now();
        ladder.exchange().rolledBack(connection -> work(ladder, connection, "undone"));
        assertThat(Sight.now().since(before)).isEqualTo(new Sight(0, 0, 1));
        agree(ladder);
        assertThat(ladder.exchange().receiveUnread()).isEmpty();
    }

    private static UUID work(Ladder ladder, BrokerConnection connection, String text) throws SQLException {
        Ladder.write(ladder.second(), WRITER, text);
        Ladder.write(ladder.tables(), WRITER, text);
        return Exchange.begin(connection, Definitions.UNREAD, text);
    }

    private static void agree(Ladder ladder) throws SQLException {
        assertThat(Ladder.rows(ladder.second(), WRITER)).containsExactly("done");
        assertThat(ladder.rows(WRITER)).containsExactly("done");
    }
}
