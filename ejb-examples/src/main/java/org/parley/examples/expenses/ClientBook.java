package org.parley.examples.expenses;

import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import jakarta.ejb.EJBException;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;

/** The client's book: expenses and their answers. Always part of the transaction that sends or receives. */
@Stateless
@TransactionAttribute(TransactionAttributeType.MANDATORY)
public class ClientBook {

    private static final String SUBMITTED = """
            INSERT INTO expenses.expense (id, conversation_id, line, line_count, employee, purpose, amount)
            VALUES (?, ?, ?, ?, ?, ?, ?)""";
    private static final String ANSWERED = """
            UPDATE expenses.expense SET answer = ?, reason = ?, answered_at = CURRENT_TIMESTAMP
            WHERE conversation_id = ? AND line = ? AND answer IS NULL""";
    private static final String IS_LAST =
            "SELECT line + 1 = line_count FROM expenses.expense WHERE conversation_id = ? AND line = ?";
    private static final String FAILED = """
            UPDATE expenses.expense SET answer = 'FAILED', reason = ?, answered_at = CURRENT_TIMESTAMP
            WHERE conversation_id = ? AND answer IS NULL""";

    @Resource(name = "eis/parleyData")
    private DataSource data;

    @EJB
    private Numbering numbering;

    /** Writes down an expense, line 0 being the first of its dialog, and gives its number. */
    public long submitted(UUID conversationId, long line, long lineCount, Expense expense) {
        try (Connection connection = data.getConnection();
                PreparedStatement insert = connection.prepareStatement(SUBMITTED)) {
            long id = numbering.nextExpense();
            insert.setLong(1, id);
            insert.setString(2, conversationId.toString());
            insert.setLong(3, line);
            insert.setLong(4, lineCount);
            insert.setString(5, expense.employee());
            insert.setString(6, expense.purpose());
            insert.setBigDecimal(7, expense.amount());
            insert.executeUpdate();
            return id;
        } catch (SQLException e) {
            throw new EJBException("Expense " + line + " of dialog " + conversationId + " can't be written.", e);
        }
    }

    /** Writes down an answer and tells whether it was the dialog's last. A second answer to one expense is refused. */
    public boolean answered(UUID conversationId, long line, Answer answer, String reason) {
        try (Connection connection = data.getConnection();
                PreparedStatement update = connection.prepareStatement(ANSWERED);
                PreparedStatement query = connection.prepareStatement(IS_LAST)) {
            update.setString(1, answer.name());
            update.setString(2, reason);
            update.setString(3, conversationId.toString());
            update.setLong(4, line);
            int expenses = update.executeUpdate();
            if (expenses != 1) {
                throw new EJBException("Answer " + line + " of dialog " + conversationId + " found " + expenses
                        + " expenses without an answer; there must be one.");
            }
            query.setString(1, conversationId.toString());
            query.setLong(2, line);
            try (ResultSet result = query.executeQuery()) {
                result.next();
                return result.getBoolean(1);
            }
        } catch (SQLException e) {
            throw new EJBException("Answer " + line + " of dialog " + conversationId + " can't be written.", e);
        }
    }

    /** Writes down that no more answers will come. */
    public void failed(UUID conversationId, String reason) {
        try (Connection connection = data.getConnection();
                PreparedStatement update = connection.prepareStatement(FAILED)) {
            update.setString(1, reason);
            update.setString(2, conversationId.toString());
            update.executeUpdate();
        } catch (SQLException e) {
            throw new EJBException("The failure of dialog " + conversationId + " can't be written.", e);
        }
    }
}
