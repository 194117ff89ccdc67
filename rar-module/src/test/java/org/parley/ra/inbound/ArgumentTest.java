package org.parley.ra.inbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.parley.ra.inbound.FakeDelivery.message;

import java.io.InputStream;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.parley.BrokerException;
import org.w3c.dom.Document;

class ArgumentTest {

    private final FakeDelivery delivery = new FakeDelivery(new ArrayList<>());

    @Test
    void chosenByType() throws Exception {
        var message = message("a", "<e>x</e>");
        assertThat(Argument.CONVERSATION.of(delivery, message)).isSameAs(delivery.conversation);
        assertThat(Argument.MESSAGE.of(delivery, message)).isSameAs(message);
        assertThat(Argument.TEXT.of(delivery, message)).isEqualTo("<e>x</e>");
        assertThat(Argument.BYTES.of(delivery, message)).isSameAs(message.body());
        assertThat(((InputStream) Argument.STREAM.of(delivery, message)).readAllBytes())
                .isEqualTo(message.body());
        Document document = (Document) Argument.DOCUMENT.of(delivery, message);
        assertThat(document.getDocumentElement().getTextContent()).isEqualTo("x");
        assertThat(Argument.forType(Integer.class)).isNull();
    }

    @ParameterizedTest
    @EnumSource(names = {"TEXT", "BYTES", "STREAM", "DOCUMENT"})
    void emptyMessageHasNoBody(Argument argument) {
        assertThat(argument.of(delivery, message("a", null))).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no xml",
                "<open>",
                "<!DOCTYPE e [<!ENTITY x SYSTEM 'file:///etc/hostname'>]><e>&x;</e>",
                "<!DOCTYPE e SYSTEM 'http://localhost/e.dtd'><e/>",
            })
    void bodyThatIsNoXmlOrHasADtd(String body) {
        assertThatThrownBy(() -> Argument.DOCUMENT.of(delivery, message("submit", body)))
                .isInstanceOf(BrokerException.class)
                .hasMessageContaining("message 7 of type 'submit'")
                .extracting("number")
                .isEqualTo(9615);
    }
}
