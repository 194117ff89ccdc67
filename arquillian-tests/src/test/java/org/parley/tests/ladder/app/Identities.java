package org.parley.tests.ladder.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.assertj.core.api.ThrowableAssert;
import org.parley.BrokerConnection;
import org.parley.BrokerException;
import org.parley.ErrorNumbers;
import org.parley.Message;
import org.parley.Permission;
import org.parley.Principals;
import org.parley.Receive;
import org.parley.Securable;

/** Rungs of applications that say who they are: a clerk may receive, an auditor may only look. */
final class Identities {

    private static final String CLERK = "clerk";
    private static final String AUDITOR = "auditor";
    private static final String SECRET = "a secret";

    /** Often enough that a pool would give one a connection of the other, and fewer than the five rollbacks that turn a queue off. */
    private static final int TURNS = 3;

    private Identities() {}

    static void define(Principals principals) {
        principals.createUser(CLERK, SECRET.toCharArray());
        principals.createUser(AUDITOR, SECRET.toCharArray());
        principals.grant(Permission.RECEIVE, Securable.queue(Definitions.UNREAD), CLERK);
        principals.grant(Permission.SELECT, Securable.queue(Definitions.UNREAD), AUDITOR);
    }

    static void shareAPoolAndNoRights(Ladder ladder) throws Exception {
        ladder.exchange().ask(Definitions.UNREAD, "for the clerk");
        for (int turn = 0; turn < TURNS; turn++) {
            List<Message> seen = exchange(ladder, CLERK).rolledBack(Identities::received);
            assertThat(seen).extracting(Message::text).containsExactly("for the clerk");
            refused(() -> exchange(ladder, AUDITOR).rolledBack(Identities::received), ErrorNumbers.PERMISSION_DENIED);
        }
        List<Message> received = exchange(ladder, CLERK).committed(Identities::received);
        assertThat(received).hasSize(1);
    }

    /** Each has its own rights there, or the second is told that the container can't do that; nobody has another's. */
    static void shareATransactionAndNoRights(Ladder ladder) throws Exception {
        ladder.exchange().rolledBack(owner -> {
            refused(
                    () -> {
                        try (BrokerConnection auditor = connection(ladder, AUDITOR)) {
                            received(auditor);
                        }
                    },
                    ErrorNumbers.PERMISSION_DENIED,
                    ErrorNumbers.LOGIN_FAILED);
            return null;
        });
        exchange(ladder, CLERK).rolledBack(clerk -> {
            ownerOrRefused(ladder);
            return null;
        });
    }

    /** Does what the clerk may not, as who names nobody. */
    private static void ownerOrRefused(Ladder ladder) {
        try (BrokerConnection owner = ladder.parley().getConnection()) {
            assertThat(Exchange.begin(owner, Definitions.UNREAD, "from the owner"))
                    .isNotNull();
        } catch (BrokerException told) {
            assertThat(told.number()).isEqualTo(ErrorNumbers.LOGIN_FAILED);
        }
    }

    static void whoCannotProveItIsRefused(Ladder ladder) {
        for (int turn = 0; turn < TURNS; turn++) {
            try (BrokerConnection clerk = ladder.parley().getConnection(CLERK, SECRET)) {
                assertThat(clerk.database()).isEqualTo("parley");
            }
            refused(() -> ladder.parley().getConnection(CLERK, "a guess"), ErrorNumbers.LOGIN_FAILED);
        }
    }

    private static Exchange exchange(Ladder ladder, String user) {
        return new Exchange(ladder.transaction(), () -> connection(ladder, user));
    }

    private static BrokerConnection connection(Ladder ladder, String user) {
        return ladder.parley().getConnection(user, SECRET);
    }

    private static List<Message> received(BrokerConnection connection) {
        return connection.receive(Receive.from(Definitions.UNREAD));
    }

    private static void refused(ThrowableAssert.ThrowingCallable work, Integer... numbers) {
        assertThatThrownBy(work)
                .isInstanceOfSatisfying(
                        BrokerException.class,
                        error -> assertThat(error.number()).isIn((Object[]) numbers));
    }
}
