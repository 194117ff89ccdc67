package org.parley.examples.expenses;

import jakarta.annotation.Resource;
import jakarta.ejb.EJBException;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.parley.BrokerConnection;
import org.parley.BrokerConnectionFactory;
import org.parley.ConversationEndpoint;

/** What the page shows. Reads what is committed, without a transaction: looking at a dialog never holds it up. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class ExpenseView {

    private static final String EXPENSES = "SELECT * FROM expenses.expense ";
    private static final String LATEST = EXPENSES + "ORDER BY id DESC FETCH FIRST ? ROWS ONLY";
    private static final String BY_ID = EXPENSES + "WHERE id = ?";
    private static final String OF_DIALOG = EXPENSES + "WHERE conversation_id = ? ORDER BY line";
    private static final String BOOKINGS = "SELECT * FROM expenses.booking WHERE conversation_id = ? ORDER BY number";
    private static final String ENTRIES = "SELECT * FROM expenses.journal WHERE conversation_id = ? ORDER BY entry";
    private static final String DESK_TOTAL = "SELECT COUNT(*), COALESCE(SUM(amount), 0) FROM expenses.booking";
    private static final String CLIENT_TOTAL = """
            SELECT COUNT(CASE WHEN answer = 'APPROVED' THEN 1 END),
                   COALESCE(SUM(CASE WHEN answer = 'APPROVED' THEN amount END), 0),
                   COUNT(CASE WHEN answer = 'DENIED' THEN 1 END),
                   COUNT(CASE WHEN answer = 'FAILED' THEN 1 END),
                   COUNT(*) - COUNT(answer)
            FROM expenses.expense""";

    @Inject
    private BrokerConnectionFactory parley;

    @Resource(name = "eis/parleyData")
    private DataSource data;

    /** An expense in the client's book; {@code answer}, {@code reason} and {@code answeredAt} are null while open. */
    public record Submitted(
            long id,
            UUID conversationId,
            long line,
            Expense expense,
            LocalDateTime submittedAt,
            Answer answer,
            String reason,
            LocalDateTime answeredAt) {}

    /** A booking in the desk's book. */
    public record Booking(long number, long line, String employee, BigDecimal amount, LocalDateTime bookedAt) {}

    /** An entry of the journal; {@code messageType}, {@code sequenceNumber} and {@code text} are null where not known. */
    public record Entry(
            long number,
            String service,
            Journal.Event event,
            String messageType,
            Long sequenceNumber,
            String text,
            LocalDateTime recordedAt) {}

    /** A dialog: its endpoints, none left when both sides have ended, and what the books and the journal say. */
    public record DialogView(
            UUID conversationId,
            List<ConversationEndpoint> endpoints,
            List<Submitted> expenses,
            List<Entry> journal,
            List<Booking> bookings) {}

    /** Both books; they agree when the desk has booked what the client knows to be approved. */
    public record Totals(
            long bookings,
            BigDecimal booked,
            long approved,
            BigDecimal approvedAmount,
            long denied,
            long failed,
            long open) {

        public boolean agree() {
            return bookings == approved && booked.compareTo(approvedAmount) == 0;
        }
    }

    /** The newest expenses, newest first. */
    public List<Submitted> latest(int most) {
        return query(LATEST, ExpenseView::submitted, most);
    }

    /** One expense by its number. */
    public Optional<Submitted> expense(long id) {
        return query(BY_ID, ExpenseView::submitted, id).stream().findFirst();
    }

    /** A dialog, unless no expense was ever submitted on it. */
    public Optional<DialogView> dialog(UUID conversationId) {
        String id = conversationId.toString();
        List<Submitted> expenses = query(OF_DIALOG, ExpenseView::submitted, id);
        if (expenses.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new DialogView(
                conversationId,
                endpoints(conversationId),
                expenses,
                query(ENTRIES, ExpenseView::entry, id),
                query(BOOKINGS, ExpenseView::booking, id)));
    }

    /** The sums of both books. */
    public Totals totals() {
        Totals client = query(CLIENT_TOTAL, ExpenseView::client).get(0);
        return query(DESK_TOTAL, row -> both(row, client)).get(0);
    }

    private List<ConversationEndpoint> endpoints(UUID conversationId) {
        try (BrokerConnection connection = parley.getConnection()) {
            return connection.endpoints(conversationId);
        }
    }

    private static Submitted submitted(ResultSet row) throws SQLException {
        String answer = row.getString("answer");
        return new Submitted(
                row.getLong("id"),
                UUID.fromString(row.getString("conversation_id")),
                row.getLong("line"),
                new Expense(row.getString("employee"), row.getString("purpose"), row.getBigDecimal("amount")),
                row.getTimestamp("submitted_at").toLocalDateTime(),
                answer == null ? null : Answer.valueOf(answer),
                row.getString("reason"),
                answer == null ? null : row.getTimestamp("answered_at").toLocalDateTime());
    }

    private static Booking booking(ResultSet row) throws SQLException {
        return new Booking(
                row.getLong("number"),
                row.getLong("line"),
                row.getString("employee"),
                row.getBigDecimal("amount"),
                row.getTimestamp("booked_at").toLocalDateTime());
    }

    private static Entry entry(ResultSet row) throws SQLException {
        long sequenceNumber = row.getLong("sequence_number");
        boolean numbered = !row.wasNull();
        return new Entry(
                row.getLong("entry"),
                row.getString("service"),
                Journal.Event.valueOf(row.getString("event")),
                row.getString("message_type"),
                numbered ? sequenceNumber : null,
                row.getString("text"),
                row.getTimestamp("recorded_at").toLocalDateTime());
    }

    private static Totals client(ResultSet row) throws SQLException {
        return new Totals(
                0,
                BigDecimal.ZERO,
                row.getLong(1),
                row.getBigDecimal(2),
                row.getLong(3),
                row.getLong(4),
                row.getLong(5));
    }

    private static Totals both(ResultSet row, Totals client) throws SQLException {
        return new Totals(
                row.getLong(1),
                row.getBigDecimal(2),
                client.approved(),
                client.approvedAmount(),
                client.denied(),
                client.failed(),
                client.open());
    }

    private <T> List<T> query(String sql, RowReader<T> reader, Object... parameters) {
        try (Connection connection = data.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            List<T> rows = new ArrayList<>();
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    rows.add(reader.read(result));
                }
            }
            return rows;
        } catch (SQLException e) {
            throw new EJBException("The books can't be read.", e);
        }
    }

    @FunctionalInterface
    private interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }
}
