package org.parley.examples.expenses.web;

import static org.parley.examples.expenses.web.Layout.escape;

import java.util.List;
import org.parley.examples.expenses.Expense;
import org.parley.examples.expenses.ExpenseDesk;
import org.parley.examples.expenses.ExpenseView.Submitted;
import org.parley.examples.expenses.ExpenseView.Totals;
import org.parley.examples.expenses.ExpenseXml;
import org.parley.examples.expenses.InvalidExpenseException;

/** The first page: a form, the same as XML, the latest expenses and the sums of both books. */
final class StartPage {

    private static final String SAMPLE = """
            <expense>
              <employee>Gail Erickson</employee>
              <purpose>Train to Seattle</purpose>
              <amount>64.00</amount>
            </expense>
            """;

    private static final String FORMS = """
            <section>
            <h1>Submit expenses</h1>
            %s<form method="post" action="expenses">
            <p><label for="employee">Employee</label>
            <input id="employee" name="employee" value="%s" maxlength="%d" autocomplete="name"\
             placeholder="Gail Erickson" required%s></p>
            <table class="lines">
            <thead><tr><th scope="col">Purpose</th><th scope="col">Amount</th></tr></thead>
            <tbody>
            %s</tbody>
            </table>
            <p><button>Submit</button> <small>All lines travel on one dialog. The desk approves up to %s.</small></p>
            </form>
            <details%s>
            <summary>Send the XML yourself</summary>
            <form method="post" action="xml">
            <p><label for="xml">Body of the SubmitExpense message</label>
            <textarea id="xml" name="xml" rows="6" maxlength="%d" spellcheck="false" required%s>
            %s</textarea></p>
            <p><button>Submit XML</button></p>
            </form>
            </details>
            </section>
            """;

    private static final String LINE = """
            <tr><td><input name="purpose" aria-label="Purpose, line %1$d"%7$s value="%2$s" maxlength="%3$d"%4$s></td>\
            <td><input name="amount" aria-label="Amount, line %1$d"%8$s value="%5$s" inputmode="decimal" size="9"%6$s></td></tr>
            """;

    private static final String EXPENSES = """
            <section id="live" data-source="./" data-wait="%d">
            <h2>Both books</h2>
            <dl class="totals">
            <div><dt>Booked by the desk</dt><dd>%s</dd><dd>%d bookings</dd></div>
            <div><dt>Approved for the client</dt><dd>%s</dd><dd>%d expenses</dd></div>
            <div><dt>Denied</dt><dd>%d</dd><dd>%d failed</dd></div>
            <div><dt>Open</dt><dd>%d</dd><dd>%s</dd></div>
            </dl>
            <h2>Latest expenses</h2>
            <div class="wide"><table>
            <thead><tr><th scope="col">No.</th><th scope="col">Employee</th><th scope="col">Purpose</th>\
            <th scope="col">Amount</th><th scope="col">Answer</th><th scope="col">Submitted</th>\
            <th scope="col">Dialog</th></tr></thead>
            <tbody>
            %s</tbody>
            </table></div>
            </section>
            """;

    private static final String EXPENSE = """
            <tr><td class="number">%d</td><td>%s</td><td>%s</td><td class="number">%s</td><td>%s</td><td>%s</td>\
            <td><a href="dialog?id=%s">line %d</a></td></tr>
            """;

    private StartPage() {}

    static String render(List<Submitted> latest, Totals totals, Typed typed, InvalidExpenseException problem) {
        return Layout.page("Expenses", false, forms(typed, problem) + expenses(latest, totals));
    }

    private static String forms(Typed typed, InvalidExpenseException problem) {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < Math.max(Typed.LINES, typed.lines().size()); i++) {
            Typed.Line line = typed.line(i);
            lines.append(LINE.formatted(
                    i + 1,
                    escape(line.purpose()),
                    Expense.PURPOSE_LENGTH,
                    required(i) + mark(problem, Typed.field("purpose", i)),
                    escape(line.amount()),
                    required(i) + mark(problem, Typed.field("amount", i)),
                    i == 0 ? " placeholder=\"Train to Seattle\"" : "",
                    i == 0 ? " placeholder=\"64.00\"" : ""));
        }
        boolean xml =
                !typed.xml().isEmpty() || problem != null && problem.field().equals("xml");
        return FORMS.formatted(
                problem == null ? "" : "<p class=\"problem\" role=\"alert\">" + escape(problem.getMessage()) + "</p>\n",
                escape(typed.employee()),
                Expense.EMPLOYEE_LENGTH,
                mark(problem, "employee"),
                lines,
                ExpenseDesk.LIMIT,
                xml ? " open" : "",
                ExpenseXml.LENGTH,
                mark(problem, "xml"),
                escape(xml ? typed.xml() : SAMPLE));
    }

    private static String required(int line) {
        return line == 0 ? " required" : "";
    }

    private static String mark(InvalidExpenseException problem, String field) {
        return problem != null && problem.field().equals(field) ? " aria-invalid=\"true\"" : "";
    }

    private static String expenses(List<Submitted> latest, Totals totals) {
        StringBuilder rows = new StringBuilder();
        for (Submitted submitted : latest) {
            rows.append(EXPENSE.formatted(
                    submitted.id(),
                    escape(submitted.expense().employee()),
                    escape(submitted.expense().purpose()),
                    submitted.expense().amount(),
                    Badge.answer(submitted.answer(), submitted.reason()),
                    Layout.time(submitted.submittedAt()),
                    submitted.conversationId(),
                    submitted.line() + 1));
        }
        return EXPENSES.formatted(
                totals.open() > 0 ? 500 : 3000,
                totals.booked(),
                totals.bookings(),
                totals.approvedAmount(),
                totals.approved(),
                totals.denied(),
                totals.failed(),
                totals.open(),
                totals.agree() ? "the books agree" : "answers on their way",
                rows.isEmpty() ? "<tr><td colspan=\"7\">None yet: submit the first one.</td></tr>\n" : rows);
    }
}
