package org.parley.ra.inbound;

import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import javax.transaction.xa.XAResource;
import org.parley.Conversation;
import org.parley.Message;
import org.parley.MessageTypeDefinition.Validation;
import org.parley.spi.Delivery;

/** Plays rounds that are given beforehand and writes down what is asked of it. */
final class FakeDelivery implements Delivery {

    final List<String> trace;
    final Deque<List<Message>> rounds = new ArrayDeque<>();
    final Conversation conversation;
    Throwable failure;
    Throwable rollbackReason;
    RuntimeException atTake;
    String threadName;
    private boolean consumed;

    FakeDelivery(List<String> trace, Message... messages) {
        this.trace = trace;
        Arrays.stream(messages).map(List::of).forEach(rounds::add);
        conversation = (Conversation) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Conversation.class}, (proxy, method, arguments) -> {
                    trace.add(
                            "conversation." + method.getName() + (arguments == null ? "" : Arrays.toString(arguments)));
                    return null;
                });
    }

    static Message message(String type, String body) {
        return new Message(
                new UUID(1, 1),
                new UUID(2, 2),
                7,
                "Desk",
                "Contract",
                type,
                body == null ? null : body.getBytes(StandardCharsets.UTF_8),
                1,
                5,
                Instant.EPOCH,
                65536,
                65537,
                65538,
                Validation.NONE,
                null);
    }

    @Override
    public boolean next() {
        threadName = Thread.currentThread().getName();
        return !rounds.isEmpty();
    }

    @Override
    public List<Message> peek() {
        consumed = false;
        return rounds.poll();
    }

    @Override
    public XAResource xaResource() {
        return null;
    }

    @Override
    public void take() {
        trace.add("take");
        if (atTake != null) {
            throw atTake;
        }
        consumed = true;
    }

    @Override
    public void takeAlone() {
        trace.add("takeAlone");
        consumed = true;
    }

    @Override
    public void alone(Runnable work) {
        trace.add("alone");
        work.run();
        consumed = true;
    }

    @Override
    public Conversation conversation(Message message) {
        return conversation;
    }

    @Override
    public void rollbackOnly(Throwable reason) {
        trace.add("rollbackOnly");
        rollbackReason = reason;
        consumed = false;
    }

    @Override
    public boolean finish(Throwable cause) {
        failure = cause;
        trace.add("finish " + (cause == null ? "ok" : cause.getClass().getSimpleName()));
        return consumed && cause == null;
    }

    @Override
    public void unavailable(Throwable cause) {
        failure = cause;
        trace.add("unavailable");
    }

    @Override
    public String name() {
        return "Bean";
    }

    @Override
    public void close() {
        trace.add("close");
    }
}
