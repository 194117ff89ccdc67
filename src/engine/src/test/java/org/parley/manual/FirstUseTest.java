package org.parley.manual;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.parley.Conversation;
import org.parley.Dialog;
import org.parley.LocalConnection;
import org.parley.Message;
import org.parley.Parley;
import org.parley.Receive;

/** What README.md shows of Parley in plain Java. */
class FirstUseTest {

    @TempDir
    Path home;

    @Test
    void twoServicesTalk() {
        try (Parley parley = Parley.open(home)) {
            LocalConnection connection = parley.connect("greetings");
            connection.catalog().define("""
                    CREATE QUEUE GuestQueue;
                    CREATE QUEUE HostQueue;
                    CREATE SERVICE Guest ON QUEUE GuestQueue;
                    CREATE SERVICE Host ON QUEUE HostQueue ([DEFAULT]);
                    """);

            connection.begin();
            Conversation guest = connection.begin(Dialog.between("Guest", "Host"));
            guest.send("DEFAULT", "May I come in?");
            connection.commit();

            connection.begin();
            Message question = connection.receive(Receive.from("HostQueue")).get(0);
            Conversation host = connection.conversation(question.conversationHandle());
            host.send("DEFAULT", "You are welcome.");
            host.end();
            connection.commit();

            connection.begin();
            for (Message message : connection.receive(Receive.from("GuestQueue"))) {
                if (message.isEndDialog()) {
                    guest.end();
                }
            }
            connection.commit();
        }

        try (Parley parley = Parley.open(home)) {
            assertThat(parley.connect("greetings").endpoints())
                    .as("both sides have ended")
                    .isEmpty();
        }
    }
}
