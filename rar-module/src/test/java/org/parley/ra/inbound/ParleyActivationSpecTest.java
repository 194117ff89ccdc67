package org.parley.ra.inbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.resource.spi.InvalidPropertyException;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.parley.spi.ActivationConfig;

class ParleyActivationSpecTest {

    private final ParleyActivationSpec spec = new ParleyActivationSpec();

    static Stream<Arguments> refused() {
        return Stream.of(
                row(ParleyActivationSpec::setQueue, "queue", null, "1 to 128 characters"),
                row(ParleyActivationSpec::setQueue, "queue", " ", "1 to 128 characters"),
                row(ParleyActivationSpec::setQueue, "queue", "q".repeat(129), "1 to 128 characters"),
                row(ParleyActivationSpec::setDatabase, "database", "", "1 to 128 characters"),
                row(ParleyActivationSpec::setUser, "user", "u".repeat(129), "1 to 128 characters"),
                row(ParleyActivationSpec::setMaxQueueReaders, "maxQueueReaders", "0", "1 to 32767"),
                row(ParleyActivationSpec::setMaxQueueReaders, "maxQueueReaders", "32768", "1 to 32767"),
                row(ParleyActivationSpec::setMaxQueueReaders, "maxQueueReaders", "many", "1 to 32767"),
                row(ParleyActivationSpec::setMaxQueueReaders, "maxQueueReaders", null, "1 to 32767"),
                row(ParleyActivationSpec::setBatchSize, "batchSize", "10001", "1 to 10000"),
                row(ParleyActivationSpec::setBatchSize, "batchSize", "1.5", "1 to 10000"));
    }

    private static Arguments row(
            BiConsumer<ParleyActivationSpec, String> setter, String property, String value, String allowed) {
        return Arguments.of(setter, property, value, allowed);
    }

    @ParameterizedTest
    @MethodSource
    void refused(BiConsumer<ParleyActivationSpec, String> setter, String property, String value, String allowed) {
        spec.setQueue("Inbox");
        setter.accept(spec, value);
        assertThatThrownBy(spec::validate)
                .isInstanceOf(InvalidPropertyException.class)
                .hasMessageContaining("'" + property + "'")
                .hasMessageContaining(value == null || value.isBlank() ? "missing" : "'" + value + "'")
                .hasMessageContaining(allowed)
                .satisfies(e -> assertThat(((InvalidPropertyException) e).getInvalidPropertyDescriptors())
                        .extracting("name")
                        .containsExactly(property));
    }

    @Test
    void defaults() throws Exception {
        spec.setQueue(" Inbox ");
        ActivationConfig config = spec.config("Bean", new BatchMethod());
        assertThat(config).isEqualTo(new ActivationConfig("Bean", "parley", "Inbox", 5, 100, null, null));
    }

    @Test
    void conversationListenerTakesOneMessageATransaction() throws Exception {
        Listener listener = new ConversationMethods("Bean", ReaderTest.Desk.class);
        spec.setQueue("Inbox");
        assertThat(spec.config("Bean", listener).batchSize()).isEqualTo(1);
        spec.setBatchSize("2");
        assertThatThrownBy(() -> spec.config("Bean", listener))
                .isInstanceOf(InvalidPropertyException.class)
                .hasMessageContaining("'batchSize' is '2'; allowed is 1");
    }
}
