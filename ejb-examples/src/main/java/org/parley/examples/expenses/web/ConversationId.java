package org.parley.examples.expenses.web;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** Conversation identifiers in addresses; {@link UUID#fromString} alone would take shorter ones, too. */
final class ConversationId {

    static final String SAMPLE = "0b7c1d9e-5f0a-4c55-9a53-2f6f6c1d7a10";

    private static final Pattern FORM = Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

    private ConversationId() {}

    static Optional<UUID> parse(String text) {
        return text != null && FORM.matcher(text).matches() ? Optional.of(UUID.fromString(text)) : Optional.empty();
    }
}
