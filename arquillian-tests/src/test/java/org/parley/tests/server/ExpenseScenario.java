package org.parley.tests.server;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The expense example from end to end, the same on every server. */
public final class ExpenseScenario {

    private static final String MESSAGES = "//Adventure-Works.com/Expenses/";
    /** Many times what an answer takes. */
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final ExpenseSite site;

    public ExpenseScenario(URI base) {
        this.site = new ExpenseSite(base);
    }

    /** A form in the browser leads to a page that tells the dialog and its answer. */
    public void formIsAnswered() {
        assertThat(site.page().text("")).contains("<form method=\"post\" action=\"expenses\">");
        HttpResponse<String> response = site.page()
                .postForm(
                        "expenses", Map.of("employee", "Terri <Duffy>", "purpose", "Train & taxi", "amount", "119.50"));
        assertThat(response.statusCode()).isEqualTo(303);
        URI dialog = URI.create(response.headers().firstValue("Location").orElseThrow());
        String conversation = dialog.getQuery().replace("id=", "");
        site.settles();
        site.ends(conversation);
        assertThat(site.page().text("dialog?id=" + conversation))
                .contains("Terri &lt;Duffy&gt;", "Train &amp; taxi", "119.50", conversation)
                .doesNotContain("<Duffy>");
    }

    /** Expenses of one dialog are answered in their order, booked once, and both sides end. */
    public void dialogIsSettled() {
        JsonObject before = site.book();
        ExpenseSite.Receipt receipt = site.submit("Roberto Tamburello", "120", "900.01", "80.5");
        assertThat(receipt.expenses()).hasSize(3);
        site.settles();
        site.ends(receipt.conversation());

        JsonObject dialog = site.dialog(receipt.conversation());
        assertThat(ExpenseSite.texts(dialog, "expenses", "answer")).containsExactly("APPROVED", "DENIED", "APPROVED");
        assertThat(ExpenseSite.texts(dialog, "bookings", "line")).containsExactly("0", "2");
        assertThat(ExpenseSite.texts(dialog, "bookings", "amount")).containsExactly("120.00", "80.50");
        assertThat(received(dialog, "//Adventure-Works.com/Expenses"))
                .startsWith("0 " + MESSAGES + "SubmitExpense", "1 " + MESSAGES + "SubmitExpense")
                .contains("2 " + MESSAGES + "SubmitExpense");
        assertThat(received(dialog, "//Adventure-Works.com/ExpenseClient"))
                .containsExactly(
                        "0 " + MESSAGES + "ExpenseApproved",
                        "1 " + MESSAGES + "ExpenseDenied",
                        "2 " + MESSAGES + "ExpenseApproved");

        JsonObject after = site.book();
        assertThat(after.getBoolean("agree")).isTrue();
        assertThat(after.getInt("bookings")).isEqualTo(before.getInt("bookings") + 2);
        assertThat(after.getJsonNumber("booked").bigDecimalValue())
                .isEqualByComparingTo(
                        before.getJsonNumber("booked").bigDecimalValue().add(new java.math.BigDecimal("200.50")));
    }

    /** What a side has received, as number and type, in order. */
    public static List<String> received(JsonObject dialog, String service) {
        return dialog.getJsonArray("journal").getValuesAs(JsonObject.class).stream()
                .filter(entry -> entry.getString("event").equals("RECEIVED"))
                .filter(entry -> entry.getString("service").equals(service))
                .map(entry -> entry.get("number") + " " + entry.getString("messageType"))
                .toList();
    }

    /** What can't be accepted is refused with its reason, and nothing changes. */
    public void wrongInputChangesNothing() {
        JsonObject book = site.book();
        List<JsonObject> expenses = site.expenses();
        refused(site.page().post("api/expenses", "application/xml", "<Expense><Name>"), 400);
        refused(site.post(ExpenseSite.form("x".repeat(61), "10")), 400);
        refused(site.post(ExpenseSite.form("Michael Sullivan", "a lot")), 400);
        refused(site.page().get("api/dialogs/" + UUID.randomUUID()), 404);
        refused(site.page().get("dialog?id=" + UUID.randomUUID()), 404);
        HttpResponse<String> onThePage = site.page().postForm("xml", Map.of("xml", "<Expense"));
        refused(onThePage, 400);
        assertThat(onThePage.body()).contains("&lt;Expense");
        assertThat(site.book()).isEqualTo(book);
        assertThat(site.expenses()).isEqualTo(expenses);
    }

    private static void refused(HttpResponse<String> response, int status) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.body()).isNotBlank().doesNotContain("Exception");
    }

    /** By means of Parley alone: the state of an activation, its readers, and whether it reads. */
    public void activationsArePausedAndResumed(ServerProcess process) throws InterruptedException {
        int before = site.book().getInt("bookings");
        try (ActivationBeans activations = process.activations()) {
            assertThat(activations.states().values()).hasSize(2).allMatch(state -> state.startsWith("ACTIVE, "));
            activations.pause();
            assertThat(activations.states().values()).containsOnly("PAUSED, 0");
            ExpenseSite.Receipt receipt = site.submit("Pilar Ackerman", "7");
            process.stands(PAUSE);
            assertThat(site.book().getInt("bookings")).isEqualTo(before);
            assertThat(activations.states().values()).containsOnly("PAUSED, 0");
            activations.resume();
            site.settles();
            site.ends(receipt.conversation());
        }
        assertThat(site.book().getInt("bookings")).isEqualTo(before + 1);
    }
}
