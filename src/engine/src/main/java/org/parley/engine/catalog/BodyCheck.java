package org.parley.engine.catalog;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import org.parley.engine.xml.XmlParser;
import org.parley.engine.xml.XmlSchemas;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/**
 * Judges a body against the validation of its message type, as the receiving side does; service-broker.md, section 1.3.
 * Safe for all threads.
 *
 * <p>XML is judged on the raw bytes: UTF-8, UTF-16 with a byte-order mark, UTF-16LE without one (an {@code N'...'} string),
 * what the XML declaration names, and else single-byte text. Documents with a DOCTYPE are refused, as Service Broker's
 * own parser does by default: nothing outside the body is ever read and no entity can expand.
 *
 * <p>Time grows with the length of the body. Memory beside the body grows with its longest attribute value, comment,
 * processing instruction or CDATA section and with the names in it, of which nothing is kept.
 */
public final class BodyCheck {

    /** Number of a body that isn't well-formed XML, or not what a schema allows. */
    public static final int NOT_WELL_FORMED = 9615;

    private static final int NOT_WELL_FORMED_THERE = 9616;

    /** Number of a body where there should be none. */
    public static final int NOT_EMPTY = 8430;

    private static final int LONGEST_REASON = 400;
    private static final int LONGEST_DECLARATION = 256;
    private static final int IDLE_PARSERS = 8;

    private final Queue<XmlParser> idle = new ArrayBlockingQueue<>(IDLE_PARSERS);

    /**
     * Why a body was refused.
     *
     * @param number error number; its negative is the code of the Error message that the sender gets
     * @param reason a sentence that names the message type, the place and what is allowed
     */
    public record Violation(int number, String reason) {

        /** The number that the receiving side hears, where that differs; service-broker.md, section 8. */
        public int numberThere() {
            return number == NOT_WELL_FORMED ? NOT_WELL_FORMED_THERE : number;
        }
    }

    /** Judges a body; null and no bytes are the same: no body. */
    public Optional<Violation> judge(MessageType type, byte[] body) {
        boolean empty = body == null || body.length == 0;
        return switch (type.validation()) {
            case NONE -> Optional.empty();
            case EMPTY -> empty ? Optional.empty() : Optional.of(notEmpty(type, body.length));
            case WELL_FORMED_XML -> empty ? Optional.empty() : judgeWellFormed(type, body);
            case VALID_XML -> empty ? Optional.empty() : judgeValid(type, body);
        };
    }

    private static Violation notEmpty(MessageType type, int length) {
        return new Violation(
                NOT_EMPTY,
                "The message body failed the validation of message type '" + type.name()
                        + "': VALIDATION = EMPTY allows no body, this one has " + length + " bytes.");
    }

    private Optional<Violation> judgeWellFormed(MessageType type, byte[] body) {
        XmlParser parser = idle.poll();
        if (parser == null) {
            parser = new XmlParser();
        }
        try {
            return judgeXml(parser, type, body);
        } finally {
            if (parser.worthKeeping()) {
                idle.offer(parser);
            }
        }
    }

    private static Optional<Violation> judgeValid(MessageType type, byte[] body) {
        XmlSchemas schemas = type.schemas().schemas();
        XmlParser parser = schemas.take();
        try {
            return judgeXml(parser, type, body);
        } finally {
            schemas.giveBack(parser);
        }
    }

    private static Optional<Violation> judgeXml(XmlParser parser, MessageType type, byte[] body) {
        try {
            InputSource source = new InputSource(new ByteArrayInputStream(body));
            source.setEncoding(undeclaredEncoding(body));
            parser.parse(source, body.length);
            return Optional.empty();
        } catch (SAXParseException e) {
            return notWellFormed(
                    type,
                    "line " + e.getLineNumber() + ", column " + e.getColumnNumber() + ": " + XmlParser.wordsOf(e));
        } catch (SAXException | IOException e) {
            // the encoding: unknown, or bytes that it doesn't have
            return notWellFormed(type, e.getClass().getSimpleName() + ": " + e.getMessage());
        }
    }

    private static Optional<Violation> notWellFormed(MessageType type, String why) {
        String reason = "A message of type '" + type.name() + "' failed XML validation on the target service: " + why;
        return Optional.of(new Violation(
                NOT_WELL_FORMED,
                reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON) + "..."));
    }

    /** The encoding that the parser can't find by itself, or null when it can. */
    private static String undeclaredEncoding(byte[] body) {
        if (body.length >= 2 && body[0] != 0 && body[1] == 0) {
            boolean declaration = body.length >= 4 && body[0] == '<' && body[2] == '?' && body[3] == 0;
            return declaration ? null : "UTF-16LE";
        }
        return declaresEncoding(body) || startsWithMark(body) || isUtf8(body) ? null : "ISO-8859-1";
    }

    private static boolean startsWithMark(byte[] body) {
        return body.length >= 2
                && (body[0] == (byte) 0xFE && body[1] == (byte) 0xFF
                        || body[0] == (byte) 0xFF && body[1] == (byte) 0xFE);
    }

    private static boolean declaresEncoding(byte[] body) {
        String start = new String(body, 0, Math.min(body.length, LONGEST_DECLARATION), StandardCharsets.ISO_8859_1);
        if (!start.startsWith("<?xml")) {
            return false;
        }
        int end = start.indexOf("?>");
        return start.substring(0, end < 0 ? start.length() : end).contains("encoding");
    }

    private static boolean isUtf8(byte[] body) {
        int ascii = 0;
        while (ascii < body.length && body[ascii] >= 0) {
            ascii++;
        }
        if (ascii == body.length) {
            return true;
        }
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer bytes = ByteBuffer.wrap(body, ascii, body.length - ascii);
        CharBuffer chars = CharBuffer.allocate(Math.min(bytes.remaining(), 8192));
        CoderResult result;
        do {
            chars.clear();
            result = decoder.decode(bytes, chars, true);
        } while (result.isOverflow());
        return result.isUnderflow();
    }
}
