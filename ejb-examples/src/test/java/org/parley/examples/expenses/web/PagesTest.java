package org.parley.examples.expenses.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.parley.ConversationEndpoint;
import org.parley.ConversationState;
import org.parley.examples.expenses.Answer;
import org.parley.examples.expenses.Expense;
import org.parley.examples.expenses.ExpenseContract;
import org.parley.examples.expenses.ExpenseView.Booking;
import org.parley.examples.expenses.ExpenseView.DialogView;
import org.parley.examples.expenses.ExpenseView.Entry;
import org.parley.examples.expenses.ExpenseView.Submitted;
import org.parley.examples.expenses.ExpenseView.Totals;
import org.parley.examples.expenses.InvalidExpenseException;
import org.parley.examples.expenses.Journal.Event;

class PagesTest {

    private static final String EVIL = "<script>alert('1')</script>";
    private static final String TAMED = "&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;";
    private static final UUID ID = UUID.fromString(ConversationId.SAMPLE);
    private static final LocalDateTime NOON = LocalDateTime.of(2025, 1, 2, 12, 0, 0, 5_000_000);
    private static final Totals NONE = new Totals(0, BigDecimal.ZERO, 0, BigDecimal.ZERO, 0, 0, 0);

    private final Submitted denied =
            new Submitted(7, ID, 0, new Expense(EVIL, EVIL, new BigDecimal("600.00")), NOON, Answer.DENIED, EVIL, NOON);
    private final Submitted open =
            new Submitted(8, ID, 1, new Expense(EVIL, "Taxi", new BigDecimal("6.00")), NOON, null, null, null);

    @Test
    void startPageShowsTheBooks() {
        String page = StartPage.render(List.of(open, denied), NONE, Typed.NOTHING, null);

        assertThat(page).contains("600.00", "denied", "line 2", "dialog?id=" + ID, "12:00:00.005", "Train to Seattle");
        assertThat(page)
                .doesNotContain("role=\"alert\"", "aria-invalid=\"", "http-equiv", EVIL)
                .contains(TAMED);
    }

    @Test
    void startPageShowsAgainWhatWasTyped() {
        Typed typed = Typed.form(EVIL, List.of("Train", EVIL), List.of("1", "\"2"));
        InvalidExpenseException problem = new InvalidExpenseException("amount-2", "Line 2: " + EVIL);

        String page = StartPage.render(List.of(), NONE, typed, problem);

        assertThat(page)
                .contains("role=\"alert\"", "value=\"Train\"", "value=\"&quot;2\" inputmode")
                .containsOnlyOnce("aria-invalid=\"true\"")
                .doesNotContain(EVIL);
    }

    @Test
    void startPageOpensTheXmlThatWasTyped() {
        String page = StartPage.render(
                List.of(), NONE, Typed.xml("</textarea>" + EVIL), new InvalidExpenseException("xml", "Bad."));

        assertThat(page).contains("<details open>", "&lt;/textarea&gt;" + TAMED).doesNotContain(EVIL);
    }

    @Test
    void dialogPageShowsBothSides() {
        DialogView dialog = new DialogView(
                ID,
                List.of(endpoint(true, ConversationState.CONVERSING), endpoint(false, ConversationState.CONVERSING)),
                List.of(denied, open),
                List.of(
                        entry(1, ExpenseContract.CLIENT, Event.SENT, null, EVIL),
                        entry(2, ExpenseContract.DESK, Event.RECEIVED, 0L, EVIL),
                        entry(3, ExpenseContract.DESK, Event.BOOKED, null, "6.00")),
                List.of(new Booking(3, 1, EVIL, new BigDecimal("6.00"), NOON)));

        String page = DialogPage.render(dialog);

        assertThat(page)
                .contains("CO conversing", "sent SubmitExpense", "<pre>" + TAMED, "received SubmitExpense number 0")
                .contains("booked 6.00", "data-wait=\"500\"", "http-equiv=\"refresh\"", "<td>3</td><td>2</td>")
                .doesNotContain(EVIL);
    }

    @Test
    void dialogPageRestsWhenBothHaveEnded() {
        DialogView dialog = new DialogView(ID, List.of(), List.of(denied), List.of(), List.of());

        assertThat(DialogPage.render(dialog)).contains("ended by both sides", "data-wait=\"0\"", "Nothing booked.");
    }

    @Test
    void problemPageIsHarmless() {
        assertThat(ProblemPage.render(EVIL)).contains(TAMED).doesNotContain(EVIL);
    }

    private static ConversationEndpoint endpoint(boolean initiator, ConversationState state) {
        String local = initiator ? ExpenseContract.CLIENT : ExpenseContract.DESK;
        String far = initiator ? ExpenseContract.DESK : ExpenseContract.CLIENT;
        return new ConversationEndpoint(
                UUID.randomUUID(), ID, initiator, local, far, ExpenseContract.CONTRACT, ID, state, null, 1, 0, 0, 5);
    }

    private static Entry entry(long number, String service, Event event, Long sequenceNumber, String text) {
        String type = event == Event.BOOKED ? null : ExpenseContract.SUBMIT_EXPENSE;
        return new Entry(number, service, event, type, sequenceNumber, text, NOON);
    }
}
