package org.parley.ra.sight;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.parley.BrokerException;
import org.parley.ConversationError;
import org.parley.ScriptMessage;

class RaLogTest {

    private final List<String> messages = new ArrayList<>();

    private final RaLog log = new RaLog(new System.Logger() {
        @Override
        public String getName() {
            return "test";
        }

        @Override
        public boolean isLoggable(Level level) {
            return true;
        }

        @Override
        public void log(Level level, ResourceBundle bundle, String text, Throwable thrown) {
            messages.add(text);
        }

        @Override
        public void log(Level level, ResourceBundle bundle, String format, Object... parameters) {
            messages.add(format);
        }
    });

    @Test
    void everyMessageHasAnIdOfItsOwnAndAllItsValues() throws Exception {
        Set<String> ids = new HashSet<>();
        int methods = 0;
        for (Method method : RaLog.class.getMethods()) {
            if (!EngineLog.class.isAssignableFrom(method.getDeclaringClass())) {
                continue;
            }
            methods++;
            messages.clear();
            method.invoke(
                    log,
                    Arrays.stream(method.getParameterTypes())
                            .map(RaLogTest::value)
                            .toArray());
            assertThat(messages)
                    .as(method.getName())
                    .hasSize(1)
                    .first()
                    .asString()
                    .matches("PARLEY-1\\d\\d\\d .+");
            for (Class<?> type : method.getParameterTypes()) {
                if (type == String.class || type == UUID.class) {
                    assertThat(messages.get(0)).contains(value(type).toString());
                }
            }
            ids.add(messages.get(0).substring(0, 11));
        }
        assertThat(ids).hasSize(methods);
    }

    private static Object value(Class<?> type) {
        if (type == long.class) {
            return 5L;
        }
        if (type == int.class) {
            return 7;
        }
        if (type == Duration.class) {
            return Duration.ofSeconds(5);
        }
        if (type == boolean.class) {
            return true;
        }
        if (type == UUID.class) {
            return new UUID(1, 1);
        }
        if (type == Path.class) {
            return Path.of("home");
        }
        if (type == Throwable.class) {
            return new IllegalStateException("cause");
        }
        if (type == ConversationError.class) {
            return new ConversationError(1, "text");
        }
        if (type == ScriptMessage.class) {
            return new ScriptMessage(0, 0, 1, 1, null, "said");
        }
        if (type == BrokerException.class) {
            return new BrokerException(9614, "why");
        }
        return "the value";
    }
}
