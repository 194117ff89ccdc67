package org.parley.tests.ladder.app;

import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.parley.ConversationListener;
import org.parley.Message;
import org.parley.OnMessage;

/** Eight readers. The first eight wait for one another; then each notes what it got, and who got in its way. */
@MessageDriven(
        activationConfig = {
            @ActivationConfigProperty(propertyName = "queue", propertyValue = OrderedBean.QUEUE),
            @ActivationConfigProperty(propertyName = "maxQueueReaders", propertyValue = "" + OrderedBean.READERS)
        })
public class OrderedBean implements ConversationListener {

    /** Its queue. */
    public static final String QUEUE = "Ordered";

    /** Its readers. */
    public static final int READERS = 8;

    /** Conversations whose reader has waited for the others in vain. */
    public static final Queue<UUID> LEFT_ALONE = new ConcurrentLinkedQueue<>();

    /** Texts by conversation, in the order in which they came. */
    public static final Map<UUID, List<String>> TEXTS = new ConcurrentHashMap<>();

    /** Conversations that two readers had at the same time. */
    public static final Queue<UUID> TAKEN_TWICE = new ConcurrentLinkedQueue<>();

    /** Shut until as many readers are at work at the same time. */
    private static final CountDownLatch ALL_AT_WORK = new CountDownLatch(READERS);

    private static final Set<UUID> AT_WORK = ConcurrentHashMap.newKeySet();
    private static final long LONGEST_SECONDS = 20;

    @OnMessage(Exchange.TYPE)
    public void take(Message message) throws InterruptedException {
        UUID conversation = message.conversationHandle();
        if (!AT_WORK.add(conversation)) {
            TAKEN_TWICE.add(conversation);
        }
        ALL_AT_WORK.countDown();
        if (!ALL_AT_WORK.await(LONGEST_SECONDS, TimeUnit.SECONDS)) {
            LEFT_ALONE.add(conversation);
        }
        TEXTS.computeIfAbsent(conversation, first -> new CopyOnWriteArrayList<>())
                .add(message.text());
        AT_WORK.remove(conversation);
    }
}
