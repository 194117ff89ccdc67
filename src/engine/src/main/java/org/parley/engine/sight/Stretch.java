package org.parley.engine.sight;

import java.util.List;
import org.parley.engine.store.MessageRow;
import org.parley.engine.store.SeenMessage;
import org.parley.engine.store.Store;

/**
 * Messages of one endpoint that lie together and are looked at in portions.
 *
 * @param place where they lie
 * @param from first key there
 * @param to last key
 * @param status what the queue's view shows as their status, or {@link #HIDDEN}
 */
record Stretch(Place place, long from, long to, Status status) {

    /** A message that is not shown: it isn't committed, or belongs to another view. */
    static final int HIDDEN = -1;

    /** Status of a message. */
    @FunctionalInterface
    interface Status {
        int of(MessageRow message);
    }

    /** A part of the store that has messages in the order of a key. */
    sealed interface Place {

        List<SeenMessage> look(Store store, long from, long to, int most);

        long key(MessageRow message);

        byte[] body(Store store, MessageRow message);
    }

    /** What an endpoint is to receive, by position. */
    record Waiting(long endpoint) implements Place {

        @Override
        public List<SeenMessage> look(Store store, long from, long to, int most) {
            return store.look(endpoint, from, to, most);
        }

        @Override
        public long key(MessageRow message) {
            return message.position();
        }

        @Override
        public byte[] body(Store store, MessageRow message) {
            return store.lookAtBody(endpoint, message.position());
        }
    }

    /** What an endpoint has retained, by queuing order. */
    record Retained(long endpoint, boolean sent) implements Place {

        @Override
        public List<SeenMessage> look(Store store, long from, long to, int most) {
            return store.lookAtRetained(endpoint, sent, from, to, most);
        }

        @Override
        public long key(MessageRow message) {
            return message.queuingOrder();
        }

        @Override
        public byte[] body(Store store, MessageRow message) {
            return store.lookAtRetainedBody(endpoint, sent, message.queuingOrder());
        }
    }
}
