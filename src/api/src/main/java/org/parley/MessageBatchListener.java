package org.parley;

import java.util.List;

/** A message-driven bean that takes batches: messages of one conversation group, in order, one batch a transaction. */
public interface MessageBatchListener {

    /**
     * Takes a batch. An exception, checked or not, rolls the transaction back; the messages are received again.
     *
     * @param conversations gives the conversations of the batch, to reply on and to end
     * @param messages at least one, at most the activation's {@code batchSize}
     * @throws Exception to roll back
     */
    void onMessages(Conversations conversations, List<Message> messages) throws Exception;

    /** The conversations of a batch, in the batch's transaction. Of no use after the method has returned. */
    interface Conversations {

        /** The conversation on which a message of the batch came. */
        Conversation of(Message message);
    }
}
