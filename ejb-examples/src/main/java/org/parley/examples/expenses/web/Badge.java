package org.parley.examples.expenses.web;

import org.parley.examples.expenses.Answer;

/** Small coloured words. */
final class Badge {

    private Badge() {}

    static String answer(Answer answer, String reason) {
        if (answer == null) {
            return of("open", "open");
        }
        String text =
                switch (answer) {
                    case APPROVED -> "approved";
                    case DENIED -> "denied";
                    case FAILED -> "failed";
                };
        return of(text, text) + (reason == null ? "" : " <small>" + Layout.escape(reason) + "</small>");
    }

    static String of(String kind, String text) {
        return "<span class=\"badge " + kind + "\">" + Layout.escape(text) + "</span>";
    }
}
