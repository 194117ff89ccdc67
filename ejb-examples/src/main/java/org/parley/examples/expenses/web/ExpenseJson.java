package org.parley.examples.expenses.web;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import org.parley.ConversationEndpoint;
import org.parley.examples.expenses.ExpenseSubmission.Receipt;
import org.parley.examples.expenses.ExpenseView.Booking;
import org.parley.examples.expenses.ExpenseView.DialogView;
import org.parley.examples.expenses.ExpenseView.Entry;
import org.parley.examples.expenses.ExpenseView.Submitted;
import org.parley.examples.expenses.ExpenseView.Totals;

/** How books and dialogs look as JSON; what isn't known is left out. */
final class ExpenseJson {

    private ExpenseJson() {}

    static JsonObject of(Receipt receipt) {
        JsonArrayBuilder expenses = Json.createArrayBuilder();
        receipt.expenseIds().forEach(expenses::add);
        return Json.createObjectBuilder()
                .add("conversation", receipt.conversationId().toString())
                .add("expenses", expenses)
                .build();
    }

    static JsonObject of(Submitted submitted) {
        JsonObjectBuilder json = Json.createObjectBuilder()
                .add("id", submitted.id())
                .add("conversation", submitted.conversationId().toString())
                .add("line", submitted.line())
                .add("employee", submitted.expense().employee())
                .add("purpose", submitted.expense().purpose())
                .add("amount", submitted.expense().amount())
                .add("submitted", submitted.submittedAt().toString());
        if (submitted.answer() != null) {
            json.add("answer", submitted.answer().name())
                    .add("answered", submitted.answeredAt().toString());
        }
        if (submitted.reason() != null) {
            json.add("reason", submitted.reason());
        }
        return json.build();
    }

    static JsonObject of(DialogView dialog) {
        JsonArrayBuilder endpoints = Json.createArrayBuilder();
        dialog.endpoints().forEach(endpoint -> endpoints.add(of(endpoint)));
        JsonArrayBuilder expenses = Json.createArrayBuilder();
        dialog.expenses().forEach(expense -> expenses.add(of(expense)));
        JsonArrayBuilder journal = Json.createArrayBuilder();
        dialog.journal().forEach(entry -> journal.add(of(entry)));
        JsonArrayBuilder bookings = Json.createArrayBuilder();
        dialog.bookings().forEach(booking -> bookings.add(of(booking)));
        return Json.createObjectBuilder()
                .add("conversation", dialog.conversationId().toString())
                .add("endpoints", endpoints)
                .add("expenses", expenses)
                .add("journal", journal)
                .add("bookings", bookings)
                .build();
    }

    static JsonObject of(Totals totals) {
        return Json.createObjectBuilder()
                .add("bookings", totals.bookings())
                .add("booked", totals.booked())
                .add("approved", totals.approved())
                .add("approvedAmount", totals.approvedAmount())
                .add("denied", totals.denied())
                .add("failed", totals.failed())
                .add("open", totals.open())
                .add("agree", totals.agree())
                .build();
    }

    private static JsonObject of(ConversationEndpoint endpoint) {
        return Json.createObjectBuilder()
                .add("handle", endpoint.handle().toString())
                .add("initiator", endpoint.initiator())
                .add("service", endpoint.service())
                .add("state", endpoint.state().code())
                .add("sendSequence", endpoint.sendSequence())
                .add("receiveSequence", endpoint.receiveSequence())
                .add("waitingMessages", endpoint.waitingMessages())
                .build();
    }

    private static JsonObject of(Entry entry) {
        JsonObjectBuilder json = Json.createObjectBuilder()
                .add("entry", entry.number())
                .add("service", entry.service())
                .add("event", entry.event().name())
                .add("at", entry.recordedAt().toString());
        if (entry.messageType() != null) {
            json.add("messageType", entry.messageType());
        }
        if (entry.sequenceNumber() != null) {
            json.add("number", entry.sequenceNumber());
        }
        if (entry.text() != null) {
            json.add("text", entry.text());
        }
        return json.build();
    }

    private static JsonObject of(Booking booking) {
        return Json.createObjectBuilder()
                .add("number", booking.number())
                .add("line", booking.line())
                .add("employee", booking.employee())
                .add("amount", booking.amount())
                .add("booked", booking.bookedAt().toString())
                .build();
    }
}
