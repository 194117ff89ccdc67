package org.parley.engine.sight;

import java.util.List;
import org.parley.engine.catalog.MessageType;
import org.parley.engine.store.MessageRow;
import org.parley.engine.store.Pieces;
import org.parley.engine.store.Store;
import org.parley.engine.store.SystemRows.Body;

/**
 * Messages of one endpoint that lie together and are looked at in portions.
 *
 * @param place where they lie
 * @param from first key there
 * @param to last key
 * @param shown how they are shown
 */
record Stretch(Place place, long from, long to, Shown shown) {

    /** Makes a row of a message; null for one that isn't shown, as it isn't committed, or belongs to another view. */
    @FunctionalInterface
    interface Shown {
        Object[] row(MessageRow message, MessageType type, Body body);
    }

    /** The same, from another key on. */
    Stretch startingAt(long key) {
        return new Stretch(place, key, to, shown);
    }

    /** A part of the store that has messages in the order of a key. */
    sealed interface Place {

        List<MessageRow> look(Store store, long from, long to, int most);

        long key(MessageRow message);

        /** A body that lies apart. */
        Pieces body(Store store, MessageRow message);
    }

    /** What an endpoint is to receive, by position. */
    record Waiting(long endpoint) implements Place {

        @Override
        public List<MessageRow> look(Store store, long from, long to, int most) {
            return store.look(endpoint, from, to, most);
        }

        @Override
        public long key(MessageRow message) {
            return message.position();
        }

        @Override
        public Pieces body(Store store, MessageRow message) {
            return new Pieces(message.length(), number -> store.lookAtPiece(endpoint, message.position(), number));
        }
    }

    /** What an endpoint has retained, by queuing order. */
    record Retained(long endpoint, boolean sent) implements Place {

        @Override
        public List<MessageRow> look(Store store, long from, long to, int most) {
            return store.lookAtRetained(endpoint, sent, from, to, most);
        }

        @Override
        public long key(MessageRow message) {
            return message.queuingOrder();
        }

        @Override
        public Pieces body(Store store, MessageRow message) {
            return new Pieces(
                    message.length(),
                    number -> store.lookAtRetainedPiece(endpoint, sent, message.queuingOrder(), number));
        }
    }
}
