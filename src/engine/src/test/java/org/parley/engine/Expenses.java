package org.parley.engine;

import org.parley.Conversation;
import org.parley.Dialog;
import org.parley.LocalConnection;

/** The services of the seed documents, for tests. */
public final class Expenses {

    /** Service that submits. */
    public static final String CLIENT = "//Adventure-Works.com/ExpenseClient";
    /** Service that answers. */
    public static final String DESK = "//Adventure-Works.com/Expenses";
    /** What they say to each other. */
    public static final String CONTRACT = "//Adventure-Works.com/Expenses/ExpenseSubmission";
    /** XML, sent by the initiator. */
    public static final String SUBMIT = "//Adventure-Works.com/Expenses/SubmitExpense";
    /** Without a body, sent by the target. */
    public static final String ANSWER = "//Adventure-Works.com/Expenses/ExpenseAnswer";
    /** Anything, sent by both. */
    public static final String NOTE = "//Adventure-Works.com/Expenses/Note";
    /** The submitting service's queue. */
    public static final String CLIENT_QUEUE = "ExpenseClientQueue";
    /** The answering service's queue. */
    public static final String DESK_QUEUE = "ExpenseQueue";

    /** Everything but the answering service. */
    public static final String CLIENT_SIDE = """
            CREATE MESSAGE TYPE [//Adventure-Works.com/Expenses/SubmitExpense] VALIDATION = WELL_FORMED_XML;
            CREATE MESSAGE TYPE [//Adventure-Works.com/Expenses/ExpenseAnswer] VALIDATION = EMPTY;
            CREATE MESSAGE TYPE [//Adventure-Works.com/Expenses/Note] VALIDATION = NONE;
            CREATE CONTRACT [//Adventure-Works.com/Expenses/ExpenseSubmission]
              ([//Adventure-Works.com/Expenses/SubmitExpense] SENT BY INITIATOR,
               [//Adventure-Works.com/Expenses/ExpenseAnswer] SENT BY TARGET,
               [//Adventure-Works.com/Expenses/Note] SENT BY ANY);
            CREATE QUEUE ExpenseClientQueue;
            CREATE SERVICE [//Adventure-Works.com/ExpenseClient] ON QUEUE ExpenseClientQueue;
            CREATE QUEUE ExpenseQueue;
            """;
    /** The answering service. */
    public static final String DESK_SIDE = """
            CREATE SERVICE [//Adventure-Works.com/Expenses] ON QUEUE ExpenseQueue
              ([//Adventure-Works.com/Expenses/ExpenseSubmission]);
            """;

    private Expenses() {}

    /** Defines everything. */
    public static void define(LocalConnection connection) {
        connection.catalog().define(CLIENT_SIDE + DESK_SIDE);
    }

    /** A dialog that the client begins. */
    public static Dialog dialog() {
        return Dialog.between(CLIENT, DESK).on(CONTRACT);
    }

    /** Begins a dialog and sends its first message, in one transaction. */
    public static Conversation submit(LocalConnection connection, String xml) throws Exception {
        return connection.inTransaction(() -> {
            Conversation conversation = connection.begin(dialog());
            conversation.send(SUBMIT, xml);
            return conversation;
        });
    }
}
