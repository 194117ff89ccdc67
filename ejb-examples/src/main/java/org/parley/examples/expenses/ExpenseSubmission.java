package org.parley.examples.expenses;

import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.parley.BrokerConnectionFactory;
import org.parley.Conversation;
import org.parley.Dialog;

/**
 * Submits expenses: writes them to the client's book and sends them on a dialog, in one transaction. The caller gets an
 * answer as soon as that is committed; whether the desk is up doesn't matter.
 */
@Stateless
public class ExpenseSubmission {

    /** Most expenses on one dialog. */
    public static final int MOST_LINES = 20;

    private static final Duration LIFETIME = Duration.ofDays(30);

    @Inject
    private BrokerConnectionFactory parley;

    @EJB
    private ClientBook book;

    @EJB
    private Journal journal;

    /**
     * What has been submitted.
     *
     * @param conversationId the dialog
     * @param expenseIds numbers in the client's book, in the order of the expenses
     */
    public record Receipt(UUID conversationId, List<Long> expenseIds) {}

    /**
     * Submits expenses on one dialog, in their order.
     *
     * @throws InvalidExpenseException when there are none or too many
     */
    public Receipt submit(List<Expense> expenses) {
        if (expenses.isEmpty() || expenses.size() > MOST_LINES) {
            throw new InvalidExpenseException(
                    "purpose",
                    "There are " + expenses.size() + " expenses; one dialog takes 1 to " + MOST_LINES + " of them.");
        }
        return send(expenses, expenses.stream().map(ExpenseXml::submission).toList());
    }

    /**
     * Submits one expense with the given text as the message's body.
     *
     * @throws InvalidExpenseException when the text isn't well-formed or doesn't say an expense
     */
    public Receipt submitXml(String xml) {
        Expense expense = ExpenseXml.expense(ExpenseXml.parse(xml));
        return send(List.of(expense), List.of(xml));
    }

    private Receipt send(List<Expense> expenses, List<String> bodies) {
        Dialog dialog = Dialog.between(ExpenseContract.CLIENT, ExpenseContract.DESK)
                .on(ExpenseContract.CONTRACT)
                .lasting(LIFETIME);
        try (Conversation conversation = parley.begin(dialog)) {
            UUID id = conversation.conversationId();
            List<Long> numbers = new ArrayList<>();
            for (int line = 0; line < expenses.size(); line++) {
                numbers.add(book.submitted(id, line, expenses.size(), expenses.get(line)));
                conversation.send(ExpenseContract.SUBMIT_EXPENSE, bodies.get(line));
                journal.sent(id, ExpenseContract.CLIENT, ExpenseContract.SUBMIT_EXPENSE, bodies.get(line));
            }
            return new Receipt(id, numbers);
        }
    }
}
