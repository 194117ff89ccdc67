package org.parley;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.parley.spi.StreamedBody;

/**
 * A received message; the columns of a queue, service-broker.md, section 1.5.
 *
 * @param conversationHandle this side's endpoint
 * @param conversationGroupId this side's group
 * @param sequenceNumber position in the conversation, from 0; -1 for DialogTimer and for errors made by the broker
 * @param serviceName local service
 * @param contractName contract of the conversation
 * @param messageType name of the message type; system types with http
 * @param body the bytes, or null for an empty message; not copied, so not to be changed
 * @param queuingOrder order number inside the database
 * @param priority 1 to 10
 * @param enqueueTime when it was sent, UTC
 * @param serviceId id of the local service in this database
 * @param contractId id of the contract in this database
 * @param messageTypeId id of the message type in this database
 * @param validation VALIDATION of the message type in this database
 * @param streamed where the body lies that was not loaded; else null
 */
public record Message(
        UUID conversationHandle,
        UUID conversationGroupId,
        long sequenceNumber,
        String serviceName,
        String contractName,
        String messageType,
        byte[] body,
        long queuingOrder,
        int priority,
        Instant enqueueTime,
        int serviceId,
        int contractId,
        int messageTypeId,
        MessageTypeDefinition.Validation validation,
        StreamedBody streamed) {

    /**
     * The bytes, or null for an empty message; not copied, so not to be changed. One that was not loaded is loaded now.
     *
     * @throws BrokerException {@link ErrorNumbers#BODY_OUT_OF_REACH} when it was not loaded before its transaction ended
     */
    public byte[] body() {
        return streamed == null ? body : streamed.bytes();
    }

    /** Number of bytes of the body; 0 for an empty message. Loads nothing. */
    public long length() {
        if (streamed != null) {
            return streamed.length();
        }
        return body == null ? 0 : body.length;
    }

    /**
     * The body from its beginning, a new stream at each call; without bytes for an empty message. One that was not loaded is
     * read piece by piece and never held as a whole, until the transaction ends: what is read afterwards, or by a stream that
     * was opened before, throws {@link BrokerException} {@link ErrorNumbers#BODY_OUT_OF_REACH}. Needs no close.
     */
    public InputStream bodyStream() {
        if (streamed != null) {
            return streamed.open();
        }
        return body == null ? InputStream.nullInputStream() : new ByteArrayInputStream(body);
    }

    /** Whether the other side has ended the conversation. */
    public boolean isEndDialog() {
        return messageType.equals(SystemMessageTypes.END_DIALOG);
    }

    /** Whether an error has ended the conversation. */
    public boolean isError() {
        return messageType.equals(SystemMessageTypes.ERROR);
    }

    /** Whether this side's conversation timer has passed. */
    public boolean isTimer() {
        return messageType.equals(SystemMessageTypes.DIALOG_TIMER);
    }

    /** The body as text: UTF-16 or UTF-8 by its byte-order mark, else UTF-8; null for an empty message. */
    public String text() {
        byte[] body = body();
        if (body == null) {
            return null;
        }
        if (body.length >= 2 && (body[0] & 0xff) == 0xff && (body[1] & 0xff) == 0xfe) {
            return decode(body, 2, StandardCharsets.UTF_16LE);
        }
        if (body.length >= 2 && (body[0] & 0xff) == 0xfe && (body[1] & 0xff) == 0xff) {
            return decode(body, 2, StandardCharsets.UTF_16BE);
        }
        if (body.length >= 3 && (body[0] & 0xff) == 0xef && (body[1] & 0xff) == 0xbb && (body[2] & 0xff) == 0xbf) {
            return decode(body, 3, StandardCharsets.UTF_8);
        }
        return decode(body, 0, StandardCharsets.UTF_8);
    }

    /**
     * Code and text of an Error message.
     *
     * @throws IllegalStateException when this is no Error message
     */
    public ConversationError error() {
        if (!isError()) {
            throw new IllegalStateException("Message of type '" + messageType + "' carries no error; only '"
                    + SystemMessageTypes.ERROR + "' does.");
        }
        return ConversationError.parse(body());
    }

    private static String decode(byte[] body, int from, Charset charset) {
        return new String(body, from, body.length - from, charset);
    }
}
