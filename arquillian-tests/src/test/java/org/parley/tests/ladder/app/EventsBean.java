package org.parley.tests.ladder.app;

import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.parley.Conversation;
import org.parley.ConversationListener;
import org.parley.Message;
import org.parley.OnEndDialog;
import org.parley.OnError;
import org.parley.OnMessage;
import org.parley.OnTimer;
import org.w3c.dom.Document;

/** Has a method for everything that can come; a message sets a timer, which is answered when it passes. */
@MessageDriven(activationConfig = @ActivationConfigProperty(propertyName = "queue", propertyValue = EventsBean.QUEUE))
public class EventsBean implements ConversationListener {

    /** Its queue. */
    public static final String QUEUE = "Events";

    /** What came. */
    public static final List<String> EVENTS = new CopyOnWriteArrayList<>();

    @OnMessage(Exchange.TYPE)
    public void take(Document document, byte[] body, Conversation conversation) {
        EVENTS.add("message " + document.getDocumentElement().getTagName() + " of " + body.length + " bytes");
        conversation.timer(Duration.ofSeconds(1));
    }

    @OnTimer
    public void remind(Conversation conversation) {
        EVENTS.add("timer");
        conversation.send(Exchange.TYPE, "reminder");
    }

    @OnError
    public void fail(Message message, Conversation conversation) {
        EVENTS.add("error " + message.error().code());
        conversation.end();
    }

    @OnEndDialog
    public void close(Conversation conversation) {
        EVENTS.add("end");
        conversation.end();
    }
}
