package org.parley.tests.crash.app;

import jakarta.annotation.Resource;
import jakarta.ejb.Stateless;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.parley.BrokerConnection;
import org.parley.BrokerConnectionFactory;
import org.parley.Conversation;
import org.parley.Dialog;
import org.parley.Message;
import org.parley.Receive;

/** Each method is a transaction. */
@Stateless
public class Asker {

    private static final Duration LONGEST = Duration.ofSeconds(20);

    @Resource(name = "eis/parley")
    private BrokerConnectionFactory parley;

    @Resource(name = "jdbc/second")
    private DataSource second;

    /** Begins a dialog with the desk, and says so in the ledger. */
    public void ask(String number) throws SQLException {
        try (BrokerConnection broker = parley.getConnection();
                Connection ledger = second.getConnection()) {
            Conversation conversation = broker.begin(Dialog.between(Setup.ASKER, Setup.DESK));
            for (int i = 0; i < Setup.MESSAGES; i++) {
                conversation.send("DEFAULT", number + " " + i);
            }
            Ledger.DONE.note(ledger, "asked " + number);
        }
    }

    /** Sends what the transaction will receive that is going to be stopped. */
    public void hold(Stop stop, String text) {
        try (BrokerConnection broker = parley.getConnection()) {
            broker.begin(Dialog.between(Setup.ASKER, stop.queue())).send("DEFAULT", text);
        }
    }

    /**
     * Receives, notes, and stops at its end. A resource is enlisted when it is used first: some servers don't do it sooner.
     */
    public void stop(Stop stop) throws SQLException {
        if (stop.enlistsParleyFirst()) {
            note(stop, received(stop, LONGEST));
        } else {
            note(stop, "begins");
            note(stop, received(stop, LONGEST));
        }
        stop.gate().shut();
    }

    private void note(Stop stop, String text) throws SQLException {
        try (Connection ledger = second.getConnection()) {
            Ledger.STOPPED.note(ledger, stop + " " + text);
        }
    }

    /** Receives what a transaction that was rolled back has left, and ends the dialog: nobody holds its group. */
    public String left(Stop stop) {
        String left = received(stop, Duration.ZERO);
        try (BrokerConnection broker = parley.getConnection()) {
            broker.endpoints().stream()
                    .filter(endpoint -> endpoint.service().equals(stop.queue()))
                    .forEach(endpoint -> broker.conversation(endpoint.handle()).end());
        }
        return left;
    }

    private String received(Stop stop, Duration longest) {
        try (BrokerConnection broker = parley.getConnection()) {
            List<Message> messages = broker.receive(Receive.from(stop.queue()).waiting(longest));
            return messages.isEmpty() ? "nothing" : messages.get(0).text();
        }
    }
}
