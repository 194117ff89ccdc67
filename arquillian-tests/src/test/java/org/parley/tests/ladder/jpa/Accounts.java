package org.parley.tests.ladder.jpa;

import jakarta.annotation.Resource;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.parley.BrokerConnection;
import org.parley.BrokerConnectionFactory;
import org.parley.tests.ladder.app.Definitions;
import org.parley.tests.ladder.app.Exchange;

/** Each method is a transaction. */
@Stateless
public class Accounts {

    @PersistenceContext
    private EntityManager entities;

    @Resource(name = "eis/parley")
    private BrokerConnectionFactory parley;

    @Resource
    private SessionContext context;

    /** Opens the account. */
    public void open() {
        entities.persist(new Account("Kim Ralls", 0));
    }

    /** Changes the account, and tells of it by a message. Gives the balance that the message's session has seen. */
    public int deposit(int amount, boolean keep) throws SQLException {
        Account account = account();
        account.deposit(amount);
        entities.flush();
        try (BrokerConnection connection = parley.getConnection()) {
            Exchange.begin(connection, Definitions.UNREAD, Integer.toString(account.balance()));
            int seen = balance(connection.sql());
            if (!keep) {
                context.setRollbackOnly();
            }
            return seen;
        }
    }

    private static int balance(Connection connection) throws SQLException {
        try (Statement select = connection.createStatement();
                ResultSet rows = select.executeQuery("SELECT balance FROM ladder.account")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    /** The balance as another transaction finds it. */
    public int balance() {
        return account().balance();
    }

    /** Asks the database: what is found by its key may come from a cache. */
    private Account account() {
        return entities.createQuery("SELECT a FROM Account a", Account.class).getSingleResult();
    }
}
