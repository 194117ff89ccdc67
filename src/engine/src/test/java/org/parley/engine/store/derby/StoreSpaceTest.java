package org.parley.engine.store.derby;

import static org.assertj.core.api.Assertions.assertThat;
import static org.parley.engine.store.derby.StoreFixture.endpoint;
import static org.parley.engine.store.derby.StoreFixture.message;

import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.apache.derby.impl.jdbc.EmbedConnection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.parley.engine.store.Store;
import org.parley.engine.store.StoreTransaction;

class StoreSpaceTest {

    private static final int ENDPOINTS = 100;
    private static final int MESSAGES = 10;

    @TempDir
    Path home;

    /**
     * Keys grow from round to round, as they do for ever, and another transaction uses the tables all the time, as on a busy
     * server: then Derby gives no emptied index page back.
     */
    @Test
    void queueThatFillsAndEmptiesKeepsItsSize() throws SQLException {
        try (StoreFixture fixture = new StoreFixture(home)) {
            StoreTransaction busy = fixture.store().begin();
            busy.insertMessage(message(-1, 0, null));
            busy.insertEndpoint(endpoint(-1));
            busy.setTimer(-1, 1);
            long after = 0;
            for (int round = 0; round < 16; round++) {
                round(fixture.store(), (long) round * ENDPOINTS);
                if (round == 7) {
                    after = pages(fixture, 1);
                }
            }
            // Without scattered keys the indexes grow by eight pages a round.
            assertThat(pages(fixture, 1)).isLessThanOrEqualTo(after + 8);
            // The rows' own pages are freed in the background; never used again, they would be 2,300.
            assertThat(pages(fixture, 0)).isLessThan(800);
            busy.rollback();
        }
    }

    private static void round(Store store, long first) {
        for (long e = first; e < first + ENDPOINTS; e++) {
            StoreTransaction send = store.begin();
            send.insertEndpoint(endpoint(e));
            send.setTimer(e, 1);
            for (int m = 0; m < MESSAGES; m++) {
                send.insertMessage(message(e, m, new byte[500]));
            }
            send.commit();
        }
        for (long e = first; e < first + ENDPOINTS; e++) {
            StoreTransaction receive = store.begin();
            assertThat(receive.readMessages(e, 0, MESSAGES - 1, MESSAGES)).hasSize(MESSAGES);
            assertThat(receive.deleteMessages(e, 0, MESSAGES - 1)).isEqualTo(MESSAGES);
            receive.clearTimer(e);
            receive.deleteEndpoint(e);
            receive.commit();
        }
    }

    /** Pages that the tables, or their indexes, have taken from the disk. */
    private static long pages(StoreFixture fixture, int ofIndexes) throws SQLException {
        try (EmbedConnection connection = DerbyEngine.connect(fixture.database());
                Statement statement = connection.createStatement()) {
            long pages = 0;
            for (String table : List.of("MESSAGES", "ENDPOINTS", "TIMERS")) {
                try (ResultSet at = statement.executeQuery("SELECT NUMALLOCATEDPAGES + NUMFREEPAGES"
                        + " FROM TABLE (SYSCS_DIAG.SPACE_TABLE('PARLEY_STORE', '" + table + "')) S WHERE ISINDEX = "
                        + ofIndexes)) {
                    while (at.next()) {
                        pages += at.getLong(1);
                    }
                }
            }
            connection.rollback();
            return pages;
        }
    }
}
