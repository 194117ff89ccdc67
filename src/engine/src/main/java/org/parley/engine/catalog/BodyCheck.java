package org.parley.engine.catalog;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.function.Supplier;
import org.parley.MessageTypeDefinition.Validation;
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

    /** What is looked at of a longer body at once. */
    private static final int BEGINNING = 8192;

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
        return body == null || !reads(type)
                ? judgeLength(type, body == null ? 0 : body.length)
                : judge(type, new Judged(body, body.length, () -> new ByteArrayInputStream(body)));
    }

    /**
     * Judges a body that isn't held as a whole.
     *
     * @param body gives a stream of its bytes, from their beginning, as often as it is asked
     */
    public Optional<Violation> judge(MessageType type, int length, Supplier<InputStream> body) {
        if (length == 0 || !reads(type)) {
            return judgeLength(type, length);
        }
        try (InputStream in = body.get()) {
            return judge(type, new Judged(in.readNBytes(Math.min(length, BEGINNING)), length, body));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean reads(MessageType type) {
        return type.validation() == Validation.WELL_FORMED_XML || type.validation() == Validation.VALID_XML;
    }

    private static Optional<Violation> judgeLength(MessageType type, int length) {
        return length > 0 && type.validation() == Validation.EMPTY
                ? Optional.of(notEmpty(type, length))
                : Optional.empty();
    }

    /**
     * A body that is to be XML.
     *
     * @param start all of its bytes, or the first {@link #BEGINNING}
     */
    private record Judged(byte[] start, int length, Supplier<InputStream> body) {}

    private Optional<Violation> judge(MessageType type, Judged body) {
        if (body.length() == 0) {
            return Optional.empty();
        }
        return type.validation() == Validation.VALID_XML ? judgeValid(type, body) : judgeWellFormed(type, body);
    }

    private static Violation notEmpty(MessageType type, int length) {
        return new Violation(
                NOT_EMPTY,
                "The message body failed the validation of message type '" + type.name()
                        + "': VALIDATION = EMPTY allows no body, this one has " + length + " bytes.");
    }

    private Optional<Violation> judgeWellFormed(MessageType type, Judged body) {
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

    private static Optional<Violation> judgeValid(MessageType type, Judged body) {
        XmlSchemas schemas = type.schemas().schemas();
        XmlParser parser = schemas.take();
        try {
            return judgeXml(parser, type, body);
        } finally {
            schemas.giveBack(parser);
        }
    }

    private static Optional<Violation> judgeXml(XmlParser parser, MessageType type, Judged body) {
        try {
            InputSource source = new InputSource(body.body().get());
            source.setEncoding(undeclaredEncoding(body));
            parser.parse(source, body.length());
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
    private static String undeclaredEncoding(Judged body) throws IOException {
        byte[] start = body.start();
        if (start.length >= 2 && start[0] != 0 && start[1] == 0) {
            boolean declaration = start.length >= 4 && start[0] == '<' && start[2] == '?' && start[3] == 0;
            return declaration ? null : "UTF-16LE";
        }
        return declaresEncoding(start) || startsWithMark(start) || isUtf8(body) ? null : "ISO-8859-1";
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

    private static boolean isUtf8(Judged body) throws IOException {
        if (body.start().length == body.length() && isAscii(body.start())) {
            return true;
        }
        // with a decoder of its own it reports what isn't UTF-8
        try (Reader reader = new InputStreamReader(body.body().get(), StandardCharsets.UTF_8.newDecoder())) {
            char[] chars = new char[BEGINNING];
            int count;
            do {
                count = reader.read(chars);
            } while (count >= 0);
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static boolean isAscii(byte[] bytes) {
        for (byte each : bytes) {
            if (each < 0) {
                return false;
            }
        }
        return true;
    }
}
