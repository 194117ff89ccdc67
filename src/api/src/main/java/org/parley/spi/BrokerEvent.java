package org.parley.spi;

import java.util.UUID;
import org.parley.ConversationState;

/**
 * Something that has become true of conversations, messages, queues or readers; each is named after an event class of Service
 * Broker's traces, and its step after the event's subclass.
 */
public sealed interface BrokerEvent {

    /** The class of an event. */
    enum Kind {
        /** {@link BrokerEvent.Conversation}. */
        CONVERSATION(124, "Broker:Conversation"),
        /** {@link BrokerEvent.ConversationGroup}. */
        CONVERSATION_GROUP(136, "Broker:Conversation Group"),
        /** Of the network: no event yet. */
        CONNECTION(138, "Broker:Connection"),
        /** Of the network: no event yet. */
        FORWARDED_MESSAGE_SENT(139, "Broker:Forwarded Message Sent"),
        /** Of the network: no event yet. */
        FORWARDED_MESSAGE_DROPPED(140, "Broker:Forwarded Message Dropped"),
        /** {@link BrokerEvent.MessageClassify}. */
        MESSAGE_CLASSIFY(141, "Broker:Message Classify"),
        /** {@link BrokerEvent.Transmission}. */
        TRANSMISSION(142, "Broker:Transmission"),
        /** {@link BrokerEvent.QueueDisabled}. */
        QUEUE_DISABLED(143, "Broker:Queue Disabled"),
        /** {@link BrokerEvent.RemoteMessageAcknowledgement}. */
        REMOTE_MESSAGE_ACKNOWLEDGEMENT(149, "Broker:Remote Message Acknowledgement"),
        /** Of the network: no event yet. */
        AUDIT_CONVERSATION(158, "Audit Broker Conversation"),
        /** Of the network: no event yet. */
        AUDIT_LOGIN(159, "Audit Broker Login"),
        /** {@link BrokerEvent.MessageUndeliverable}. */
        MESSAGE_UNDELIVERABLE(160, "Broker:Message Undeliverable"),
        /** Of the network: no event yet. */
        CORRUPTED_MESSAGE(161, "Broker:Corrupted Message"),
        /** {@link BrokerEvent.Activation}. */
        ACTIVATION(163, "Broker:Activation");

        private final int number;
        private final String shown;

        Kind(int number, String shown) {
            this.number = number;
            this.shown = shown;
        }

        /** Its number at Service Broker. */
        public int number() {
            return number;
        }

        /** Its name at Service Broker. */
        public String shown() {
            return shown;
        }
    }

    /** Its class. */
    Kind kind();

    /** Database in which it has happened. */
    String database();

    /**
     * One side of a conversation, as it is after the event.
     *
     * @param handle its handle
     * @param conversationId what both sides have in common
     * @param group its group
     * @param service its service
     * @param farService service of the other side
     * @param initiator whether it has begun the dialog
     * @param state its state
     * @param priority its priority, 1 to 10
     */
    record Side(
            UUID handle,
            UUID conversationId,
            UUID group,
            String service,
            String farService,
            boolean initiator,
            ConversationState state,
            int priority) {}

    /**
     * A conversation has gone a step.
     *
     * @param step which one
     * @param side the side that has gone it
     * @param sequence number of the message that was sent or received; -1 where there is none
     */
    record Conversation(String database, Step step, Side side, long sequence) implements BrokerEvent {

        /** Steps, in the order of Service Broker's numbers from 1 on. */
        public enum Step {
            /** A message was sent. */
            SEND_MESSAGE,
            /** This side has ended. */
            END_CONVERSATION,
            /** This side has ended with an error. */
            END_CONVERSATION_WITH_ERROR,
            /** The broker has ended the conversation here with an error. */
            BROKER_INITIATED_ERROR,
            /** This side is removed. */
            TERMINATE_DIALOG,
            /** A message has reached the queue. */
            RECEIVED_SEQUENCED_MESSAGE,
            /** The other side's end has reached the queue. */
            RECEIVED_END_CONVERSATION,
            /** The other side's error has reached the queue. */
            RECEIVED_END_CONVERSATION_WITH_ERROR,
            /** An error that the broker of the other side has made has reached the queue. */
            RECEIVED_BROKER_ERROR_MESSAGE,
            /** The other side has confirmed this side's end. */
            RECEIVED_END_CONVERSATION_ACK,
            /** A dialog was begun by this side. */
            BEGIN_DIALOG,
            /** This side was made by a first message. */
            DIALOG_CREATED,
            /** This side was cleaned up. */
            END_CONVERSATION_WITH_CLEANUP
        }

        @Override
        public Kind kind() {
            return Kind.CONVERSATION;
        }
    }

    /**
     * A conversation group has got its first conversation, or lost its last.
     *
     * @param step which of them
     * @param group the group
     * @param service service of its conversations
     */
    record ConversationGroup(String database, Step step, UUID group, String service) implements BrokerEvent {

        /** What has become of it. */
        public enum Step {
            /** It is there. */
            CREATE,
            /** It is gone. */
            DROP
        }

        @Override
        public Kind kind() {
            return Kind.CONVERSATION_GROUP;
        }
    }

    /**
     * It was decided where the messages of a side go.
     *
     * @param step where
     * @param side the side that has sent them
     * @param reason why they wait, beginning with a number; empty when they don't
     */
    record MessageClassify(String database, Step step, Side side, String reason) implements BrokerEvent {

        /** Where to. */
        public enum Step {
            /** To a database of this server, maybe the same. */
            LOCAL,
            /** To another server. */
            REMOTE,
            /** Nowhere yet: they wait. */
            DELAYED
        }

        @Override
        public Kind kind() {
            return Kind.MESSAGE_CLASSIFY;
        }
    }

    /**
     * Messages could not be handed over; they are sent again.
     *
     * @param side the side that has sent them
     * @param error what is wrong, beginning with a number
     */
    record Transmission(String database, Side side, String error) implements BrokerEvent {

        @Override
        public Kind kind() {
            return Kind.TRANSMISSION;
        }
    }

    /**
     * A queue was turned off after rollbacks in a row.
     *
     * @param queue its name
     */
    record QueueDisabled(String database, String queue) implements BrokerEvent {

        @Override
        public Kind kind() {
            return Kind.QUEUE_DISABLED;
        }
    }

    /**
     * The databases of a conversation have told each other what has arrived.
     *
     * @param step how, and in which direction
     * @param side the side in this database
     * @param acknowledged all messages below this number have arrived
     */
    record RemoteMessageAcknowledgement(String database, Step step, Side side, long acknowledged)
            implements BrokerEvent {

        /** Steps, in the order of Service Broker's numbers from 1 on. */
        public enum Step {
            /** With messages on their way back. */
            MESSAGE_WITH_ACKNOWLEDGEMENT_SENT,
            /** Alone. */
            ACKNOWLEDGEMENT_SENT,
            /** With messages from there. */
            MESSAGE_WITH_ACKNOWLEDGEMENT_RECEIVED,
            /** Alone. */
            ACKNOWLEDGEMENT_RECEIVED
        }

        @Override
        public Kind kind() {
            return Kind.REMOTE_MESSAGE_ACKNOWLEDGEMENT;
        }
    }

    /**
     * What another database has sent was not put into a queue.
     *
     * @param step whether it has a number in its conversation
     * @param conversationId the conversation
     * @param toService service that it was sent to
     * @param sequence its number; -1 without one
     * @param messageType its type; null for what isn't a message
     * @param reason why, beginning with a number where there is one
     */
    record MessageUndeliverable(
            String database,
            Step step,
            UUID conversationId,
            String toService,
            long sequence,
            String messageType,
            String reason)
            implements BrokerEvent {

        /** Steps, in the order of Service Broker's numbers from 1 on. */
        public enum Step {
            /** A message, an end or an error. */
            SEQUENCED_MESSAGE,
            /** What the databases tell each other of a conversation. */
            UNSEQUENCED_MESSAGE
        }

        @Override
        public Kind kind() {
            return Kind.MESSAGE_UNDELIVERABLE;
        }
    }

    /**
     * A reader of a queue has started or ended.
     *
     * @param step which of them
     * @param queue the queue
     * @param activation name of its activation
     * @param activeTasks readers of that activation, after the event
     */
    record Activation(String database, Step step, String queue, String activation, int activeTasks)
            implements BrokerEvent {

        /** Steps, in the order of Service Broker's numbers from 1 on. */
        public enum Step {
            /** It has started. */
            START,
            /** It has ended. */
            ENDED,
            /** It has ended by a failure. */
            ABORTED
        }

        @Override
        public Kind kind() {
            return Kind.ACTIVATION;
        }
    }
}
