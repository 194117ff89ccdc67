package org.parley.tests.ladder.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import jakarta.servlet.annotation.WebServlet;
import jakarta.transaction.UserTransaction;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.parley.BrokerConnectionFactory;
import org.parley.tests.ladder.app.Exchange;
import org.parley.tests.ladder.app.RungServlet;
import org.parley.tests.ladder.app.Sight;

/** Climbs the one rung of entities. */
@WebServlet("/accounts")
public class AccountServlet extends RungServlet {

    private static final long serialVersionUID = 1;

    @EJB
    private transient Accounts accounts;

    @Resource
    private transient UserTransaction transaction;

    @Resource(name = "eis/parley")
    private transient BrokerConnectionFactory parley;

    @Resource(name = "eis/parleyData")
    private transient DataSource tables;

    @Override
    protected void climb(String rung) throws Exception {
        Exchange exchange = new Exchange(transaction, parley);
        createTable();
        accounts.open();

        Sight before = Sight.now();
        assertThat(accounts.deposit(5, true))
                .as("entity and message are one branch")
                .isEqualTo(5);
        assertThat(Sight.now().since(before)).isEqualTo(new Sight(1, 0, 0));
        assertThat(accounts.balance()).isEqualTo(5);
        assertThat(exchange.receiveUnread()).containsExactly("5");

        before = Sight.now();
        assertThat(accounts.deposit(3, false)).isEqualTo(8);
        assertThat(Sight.now().since(before)).isEqualTo(new Sight(0, 0, 1));
        assertThat(accounts.balance()).isEqualTo(5);
        assertThat(exchange.receiveUnread()).isEmpty();
    }

    private void createTable() throws SQLException {
        try (Connection connection = tables.getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(
                    "CREATE TABLE ladder.account (owner VARCHAR(40) NOT NULL PRIMARY KEY, balance INTEGER NOT NULL)");
        }
    }
}
