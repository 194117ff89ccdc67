package org.parley.examples.expenses.web;

import static org.parley.examples.expenses.web.Layout.escape;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.parley.ConversationEndpoint;
import org.parley.examples.expenses.ExpenseContract;
import org.parley.examples.expenses.ExpenseView.Booking;
import org.parley.examples.expenses.ExpenseView.DialogView;
import org.parley.examples.expenses.ExpenseView.Entry;
import org.parley.examples.expenses.ExpenseView.Submitted;
import org.parley.examples.expenses.Journal.Event;

/** One dialog: both endpoints, what was said in order, what was booked. */
final class DialogPage {

    private static final String BODY = """
            <div id="live" data-source="dialog?id=%s" data-wait="%d">
            <h1>Dialog of %s %s</h1>
            <p class="id">Conversation %s on contract %s</p>
            <div class="endpoints">
            %s%s</div>
            <h2>Messages, in order</h2>
            <ol class="journal">
            %s</ol>
            <div class="pair">
            <section><h2>Client's book</h2>
            <div class="wide"><table>
            <thead><tr><th scope="col">Line</th><th scope="col">Purpose</th><th scope="col">Amount</th>\
            <th scope="col">Answer</th></tr></thead>
            <tbody>
            %s</tbody></table></div></section>
            <section><h2>Desk's book</h2>
            <div class="wide"><table>
            <thead><tr><th scope="col">Booking</th><th scope="col">Line</th><th scope="col">Amount</th>\
            <th scope="col">Booked</th></tr></thead>
            <tbody>
            %s</tbody></table></div></section>
            </div>
            <p><a href="./">All expenses</a></p>
            </div>
            """;

    private static final String ENDPOINT = """
            <section class="endpoint %s">
            <h2>%s</h2>
            <p class="id">%s</p>
            <p>%s</p>
            <dl>
            <div><dt>Next to send</dt><dd>%s</dd></div>
            <div><dt>Next expected</dt><dd>%s</dd></div>
            <div><dt>Waiting here</dt><dd>%s</dd></div>
            </dl>
            <p class="id">%s</p>
            </section>
            """;

    private static final String ENTRY = """
            <li class="%s"><div><strong>%s</strong> %s%s</div></li>
            """;

    private DialogPage() {}

    static String render(DialogView dialog) {
        boolean over = dialog.endpoints().isEmpty();
        String employee = dialog.expenses().get(0).expense().employee();
        String body = BODY.formatted(
                dialog.conversationId(),
                over ? 0 : 500,
                escape(employee),
                over ? Badge.of("approved", "ended by both sides") : Badge.of("open", "open"),
                dialog.conversationId(),
                escape(ExpenseContract.CONTRACT),
                endpoint(dialog, true),
                endpoint(dialog, false),
                journal(dialog.journal()),
                expenses(dialog.expenses()),
                bookings(dialog.bookings()));
        return Layout.page("Dialog of " + employee, !over, body);
    }

    private static String endpoint(DialogView dialog, boolean initiator) {
        Optional<ConversationEndpoint> found = dialog.endpoints().stream()
                .filter(endpoint -> endpoint.initiator() == initiator)
                .findFirst();
        String state = found.map(endpoint -> endpoint.state().code() + " "
                        + endpoint.state().name().toLowerCase(Locale.ROOT).replace('_', ' '))
                .orElse("no endpoint");
        return ENDPOINT.formatted(
                initiator ? "client" : "desk",
                initiator ? "Client, the initiator" : "Desk, the target",
                escape(initiator ? ExpenseContract.CLIENT : ExpenseContract.DESK),
                Badge.of(found.isPresent() ? "open" : "gone", state),
                found.map(endpoint -> "" + endpoint.sendSequence()).orElse("-"),
                found.map(endpoint -> "" + endpoint.receiveSequence()).orElse("-"),
                found.map(endpoint -> "" + endpoint.waitingMessages()).orElse("-"),
                found.map(endpoint -> "Handle " + endpoint.handle())
                        .orElse(dialog.endpoints().isEmpty() ? "Both sides have ended." : "Not there yet, or ended."));
    }

    private static String journal(List<Entry> entries) {
        StringBuilder items = new StringBuilder();
        for (Entry entry : entries) {
            boolean client = entry.service().equals(ExpenseContract.CLIENT);
            items.append(ENTRY.formatted(
                    client ? "client" : "desk", escape(what(entry)), Layout.time(entry.recordedAt()), body(entry)));
        }
        return items.toString();
    }

    private static String what(Entry entry) {
        String type = entry.messageType() == null
                ? ""
                : entry.messageType().substring(entry.messageType().lastIndexOf('/') + 1);
        return switch (entry.event()) {
            case SENT -> "sent " + type;
            case RECEIVED -> "received " + type + " number " + entry.sequenceNumber();
            case BOOKED -> "booked " + entry.text();
            case ENDED -> "ended its side";
            case FAILED -> "met an error";
        };
    }

    private static String body(Entry entry) {
        boolean shown = entry.text() != null && (entry.event() == Event.SENT || entry.event() == Event.FAILED);
        return shown ? "<pre>" + escape(entry.text()) + "</pre>" : "";
    }

    private static String expenses(List<Submitted> expenses) {
        StringBuilder rows = new StringBuilder();
        for (Submitted submitted : expenses) {
            rows.append("<tr><td>%d</td><td>%s</td><td class=\"number\">%s</td><td>%s</td></tr>%n"
                    .formatted(
                            submitted.line() + 1,
                            escape(submitted.expense().purpose()),
                            submitted.expense().amount(),
                            Badge.answer(submitted.answer(), submitted.reason())));
        }
        return rows.toString();
    }

    private static String bookings(List<Booking> bookings) {
        StringBuilder rows = new StringBuilder();
        for (Booking booking : bookings) {
            rows.append("<tr><td>%d</td><td>%d</td><td class=\"number\">%s</td><td>%s</td></tr>%n"
                    .formatted(
                            booking.number(), booking.line() + 1, booking.amount(), Layout.time(booking.bookedAt())));
        }
        return rows.isEmpty() ? "<tr><td colspan=\"4\">Nothing booked.</td></tr>\n" : rows.toString();
    }
}
