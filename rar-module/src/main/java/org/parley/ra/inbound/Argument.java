package org.parley.ra.inbound;

import java.io.InputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.parley.Conversation;
import org.parley.Message;
import org.parley.spi.Delivery;
import org.w3c.dom.Document;

/** What a parameter of a bean's method can be. An empty message gives null for its body, whatever the type. */
enum Argument {
    CONVERSATION(Conversation.class) {
        @Override
        Object of(Delivery delivery, Message message) {
            return delivery.conversation(message);
        }
    },
    MESSAGE(Message.class) {
        @Override
        Object of(Delivery delivery, Message message) {
            return message;
        }
    },
    TEXT(String.class) {
        @Override
        Object of(Delivery delivery, Message message) {
            return message.text();
        }
    },
    BYTES(byte[].class) {
        @Override
        Object of(Delivery delivery, Message message) {
            return message.body();
        }
    },
    STREAM(InputStream.class) {
        @Override
        Object of(Delivery delivery, Message message) {
            return message.length() == 0 ? null : message.bodyStream();
        }
    },
    DOCUMENT(Document.class) {
        @Override
        Object of(Delivery delivery, Message message) {
            return XmlBody.parse(message);
        }
    };

    private final Class<?> type;

    Argument(Class<?> type) {
        this.type = type;
    }

    abstract Object of(Delivery delivery, Message message);

    /** The one for a parameter type, or null. */
    static Argument forType(Class<?> type) {
        for (Argument argument : values()) {
            if (argument.type == type) {
                return argument;
            }
        }
        return null;
    }

    /** Names of all parameter types. */
    static String allowed() {
        return Stream.of(values())
                .map(argument -> argument.type.getSimpleName())
                .collect(Collectors.joining(", "));
    }
}
