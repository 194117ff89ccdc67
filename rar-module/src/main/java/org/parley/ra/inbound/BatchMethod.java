package org.parley.ra.inbound;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Set;
import org.parley.Message;
import org.parley.MessageBatchListener;
import org.parley.ra.sight.RaLog;
import org.parley.spi.ActivationConfig;
import org.parley.spi.Delivery;

/** A {@link MessageBatchListener}: one method takes everything. */
final class BatchMethod implements Listener, Listener.Call {

    private static final int DEFAULT_BATCH = 100;

    private final Method method;

    BatchMethod() {
        try {
            method = MessageBatchListener.class.getMethod(
                    "onMessages", MessageBatchListener.Conversations.class, List.class);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("MessageBatchListener has changed", e);
        }
    }

    @Override
    public int defaultBatchSize() {
        return DEFAULT_BATCH;
    }

    @Override
    public int largestBatchSize() {
        return ActivationConfig.MOST_IN_BATCH;
    }

    @Override
    public Set<String> handledTypes() {
        return null;
    }

    @Override
    public Call callFor(List<Message> messages) {
        return this;
    }

    @Override
    public void withoutCall(Delivery delivery, List<Message> messages, RaLog log) {
        throw new IllegalStateException("A batch always has its method.");
    }

    @Override
    public Method method() {
        return method;
    }

    @Override
    public void on(Object endpoint, Delivery delivery, List<Message> messages)
            throws InvocationTargetException, IllegalAccessException {
        MessageBatchListener.Conversations conversations = delivery::conversation;
        method.invoke(endpoint, conversations, messages);
    }
}
