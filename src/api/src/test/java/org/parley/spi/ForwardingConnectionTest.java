package org.parley.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ForwardingConnectionTest {

    private final List<Method> called = new ArrayList<>();

    private final Connection target = (Connection) Proxy.newProxyInstance(
            getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                called.add(method);
                Class<?> type = method.getReturnType();
                return type == boolean.class ? Boolean.TRUE : type == int.class ? (Object) 7 : null;
            });

    private final ForwardingConnection connection = new ForwardingConnection() {
        @Override
        protected Connection delegate() {
            return target;
        }
    };

    @Test
    void everyMethodReachesTheTarget() throws Exception {
        for (Method method : Connection.class.getMethods()) {
            if (Modifier.isStatic(method.getModifiers())) {
                continue;
            }
            called.clear();
            Object[] arguments = Arrays.stream(method.getParameterTypes())
                    .map(ForwardingConnectionTest::something)
                    .toArray();
            method.invoke(connection, arguments);
            assertThat(called).as(method.toString()).containsExactly(method);
        }
    }

    @Test
    void isEqualToItselfAndUnwrapsToItself() throws Exception {
        assertThat(connection).isEqualTo(connection).isNotEqualTo(target);
        assertThat(connection.unwrap(ForwardingConnection.class)).isSameAs(connection);
        assertThat(called).isEmpty();
    }

    private static Object something(Class<?> type) {
        if (type == int.class) {
            return 1;
        }
        if (type == boolean.class) {
            return true;
        }
        return type == Class.class ? String.class : null;
    }
}
