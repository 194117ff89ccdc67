package org.parley.ra.inbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.parley.ra.inbound.FakeDelivery.message;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.parley.BrokerException;
import org.parley.Conversation;
import org.parley.ConversationListener;
import org.parley.ErrorNumbers;
import org.parley.Message;
import org.parley.OnEndDialog;
import org.parley.OnError;
import org.parley.OnMessage;
import org.parley.OnTimer;
import org.parley.SystemMessageTypes;
import org.w3c.dom.Document;

class ConversationMethodsTest {

    static class Hidden implements ConversationListener {
        @OnMessage("inherited from a class that isn't public")
        public void hidden() {}
    }

    public static class Base<T> extends Hidden {
        @OnMessage("base")
        public void base() {}

        public void generic(T value) {}
    }

    public static class All extends Base<String> {
        @OnMessage({"a", "b"})
        public void ab(Conversation conversation, Message message, String text, byte[] bytes, Document document) {}

        @OnEndDialog
        @OnError
        public void over() {}

        @OnTimer
        public void timer() {}

        @Override
        @OnMessage("generic")
        public void generic(String value) {}
    }

    public static class PrivateMethod implements ConversationListener {
        @OnMessage("a")
        private void mine() {}
    }

    public static class StaticMethod implements ConversationListener {
        @OnMessage("a")
        public static void shared() {}
    }

    public static class FinalMethod implements ConversationListener {
        @OnMessage("a")
        public final void fixed() {}
    }

    public static class Returning implements ConversationListener {
        @OnMessage("a")
        public String answer() {
            return "";
        }
    }

    public static class UnknownParameter implements ConversationListener {
        @OnMessage("a")
        public void take(Integer number) {}
    }

    public static class TwoTexts implements ConversationListener {
        @OnMessage("a")
        public void take(String one, String other) {}
    }

    public static class Twice implements ConversationListener {
        @OnMessage("a")
        public void one() {}

        @OnMessage({"b", "a"})
        public void other() {}
    }

    public static class TwoEnds implements ConversationListener {
        @OnEndDialog
        public void one() {}

        @OnEndDialog
        public void other() {}
    }

    public static class EndAsMessage implements ConversationListener {
        @OnMessage("https://schemas.microsoft.com/SQL/ServiceBroker/EndDialog")
        public void take() {}
    }

    public static class NoType implements ConversationListener {
        @OnMessage({})
        public void take() {}
    }

    public static class BlankType implements ConversationListener {
        @OnMessage(" ")
        public void take() {}
    }

    public static class Nothing implements ConversationListener {}

    public static final class FinalClass implements ConversationListener {
        @OnMessage("a")
        public void take() {}
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of(PrivateMethod.class, "'mine'", "must be public"),
                Arguments.of(StaticMethod.class, "'shared'", "neither static"),
                Arguments.of(FinalMethod.class, "'fixed'", "nor final"),
                Arguments.of(Returning.class, "'answer'", "must return nothing"),
                Arguments.of(UnknownParameter.class, "java.lang.Integer", "Conversation, Message, String"),
                Arguments.of(TwoTexts.class, "'take'", "two parameters of type String"),
                Arguments.of(Twice.class, "message type 'a'", "already"),
                Arguments.of(TwoEnds.class, "EndDialog", "already"),
                Arguments.of(EndAsMessage.class, "'take'", "use @OnEndDialog"),
                Arguments.of(NoType.class, "'take'", "without a message type"),
                Arguments.of(BlankType.class, "'take'", "a name is needed"),
                Arguments.of(Nothing.class, "Nothing", "it needs one"),
                Arguments.of(FinalClass.class, "FinalClass", "must not be final"),
                Arguments.of(Hidden.class, "Hidden", "must be public"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void refusesWhatCouldNotBeCalled(Class<?> bean, String what, String why) {
        assertThatThrownBy(() -> new ConversationMethods("Bean", bean))
                .isInstanceOf(BrokerException.class)
                .hasMessageContaining(bean.getSimpleName())
                .hasMessageContaining(what)
                .hasMessageContaining(why)
                .extracting("number")
                .isEqualTo(ErrorNumbers.BAD_PROPERTY);
    }

    @Test
    void bindsInheritedAndGenericMethodsOnce() {
        ConversationMethods methods = new ConversationMethods("Bean", All.class);
        assertThat(methods.handledTypes())
                .containsExactlyInAnyOrder(
                        "a",
                        "b",
                        "base",
                        "generic",
                        "inherited from a class that isn't public",
                        SystemMessageTypes.END_DIALOG,
                        SystemMessageTypes.ERROR,
                        SystemMessageTypes.DIALOG_TIMER);
        assertThat(methods.callFor(List.of(message("generic", null))).method().isBridge())
                .isFalse();
        assertThat(methods.callFor(List.of(message("b", null))).method().getName())
                .isEqualTo("ab");
        assertThat(methods.callFor(List.of(message("c", null)))).isNull();
    }
}
