package org.parley.tests.ladder.app;

import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import java.util.List;
import java.util.stream.Collectors;
import org.parley.Message;
import org.parley.MessageBatchListener;

/** Answers a whole batch in one message. */
@MessageDriven(
        activationConfig = {
            @ActivationConfigProperty(propertyName = "queue", propertyValue = BatchBean.QUEUE),
            @ActivationConfigProperty(propertyName = "batchSize", propertyValue = "" + BatchBean.SIZE)
        })
public class BatchBean implements MessageBatchListener {

    /** Its queue. */
    public static final String QUEUE = "Batched";

    /** Most messages of a batch. */
    public static final int SIZE = 3;

    @Override
    public void onMessages(Conversations conversations, List<Message> messages) {
        Message last = messages.get(messages.size() - 1);
        if (last.isEndDialog()) {
            conversations.of(last).end();
            return;
        }
        conversations
                .of(last)
                .send(Exchange.TYPE, messages.stream().map(Message::text).collect(Collectors.joining(",")));
    }
}
