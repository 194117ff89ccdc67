package org.parley.tests.ladder.app;

import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.parley.ConversationListener;
import org.parley.Message;
import org.parley.OnMessage;

/** Has no transaction of the container's. Throws the first time, so that the message must still be there. */
@MessageDriven(activationConfig = @ActivationConfigProperty(propertyName = "queue", propertyValue = AloneBean.QUEUE))
@TransactionManagement(TransactionManagementType.BEAN)
public class AloneBean implements ConversationListener {

    /** Its queue. */
    public static final String QUEUE = "Alone";

    /** Each call: sequence number and text. */
    public static final List<String> CALLS = new CopyOnWriteArrayList<>();

    @OnMessage(Exchange.TYPE)
    public void take(Message message) {
        String call = message.sequenceNumber() + " " + message.text();
        CALLS.add(call);
        if (CALLS.size() == 1) {
            throw new IllegalStateException("Asked for by the ladder.");
        }
    }
}
