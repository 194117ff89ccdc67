package org.parley.ra.inbound;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import org.parley.BrokerException;
import org.parley.ErrorNumbers;
import org.parley.Message;
import org.parley.spi.Delivery;

/** An annotated method of a bean, with what its parameters are. */
record BeanMethod(Method method, List<Argument> arguments) implements Listener.Call {

    /** Checks that a container's proxy can pass the call on and that every parameter is known. */
    static BeanMethod of(Method method) {
        int modifiers = method.getModifiers();
        if (!Modifier.isPublic(modifiers) || Modifier.isStatic(modifiers) || Modifier.isFinal(modifiers)) {
            throw refused(method, "must be public and neither static nor final: containers call it through a proxy");
        }
        if (method.getReturnType() != void.class) {
            throw refused(
                    method,
                    "returns " + method.getReturnType().getSimpleName()
                            + "; it must return nothing: answers are sent on the Conversation");
        }
        List<Argument> arguments = new ArrayList<>();
        for (Class<?> type : method.getParameterTypes()) {
            Argument argument = Argument.forType(type);
            if (argument == null) {
                throw refused(
                        method,
                        "has a parameter of type " + type.getName() + "; allowed are " + Argument.allowed()
                                + (type.getName().startsWith("org.parley.")
                                        ? ", of the class loader of the resource adapter: remove parley-api from the"
                                                + " application"
                                        : ""));
            }
            if (arguments.contains(argument)) {
                throw refused(method, "has two parameters of type " + type.getSimpleName() + "; one is allowed");
            }
            arguments.add(argument);
        }
        return new BeanMethod(method, List.copyOf(arguments));
    }

    static BrokerException refused(Method method, String why) {
        return new BrokerException(
                ErrorNumbers.BAD_PROPERTY,
                "Method '" + method.getName() + "' of bean class "
                        + method.getDeclaringClass().getName() + " " + why + ".");
    }

    @Override
    public void on(Object endpoint, Delivery delivery, List<Message> messages)
            throws InvocationTargetException, IllegalAccessException {
        Message message = messages.get(0);
        Object[] values = new Object[arguments.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = arguments.get(i).of(delivery, message);
        }
        method.invoke(endpoint, values);
    }
}
