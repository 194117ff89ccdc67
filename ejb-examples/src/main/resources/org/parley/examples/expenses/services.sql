CREATE MESSAGE TYPE [//Adventure-Works.com/Expenses/SubmitExpense] VALIDATION = WELL_FORMED_XML;
CREATE MESSAGE TYPE [//Adventure-Works.com/Expenses/ExpenseApproved] VALIDATION = EMPTY;
CREATE MESSAGE TYPE [//Adventure-Works.com/Expenses/ExpenseDenied] VALIDATION = WELL_FORMED_XML;

CREATE CONTRACT [//Adventure-Works.com/Expenses/ExpenseSubmission] (
    [//Adventure-Works.com/Expenses/SubmitExpense] SENT BY INITIATOR,
    [//Adventure-Works.com/Expenses/ExpenseApproved] SENT BY TARGET,
    [//Adventure-Works.com/Expenses/ExpenseDenied] SENT BY TARGET
);

CREATE QUEUE ExpenseClientQueue;
CREATE QUEUE ExpenseQueue;

CREATE SERVICE [//Adventure-Works.com/ExpenseClient] ON QUEUE ExpenseClientQueue;
CREATE SERVICE [//Adventure-Works.com/Expenses] ON QUEUE ExpenseQueue (
    [//Adventure-Works.com/Expenses/ExpenseSubmission]
);
