package org.parley.examples.expenses.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConversationIdTest {

    @Test
    void takesTheSample() {
        assertThat(ConversationId.parse(ConversationId.SAMPLE))
                .hasValueSatisfying(id -> assertThat(id).hasToString(ConversationId.SAMPLE));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {"", "1-1-1-1-1", "0b7c1d9e-5f0a-4c55-9a53-2f6f6c1d7a1", "0b7c1d9e-5f0a-4c55-9a53-2f6f6c1d7a1g"})
    void refusesOtherTexts(String text) {
        assertThat(ConversationId.parse(text)).isEmpty();
    }
}
