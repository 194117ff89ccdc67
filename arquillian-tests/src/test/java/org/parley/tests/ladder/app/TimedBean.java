package org.parley.tests.ladder.app;

import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.parley.ConversationListener;
import org.parley.OnMessage;

/** Tells when it was entered. */
@MessageDriven(activationConfig = @ActivationConfigProperty(propertyName = "queue", propertyValue = TimedBean.QUEUE))
public class TimedBean implements ConversationListener {

    /** Its queue. */
    public static final String QUEUE = "Timed";

    /** {@link System#nanoTime()} of each call. */
    public static final BlockingQueue<Long> ENTERED = new LinkedBlockingQueue<>();

    @OnMessage(Exchange.TYPE)
    public void take() {
        ENTERED.add(System.nanoTime());
    }
}
