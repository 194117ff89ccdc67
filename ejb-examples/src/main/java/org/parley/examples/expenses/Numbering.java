package org.parley.examples.expenses;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.EJBException;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;

/**
 * Numbers for the rows of the books, ascending, counted in memory from the largest one there is: one server owns the
 * database. Derby's identity columns would take a lock for every hundredth number, and can fail when several
 * transactions want it at once (40XL1).
 */
@Singleton
@DependsOn("ExpenseSetup")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class Numbering {

    @Resource(name = "eis/parleyData")
    private DataSource data;

    private AtomicLong expenses;
    private AtomicLong bookings;
    private AtomicLong entries;

    @PostConstruct
    void load() {
        try (Connection connection = data.getConnection();
                Statement statement = connection.createStatement()) {
            expenses = largest(statement, "SELECT MAX(id) FROM expenses.expense");
            bookings = largest(statement, "SELECT MAX(number) FROM expenses.booking");
            entries = largest(statement, "SELECT MAX(entry) FROM expenses.journal");
        } catch (SQLException e) {
            throw new EJBException("The numbers of the books can't be read.", e);
        }
    }

    public long nextExpense() {
        return expenses.incrementAndGet();
    }

    public long nextBooking() {
        return bookings.incrementAndGet();
    }

    public long nextEntry() {
        return entries.incrementAndGet();
    }

    private static AtomicLong largest(Statement statement, String query) throws SQLException {
        try (ResultSet result = statement.executeQuery(query)) {
            result.next();
            return new AtomicLong(result.getLong(1));
        }
    }
}
