package org.parley.engine.session;

import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.parley.Conversation;
import org.parley.ConversationState;
import org.parley.engine.tx.Draft;

/** A conversation handle together with the channel that works on it. */
public final class EngineConversation implements Conversation {

    private final EngineChannel channel;
    private final UUID handle;

    /** A handle; judged when it is used. */
    public EngineConversation(EngineChannel channel, UUID handle) {
        this.channel = channel;
        this.handle = handle;
    }

    @Override
    public UUID handle() {
        return handle;
    }

    @Override
    public UUID conversationId() {
        return look(draft -> draft.begun().conversationId());
    }

    @Override
    public UUID groupId() {
        return look(draft -> draft.begun().group());
    }

    @Override
    public ConversationState state() {
        return look(draft -> draft.state().shown());
    }

    private <T> T look(Function<Draft, T> question) {
        return channel.call((statements, branch) -> {
            Checks.send(channel.access(statements), statements, branch, List.of(handle));
            return question.apply(statements.look(branch, handle));
        });
    }

    @Override
    public void send(String messageType, byte[] body) {
        channel.call((statements, branch) -> {
            Checks.send(channel.access(statements), statements, branch, List.of(handle));
            statements.send(branch, handle, messageType, body);
            return null;
        });
    }

    @Override
    public void send(String messageType, InputStream body, long length) {
        GivenStream given = new GivenStream(body, length);
        channel.call((statements, branch) -> {
            Checks.send(channel.access(statements), statements, branch, List.of(handle));
            statements.send(branch, handle, messageType, given);
            return null;
        });
    }

    @Override
    public void end() {
        channel.call((statements, branch) -> {
            Checks.own(channel.access(statements), statements, branch, handle);
            statements.end(branch, handle);
            return null;
        });
    }

    @Override
    public void endWithError(int code, String text) {
        channel.call((statements, branch) -> {
            Checks.own(channel.access(statements), statements, branch, handle);
            statements.endWithError(branch, handle, code, text);
            return null;
        });
    }

    @Override
    public void cleanup() {
        channel.call((statements, branch) -> {
            Checks.cleanup(channel.access(statements), statements, branch, handle);
            statements.cleanup(branch, handle);
            return null;
        });
    }

    @Override
    public void timer(Duration duration) {
        channel.call((statements, branch) -> {
            Checks.timer(channel.access(statements), statements, branch, handle);
            statements.timer(branch, handle, duration);
            return null;
        });
    }

    @Override
    public void moveTo(UUID group) {
        channel.call((statements, branch) -> {
            Checks.own(channel.access(statements), statements, branch, handle);
            statements.move(branch, handle, group);
            return null;
        });
    }

    @Override
    public void close() {
        // the channel belongs to who opened it
    }
}
