package org.parley.testkit;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.parley.spi.BrokerServer;
import org.parley.spi.Channel;
import org.parley.spi.EngineProvider;
import org.parley.spi.ServerConfig;

/** Found instead of the engine: has a thread while it is open, and keeps it when a test says so. */
public final class ThreadStartingEngine implements EngineProvider {

    static final List<String> CALLS = new ArrayList<>();
    static CountDownLatch end;
    static boolean leak;
    static RuntimeException failingClose;

    @Override
    public BrokerServer open(ServerConfig config) {
        CALLS.add("open " + config.clock());
        CountDownLatch latch = new CountDownLatch(1);
        end = latch;
        new Thread(() -> await(latch), "parley-worker").start();
        return proxy(BrokerServer.class, (self, method, arguments) -> switch (method.getName()) {
            case "channel" ->
                proxy(Channel.class, (channel, called, given) -> {
                    CALLS.add(called.getName() + " channel");
                    return null;
                });
            case "close" -> {
                CALLS.add("close server");
                if (!leak) {
                    latch.countDown();
                }
                if (failingClose != null) {
                    throw failingClose;
                }
                yield null;
            }
            default -> null;
        });
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
