package org.parley.ra.outbound;

import java.io.InputStream;
import java.time.Duration;
import java.util.UUID;
import org.parley.Conversation;
import org.parley.ConversationState;

/**
 * One side of a dialog as an application holds it: asks the session of the managed connection of the moment, so that it
 * moves and ends with its connection handle.
 */
final class ConversationHandle implements Conversation {

    private final Attachment attachment;
    private final UUID handle;
    private final Runnable atClose;

    ConversationHandle(Attachment attachment, UUID handle, Runnable atClose) {
        this.attachment = attachment;
        this.handle = handle;
        this.atClose = atClose;
    }

    @Override
    public UUID handle() {
        return handle;
    }

    @Override
    public UUID conversationId() {
        return attachment.call(session -> session.conversation(handle).conversationId());
    }

    @Override
    public UUID groupId() {
        return attachment.call(session -> session.conversation(handle).groupId());
    }

    @Override
    public ConversationState state() {
        return attachment.call(session -> session.conversation(handle).state());
    }

    @Override
    public void send(String messageType, byte[] body) {
        attachment.run(session -> session.conversation(handle).send(messageType, body));
    }

    @Override
    public void send(String messageType, InputStream body, long length) {
        attachment.run(session -> session.conversation(handle).send(messageType, body, length));
    }

    @Override
    public void end() {
        attachment.run(session -> session.conversation(handle).end());
    }

    @Override
    public void endWithError(int code, String text) {
        attachment.run(session -> session.conversation(handle).endWithError(code, text));
    }

    @Override
    public void cleanup() {
        attachment.run(session -> session.conversation(handle).cleanup());
    }

    @Override
    public void timer(Duration duration) {
        attachment.run(session -> session.conversation(handle).timer(duration));
    }

    @Override
    public void moveTo(UUID group) {
        attachment.run(session -> session.conversation(handle).moveTo(group));
    }

    @Override
    public void close() {
        atClose.run();
    }
}
