package org.parley.examples.expenses;

import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import jakarta.ejb.EJBException;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;

/** The desk's book: the money it has approved. Always part of the transaction that receives and answers. */
@Stateless
@TransactionAttribute(TransactionAttributeType.MANDATORY)
public class DeskBook {

    private static final String BOOK =
            "INSERT INTO expenses.booking (number, conversation_id, line, employee, amount) VALUES (?, ?, ?, ?, ?)";

    @Resource(name = "eis/parleyData")
    private DataSource data;

    @EJB
    private Numbering numbering;

    /** Books an expense. A second booking of the same line breaks a unique key and rolls back. */
    public void book(UUID conversationId, long line, Expense expense) {
        try (Connection connection = data.getConnection();
                PreparedStatement insert = connection.prepareStatement(BOOK)) {
            insert.setLong(1, numbering.nextBooking());
            insert.setString(2, conversationId.toString());
            insert.setLong(3, line);
            insert.setString(4, expense.employee());
            insert.setBigDecimal(5, expense.amount());
            insert.executeUpdate();
        } catch (SQLException e) {
            throw new EJBException("Expense " + line + " of dialog " + conversationId + " can't be booked.", e);
        }
    }
}
