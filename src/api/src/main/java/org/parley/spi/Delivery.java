package org.parley.spi;

import java.util.List;
import javax.transaction.xa.XAResource;
import org.parley.Conversation;
import org.parley.Message;

/**
 * A reader's hold on ready groups, one group at a time. Used by one thread. The reader goes through rounds:
 *
 * <pre>
 * while (delivery.next()) {
 *     messages = delivery.peek();
 *     // transacted: begin through xaResource(), take(), call the bean, let the container end the transaction
 *     // else: call the bean, takeAlone() when it has returned
 *     delivery.finish(failure);
 * }
 * delivery.close();
 * </pre>
 */
public interface Delivery extends AutoCloseable {

    /**
     * Whether there is another round: true for the group that the delivery was started with, then as long as a ready
     * group of the queue could be claimed without waiting.
     */
    boolean next();

    /**
     * The messages of this round, read without a transaction: at most the activation's batch size. May be empty when the
     * conversation was ended meanwhile; then {@link #finish} at once.
     */
    List<Message> peek();

    /** The resource for the delivery's transaction. The branch that is begun through it adopts the claim. */
    XAResource xaResource();

    /** Receives the round's messages in the branch that was begun through {@link #xaResource()}. */
    void take();

    /** Receives the round's messages in a transaction of its own, after a bean without a transaction has returned. */
    void takeAlone();

    /**
     * Runs work that needs no bean in a transaction of its own, which adopts the claim: receives the round's messages,
     * then runs the work, in which {@link #conversation} belongs to that transaction. Commits when the work returns,
     * rolls back and throws on when it throws. Then {@link #finish}.
     */
    void alone(Runnable work);

    /** The conversation of a message, in the delivery's branch or, without one, each call for itself. */
    Conversation conversation(Message message);

    /** Marks the delivery's branch so that it can only be rolled back. */
    void rollbackOnly(Throwable reason);

    /**
     * Ends the round, after the container has ended the transaction: the claim goes back unless the branch still holds it.
     *
     * @param failure what the bean threw, or null
     * @return whether the messages were consumed
     */
    boolean finish(Throwable failure);

    /**
     * Ends the round, and with it the delivery, because no endpoint is free: as {@link #finish}, but no failure of the
     * bean; the group is offered again after a pause, as after a {@link ReaderUnavailableException}.
     */
    void unavailable(Throwable cause);

    /** The activation's name, for the reader's thread. */
    String name();

    /** Gives back whatever is still held. May be called more than once. */
    @Override
    void close();
}
