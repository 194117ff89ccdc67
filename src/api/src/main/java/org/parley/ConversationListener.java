package org.parley;

/**
 * Marks a message-driven bean whose methods take messages one at a time, one message a transaction. Methods carry
 * {@link OnMessage}, {@link OnEndDialog}, {@link OnError} or {@link OnTimer}; their parameters are chosen, in any order,
 * from {@link Conversation}, {@link Message}, {@code String}, {@code byte[]} and {@code org.w3c.dom.Document}.
 *
 * <p>An exception from a method, checked or not, rolls the transaction back; the message is received again.
 *
 * <p>What has no method has a default: EndDialog ends this side; an Error is logged and ends this side; a timer is
 * logged; any other message ends the conversation with error 8428, naming the type. The bean must be public and must
 * not be final.
 */
public interface ConversationListener {}
