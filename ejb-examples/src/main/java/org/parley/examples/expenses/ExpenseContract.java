package org.parley.examples.expenses;

/** The names that both sides agree on; the statements of {@code services.sql} define them. */
public final class ExpenseContract {

    /** Service that begins the dialogs. */
    public static final String CLIENT = "//Adventure-Works.com/ExpenseClient";

    /** Service that answers. */
    public static final String DESK = "//Adventure-Works.com/Expenses";

    /** What the two may say to each other. */
    public static final String CONTRACT = "//Adventure-Works.com/Expenses/ExpenseSubmission";

    /** From the client: one expense, as XML. */
    public static final String SUBMIT_EXPENSE = "//Adventure-Works.com/Expenses/SubmitExpense";

    /** From the desk: the expense is booked; no body. */
    public static final String EXPENSE_APPROVED = "//Adventure-Works.com/Expenses/ExpenseApproved";

    /** From the desk: the expense isn't booked; the reason, as XML. */
    public static final String EXPENSE_DENIED = "//Adventure-Works.com/Expenses/ExpenseDenied";

    /** Queue of the client. */
    public static final String CLIENT_QUEUE = "ExpenseClientQueue";

    /** Queue of the desk. */
    public static final String DESK_QUEUE = "ExpenseQueue";

    private ExpenseContract() {}
}
