package org.parley.engine.activation;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import javax.transaction.xa.XAResource;
import org.parley.BrokerException;
import org.parley.Conversation;
import org.parley.ErrorNumbers;
import org.parley.Message;
import org.parley.engine.database.OpenDatabase;
import org.parley.engine.queue.QueueWatcher;
import org.parley.engine.session.ClaimedMessages;
import org.parley.engine.session.EngineChannel;
import org.parley.engine.session.EngineConversation;
import org.parley.engine.session.Statements;
import org.parley.engine.tx.Branch;
import org.parley.engine.tx.Claim;
import org.parley.engine.tx.Rollbacks;
import org.parley.spi.ActivationConfig;
import org.parley.spi.Delivery;

/** A reader at work: its claim, its channel, and the messages of the round. Used by one thread, the reader's. */
public final class EngineDelivery implements Delivery {

    private final QueueActivation activation;
    private final Statements statements;
    private final EngineChannel channel;
    private final ReadQueue queue;
    private final QueueWatcher.Task task;
    private final ReaderTrace trace;
    private boolean worked;
    private Claim claim;
    private ClaimedMessages messages;
    private Branch branch;
    private boolean firstRound = true;
    private Alone alone = Alone.NOT_TRIED;
    private boolean closed;

    /** What has become of the messages that were to be received in a transaction of the delivery's own. */
    private enum Alone {
        NOT_TRIED,
        /** Rolled back, which has been counted. */
        FAILED,
        DONE
    }

    /**
     * A delivery of a claimed group.
     *
     * @param channels makes the channel whose branches adopt the current claim of this delivery
     */
    public EngineDelivery(QueueActivation activation, ReadQueue queue, ReadQueue.Started started, Channels channels) {
        this.activation = activation;
        this.statements = queue.statements();
        this.claim = started.claim();
        this.task = started.task();
        this.queue = queue;
        ActivationConfig config = activation.config();
        this.trace = new ReaderTrace(
                statements.database().telemetry(),
                config.database(),
                config.queue(),
                config.name(),
                activation::readers);
        this.channel = channels.open(this);
    }

    /** Makes the channel of a delivery. */
    @FunctionalInterface
    public interface Channels {

        /** The channel. */
        EngineChannel open(EngineDelivery delivery);
    }

    /** It is handed to the server, which is to give it a thread. */
    void started() {
        trace.started();
    }

    /** The claim of the round, or null between rounds. */
    public Claim claim() {
        return claim;
    }

    @Override
    public boolean next() {
        if (closed) {
            return false;
        }
        if (!firstRound) {
            giveBack();
            claim = activation.claimFor(queue);
        } else if (!queue.on()) {
            // turned off while this reader was on its way: nothing is received any more, and the reader hasn't failed
            worked = true;
            giveBack();
        }
        firstRound = false;
        messages = null;
        branch = null;
        alone = Alone.NOT_TRIED;
        if (claim == null) {
            return false;
        }
        claim.workOn(Thread.currentThread());
        trace.invoked();
        return true;
    }

    @Override
    public List<Message> peek() {
        messages = ClaimedMessages.peek(
                statements.database(), claim.group(), activation.config().batchSize());
        if (messages.messages().isEmpty() && messages.passesOver()) {
            // memory promised rows that the store doesn't have: without moving on the group would be ready for ever
            alone(() -> {});
        }
        return List.copyOf(messages.messages());
    }

    @Override
    public XAResource xaResource() {
        return channel.xaResource();
    }

    @Override
    public void take() {
        Branch attached = channel.attached();
        if (attached == null) {
            throw new BrokerException(
                    ErrorNumbers.NOT_ENLISTED,
                    "The delivery of '" + activation.config().name() + "' has no transaction: its resource was not"
                            + " enlisted by beforeDelivery.");
        }
        branch = attached;
        messages.take(attached);
    }

    @Override
    public void takeAlone() {
        alone(() -> {});
    }

    @Override
    public void alone(Runnable work) {
        channel.begin();
        Branch own = channel.local();
        try {
            messages.take(own);
            // from here on a rollback is counted by the branch
            alone = Alone.FAILED;
            work.run();
        } catch (RuntimeException | Error e) {
            own.doom(failed(e));
            try {
                channel.rollback();
            } catch (RuntimeException suppressed) {
                e.addSuppressed(suppressed);
            }
            throw e;
        }
        channel.commit();
        alone = Alone.DONE;
    }

    @Override
    public Conversation conversation(Message message) {
        return new EngineConversation(channel, message.conversationHandle());
    }

    @Override
    public void rollbackOnly(Throwable reason) {
        Branch attached = channel.attached();
        if (attached != null) {
            attached.doom(failed(reason));
        }
    }

    private static BrokerException failed(Throwable reason) {
        return new BrokerException(ErrorNumbers.TRANSACTION_ENDED, "Its message-driven bean failed: " + reason, reason);
    }

    @Override
    public boolean finish(Throwable failure) {
        worked = true;
        activation.readerWorked();
        boolean consumed = alone == Alone.DONE || branch != null && branch.committed();
        if (!consumed && messages != null && !messages.messages().isEmpty()) {
            UUID conversation = messages.messages().get(0).conversationHandle();
            activation.listener().deliveryFailed(activation.config().name(), conversation, cause(failure));
            trace.failed();
            if (branch == null && failure != null && alone == Alone.NOT_TRIED) {
                countFailureWithoutBranch(failure);
            }
        }
        giveBack();
        return consumed;
    }

    /** A bean without a transaction has no rollback that could be counted: its failures count all the same. */
    private void countFailureWithoutBranch(Throwable failure) {
        OpenDatabase database = statements.database();
        database.table().locked(() -> Rollbacks.count(Set.of(claim.group()), failed(failure), database.aftercare()));
    }

    private Throwable cause(Throwable failure) {
        return failure == null && branch != null ? branch.doom() : failure;
    }

    @Override
    public void unavailable(Throwable cause) {
        worked = true;
        trace.aborted();
        activation.pause(cause);
        close();
    }

    @Override
    public String name() {
        return activation.config().name();
    }

    private void giveBack() {
        Claim held = claim;
        claim = null;
        if (held != null) {
            if (messages != null) {
                messages.end();
            }
            statements.database().table().locked(() -> {
                held.giveBack();
                statements.database().table().discardIfUnused(held.group());
            });
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            giveBack();
            try {
                channel.close();
            } finally {
                activation.readerEnded(queue, task, worked);
                if (!worked) {
                    trace.aborted();
                }
                trace.ended();
            }
        }
    }
}
