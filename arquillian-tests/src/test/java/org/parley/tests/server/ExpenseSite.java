package org.parley.tests.server;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonStructure;
import java.io.StringReader;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.parley.tests.Until;

/** The expense example, as a program outside the server sees it. */
public final class ExpenseSite {

    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final String FORM = "application/x-www-form-urlencoded";

    private final Page page;

    /**
     * What the server said of a submission that it has committed.
     *
     * @param conversation the dialog
     * @param expenses numbers of the expenses
     */
    public record Receipt(String conversation, List<Long> expenses) {}

    public ExpenseSite(URI base) {
        this.page = new Page(base);
    }

    /** Its pages. */
    public Page page() {
        return page;
    }

    /** The form of expenses on one dialog. */
    public static String form(String employee, String... amounts) {
        return "employee=" + encoded(employee)
                + Arrays.stream(amounts)
                        .map(amount -> "&purpose=" + encoded("For " + amount) + "&amount=" + encoded(amount))
                        .collect(Collectors.joining());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Submits a form as it is, to be accepted or not. */
    public HttpResponse<String> post(String form) {
        return page.post("api/expenses", FORM, form);
    }

    /** Submits expenses on one dialog, which must be accepted. */
    public Receipt submit(String employee, String... amounts) {
        return receipt(post(form(employee, amounts)));
    }

    /** Reads the answer to a submission, which must be accepted. */
    public static Receipt receipt(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        JsonObject json = (JsonObject) parsed(response.body());
        return new Receipt(
                json.getString("conversation"),
                json.getJsonArray("expenses").getValuesAs(JsonNumber.class).stream()
                        .map(JsonNumber::longValue)
                        .toList());
    }

    /** The sums of both books. */
    public JsonObject book() {
        return (JsonObject) parsed(page.text("api/book"));
    }

    /** All expenses, the newest first. */
    public List<JsonObject> expenses() {
        return ((JsonArray) parsed(page.text("api/expenses?most=1000"))).getValuesAs(JsonObject.class);
    }

    /** One dialog: endpoints, expenses, journal, bookings. */
    public JsonObject dialog(String conversation) {
        return (JsonObject) parsed(page.text("api/dialogs/" + conversation));
    }

    /** Waits until every expense is answered. */
    public void settles() {
        Until.holds(() -> "no expense is open: " + book(), LONGEST, () -> book().getInt("open") == 0);
    }

    /** Waits until a dialog has gone from the broker, both its sides. */
    public void ends(String conversation) {
        Until.holds(
                () -> "the dialog is over: " + dialog(conversation).get("endpoints"),
                LONGEST,
                () -> dialog(conversation).getJsonArray("endpoints").isEmpty());
    }

    /** A text of each part of a list in a dialog. */
    public static List<String> texts(JsonObject dialog, String list, String name) {
        return dialog.getJsonArray(list).getValuesAs(JsonObject.class).stream()
                .map(part -> part.get(name).toString().replace("\"", ""))
                .toList();
    }

    private static JsonStructure parsed(String text) {
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            return reader.read();
        }
    }
}
