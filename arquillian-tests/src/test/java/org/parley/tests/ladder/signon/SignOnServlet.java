package org.parley.tests.ladder.signon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.annotation.Resource;
import jakarta.servlet.annotation.WebServlet;
import jakarta.transaction.UserTransaction;
import org.parley.BrokerConnectionFactory;
import org.parley.BrokerException;
import org.parley.ErrorNumbers;
import org.parley.tests.ladder.app.Definitions;
import org.parley.tests.ladder.app.Exchange;
import org.parley.tests.ladder.app.RungServlet;

/** Climbs the one rung of an application that tells no name: the container says who asks by which reference. */
@WebServlet("/signon")
public class SignOnServlet extends RungServlet {

    private static final long serialVersionUID = 1;

    /** Often enough that a pool would give one a connection of the other. */
    private static final int TURNS = 3;

    @Resource
    private transient UserTransaction transaction;

    @Resource(name = "eis/parley")
    private transient BrokerConnectionFactory owner;

    @Resource(name = "eis/clerk")
    private transient BrokerConnectionFactory clerk;

    @Resource(name = "eis/auditor")
    private transient BrokerConnectionFactory auditor;

    @Override
    protected void climb(String rung) throws Exception {
        for (int turn = 0; turn < TURNS; turn++) {
            String text = "for the clerk, " + turn;
            new Exchange(transaction, owner).ask(Definitions.UNREAD, text);
            assertThatThrownBy(() -> new Exchange(transaction, auditor).receiveUnread())
                    .isInstanceOfSatisfying(
                            BrokerException.class,
                            error -> assertThat(error.number()).isEqualTo(ErrorNumbers.PERMISSION_DENIED));
            assertThat(new Exchange(transaction, clerk).receiveUnread()).containsExactly(text);
        }
    }
}
