package org.parley.ra.inbound;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Set;
import org.parley.Message;
import org.parley.ra.sight.RaLog;
import org.parley.spi.Delivery;

/** How the messages of a round reach a bean: one of the two listener types, bound to the bean's class. */
interface Listener {

    /** Messages of a delivery when the bean doesn't say. */
    int defaultBatchSize();

    /** Most messages of a delivery. */
    int largestBatchSize();

    /** Message types that have a method, or null when all are taken. */
    Set<String> handledTypes();

    /** The call for these messages, or null when no method takes them. */
    Call callFor(List<Message> messages);

    /** What happens instead of a call; in a transaction in which the messages have been received. */
    void withoutCall(Delivery delivery, List<Message> messages, RaLog log);

    /** A method of the bean and how its arguments come from a delivery. */
    interface Call {

        /** The method as the container must hear it before delivery. */
        Method method();

        /** Calls it on an endpoint. What the bean throws is the cause of the {@link InvocationTargetException}. */
        void on(Object endpoint, Delivery delivery, List<Message> messages)
                throws InvocationTargetException, IllegalAccessException;
    }
}
