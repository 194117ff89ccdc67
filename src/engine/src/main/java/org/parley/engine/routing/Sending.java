package org.parley.engine.routing;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.parley.engine.catalog.CatalogSnapshot;
import org.parley.engine.catalog.MessageType;
import org.parley.engine.conversation.EndpointState.Far;
import org.parley.engine.conversation.EndpointState.Own;
import org.parley.engine.queue.Endpoint;
import org.parley.engine.queue.Transit;
import org.parley.engine.store.EndpointRow.Stage;
import org.parley.engine.store.MessageRow;

/**
 * What an endpoint has to send at one moment.
 *
 * @param messages whether there are messages; the engine holds the group then, until they are read
 * @param from first sequence number to be sent
 * @param to end, exclusive
 * @param error whether it has ended or was broken off with an error, which is all that is sent then
 * @param question whether it asks if it may go
 * @param acknowledges what it tells of its own receiving
 * @param news number of messages of which it tells for the first time; the other side deletes them then
 * @param oldest below it nothing is kept any more
 */
record Sending(
        Endpoint endpoint,
        boolean messages,
        long from,
        long to,
        boolean error,
        boolean question,
        long acknowledges,
        long news,
        long oldest) {

    /**
     * What there is; null for nothing. Takes the group when messages must be read: the statement that ends a conversation
     * may be deleting them at this moment. Under the table's lock.
     *
     * @param whenFree is given an endpoint whose group is held by somebody else
     */
    static Sending of(Endpoint endpoint, Consumer<Endpoint> whenFree) {
        if (endpoint == null || endpoint.transit() == null) {
            return null;
        }
        Transit transit = endpoint.transit();
        boolean messages = hasMessages(endpoint);
        if (messages && endpoint.group().holder() != null) {
            whenFree.accept(endpoint);
            messages = false;
        }
        boolean question = Guard.is(endpoint);
        if (!messages && !question && !transit.ackOwed()) {
            return null;
        }
        boolean error = messages && (transit.errorOwed() || endpoint.stage() == Stage.ENDED_WITH_ERROR);
        if (messages) {
            endpoint.group().hold(EngineHold.INSTANCE);
        }
        long from = transit.sentTo();
        long to = error ? from : Math.min(end(endpoint), transit.confirmed() + Station.WINDOW);
        return new Sending(
                endpoint,
                messages,
                from,
                to,
                error,
                question,
                transit.seen(),
                transit.unacknowledged(),
                transit.acknowledged());
    }

    /** Whether there are messages that should be on their way and aren't. */
    static boolean hasMessages(Endpoint endpoint) {
        Transit transit = endpoint.transit();
        Own own = endpoint.state().own();
        if (transit.errorOwed()) {
            return transit.sentTo() <= endpoint.nextOut();
        }
        if (own == Own.ENDED || own != Own.ENDING && endpoint.state().far() != Far.ACTIVE) {
            return false;
        }
        if (endpoint.stage() == Stage.ENDED_WITH_ERROR) {
            return transit.sentTo() <= endpoint.nextOut();
        }
        return end(endpoint) > transit.sentTo() && transit.sentTo() < transit.confirmed() + Station.WINDOW;
    }

    /** End of what may be on its way: the EndDialog, which is the last, may be held back. */
    private static long end(Endpoint endpoint) {
        return QueueOff.holdsEnd(endpoint) ? endpoint.nextOut() - 1 : endpoint.nextOut();
    }

    List<Frame> frames(Frame.Header header, List<MessageRow> rows, CatalogSnapshot definitions) {
        List<Frame> frames = new ArrayList<>(rows.size() + 1);
        for (MessageRow row : rows) {
            Frame.Kind kind =
                    switch (row.type()) {
                        case MessageType.END_DIALOG -> Frame.Kind.END_DIALOG;
                        case MessageType.ERROR -> Frame.Kind.ERROR;
                        default -> Frame.Kind.MESSAGE;
                    };
            String type = kind == Frame.Kind.MESSAGE
                    ? definitions.messageType(row.type()).name()
                    : null;
            frames.add(new Frame(kind, header, row.sequence(), type, row.body(), 0, acknowledges, oldest));
        }
        if (question) {
            frames.add(new Frame(Frame.Kind.QUESTION, header, -1, null, null, 0, acknowledges, oldest));
        } else if (frames.isEmpty()) {
            frames.add(new Frame(Frame.Kind.ACKNOWLEDGEMENT, header, -1, null, null, 0, acknowledges, oldest));
        }
        return frames;
    }
}
