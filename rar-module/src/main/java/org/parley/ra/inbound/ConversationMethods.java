package org.parley.ra.inbound;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.parley.BrokerException;
import org.parley.Conversation;
import org.parley.ConversationError;
import org.parley.ErrorNumbers;
import org.parley.Message;
import org.parley.OnEndDialog;
import org.parley.OnError;
import org.parley.OnMessage;
import org.parley.OnTimer;
import org.parley.SystemMessageTypes;
import org.parley.ra.sight.RaLog;
import org.parley.spi.Delivery;

/** The annotated methods of a {@link org.parley.ConversationListener}, by message type. */
final class ConversationMethods implements Listener {

    private static final int UNKNOWN_TYPE = 8428;

    private static final Map<String, String> ANNOTATIONS = Map.of(
            SystemMessageTypes.END_DIALOG, "@OnEndDialog",
            SystemMessageTypes.ERROR, "@OnError",
            SystemMessageTypes.DIALOG_TIMER, "@OnTimer");

    private final String activation;
    private final Map<String, BeanMethod> methods = new HashMap<>();

    /** Reads the class and its superclasses; the error names class, method and what is allowed. */
    ConversationMethods(String activation, Class<?> bean) {
        this.activation = activation;
        if (!Modifier.isPublic(bean.getModifiers()) || Modifier.isFinal(bean.getModifiers())) {
            throw new BrokerException(
                    ErrorNumbers.BAD_PROPERTY,
                    "Bean class " + bean.getName() + " must be public and must not be final: containers call it through"
                            + " a subclass.");
        }
        for (Method method : bean.getMethods()) {
            if (!isSecondFace(method)) {
                bind(method);
            }
        }
        for (Class<?> type = bean; type != null; type = type.getSuperclass()) {
            // getMethods doesn't show these, and a method that is never called is the worse error
            Stream.of(type.getDeclaredMethods())
                    .filter(method -> !method.isBridge() && !typesOf(method).isEmpty())
                    .forEach(BeanMethod::of);
        }
        if (methods.isEmpty()) {
            throw new BrokerException(
                    ErrorNumbers.BAD_PROPERTY,
                    "Bean class " + bean.getName()
                            + " is a ConversationListener without a method that carries @OnMessage, @OnEndDialog,"
                            + " @OnError or @OnTimer; it needs one.");
        }
    }

    /**
     * Whether it is the bridge of a method of the same class, and carries that one's annotations a second time. Other
     * bridges stand for a public method of a superclass that isn't public, and are the only way to it.
     */
    private static boolean isSecondFace(Method method) {
        return method.isBridge()
                && Stream.of(method.getDeclaringClass().getDeclaredMethods())
                        .anyMatch(other -> !other.isBridge()
                                && other.getName().equals(method.getName())
                                && other.getParameterCount() == method.getParameterCount());
    }

    private void bind(Method method) {
        List<String> types = typesOf(method);
        if (types.isEmpty()) {
            return;
        }
        BeanMethod bound = BeanMethod.of(method);
        for (String type : types) {
            BeanMethod other = methods.putIfAbsent(type, bound);
            if (other != null) {
                throw BeanMethod.refused(
                        method,
                        "takes message type '" + type + "', which method '"
                                + other.method().getName() + "' takes already; one is allowed");
            }
        }
    }

    private static List<String> typesOf(Method method) {
        List<String> types = new ArrayList<>();
        OnMessage onMessage = method.getAnnotation(OnMessage.class);
        if (onMessage != null) {
            if (onMessage.value().length == 0) {
                throw BeanMethod.refused(method, "has an @OnMessage without a message type; one or more are needed");
            }
            for (String name : onMessage.value()) {
                types.add(userType(method, name));
            }
        }
        if (method.isAnnotationPresent(OnEndDialog.class)) {
            types.add(SystemMessageTypes.END_DIALOG);
        }
        if (method.isAnnotationPresent(OnError.class)) {
            types.add(SystemMessageTypes.ERROR);
        }
        if (method.isAnnotationPresent(OnTimer.class)) {
            types.add(SystemMessageTypes.DIALOG_TIMER);
        }
        return types;
    }

    private static String userType(Method method, String name) {
        if (name.isBlank()) {
            throw BeanMethod.refused(method, "has an @OnMessage with message type '" + name + "'; a name is needed");
        }
        String type = SystemMessageTypes.canonical(name);
        if (ANNOTATIONS.containsKey(type)) {
            throw BeanMethod.refused(
                    method, "takes '" + name + "' with @OnMessage; use " + ANNOTATIONS.get(type) + " for that type");
        }
        return type;
    }

    @Override
    public int defaultBatchSize() {
        return 1;
    }

    @Override
    public int largestBatchSize() {
        return 1;
    }

    @Override
    public Set<String> handledTypes() {
        return Set.copyOf(methods.keySet());
    }

    @Override
    public Call callFor(List<Message> messages) {
        return methods.get(messages.get(0).messageType());
    }

    @Override
    public void withoutCall(Delivery delivery, List<Message> messages, RaLog log) {
        Message message = messages.get(0);
        Conversation conversation = delivery.conversation(message);
        if (message.isTimer()) {
            log.timerPassed(activation, message.conversationHandle());
        } else if (message.isEndDialog()) {
            conversation.end();
        } else if (message.isError()) {
            conversation.end();
            log.errorReceived(activation, message.conversationHandle(), errorOf(message));
        } else {
            conversation.endWithError(
                    UNKNOWN_TYPE,
                    "Service '" + message.serviceName() + "' has no method for message type '" + message.messageType()
                            + "'.");
        }
    }

    private static ConversationError errorOf(Message message) {
        try {
            return message.error();
        } catch (IllegalArgumentException unreadable) {
            return new ConversationError(0, unreadable.getMessage());
        }
    }
}
