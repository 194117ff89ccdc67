package org.parley.sql.value;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.parley.sql.ScriptError;

/**
 * Conversion to xml: of text, whose characters are known, and of bytes, whose encoding is told by a byte order mark, by the zero
 * bytes of UTF-16, or by the declaration of the document, and is UTF-8 else.
 */
final class ToXml {

    private static final int KEEP_BLANKS = 1;
    private static final Pattern DECLARATION = Pattern.compile("<\\?xml\\s[^>]*?\\?>");
    private static final Pattern ENCODING = Pattern.compile("\\sencoding\\s*=\\s*[\"']([^\"']*)[\"']");
    private static final int LONGEST_DECLARATION = 200;

    private ToXml() {}

    static String convert(Value value, Integer style) {
        int how = style == null ? 0 : style;
        if (how < 0 || how > KEEP_BLANKS) {
            throw new ScriptError(
                    9809, "Style " + style + " is none for xml: 0 drops blanks between elements, 1 keeps them.");
        }
        boolean keep = how == KEEP_BLANKS;
        return switch (value.type().family()) {
            case XML -> (String) value.content();
            case TEXT -> text((String) value.content(), value.type(), keep);
            case BYTES -> XmlReader.canonical(decoded((byte[]) value.content()), keep);
            default -> throw new IllegalStateException(value.type() + " is no xml");
        };
    }

    private static String text(String text, SqlType type, boolean keep) {
        Matcher declaration = DECLARATION.matcher(text);
        if (!declaration.lookingAt()) {
            return XmlReader.canonical(text, keep);
        }
        String name = encoding(declaration.group());
        boolean wide = name != null && isWide(name);
        if (name != null && wide != type.isNational()) {
            throw unreadable(
                    "Encoding '" + name + "' of the xml declaration isn't that of "
                            + type.base().word() + ": drop the declaration, or give the document as varbinary.",
                    null);
        }
        return XmlReader.canonical(text.substring(declaration.end()), keep);
    }

    private static boolean isWide(String encoding) {
        String upper = encoding.toUpperCase(Locale.ROOT);
        return upper.startsWith("UTF-16") || upper.equals("UCS-2");
    }

    private static String encoding(String declaration) {
        Matcher matcher = ENCODING.matcher(declaration);
        return matcher.find() ? matcher.group(1) : null;
    }

    private static String decoded(byte[] bytes) {
        String text = decode(bytes, charset(bytes));
        String plain = text.startsWith("\ufeff") ? text.substring(1) : text;
        Matcher declaration = DECLARATION.matcher(plain);
        return declaration.lookingAt() ? plain.substring(declaration.end()) : plain;
    }

    private static Charset charset(byte[] bytes) {
        int first = bytes.length > 0 ? bytes[0] & 0xff : -1;
        int second = bytes.length > 1 ? bytes[1] & 0xff : -1;
        if (first == 0xff && second == 0xfe || first > 0 && second == 0) {
            return StandardCharsets.UTF_16LE;
        }
        if (first == 0xfe && second == 0xff || first == 0 && second > 0) {
            return StandardCharsets.UTF_16BE;
        }
        String head = new String(bytes, 0, Math.min(bytes.length, LONGEST_DECLARATION), StandardCharsets.ISO_8859_1);
        Matcher declaration = DECLARATION.matcher(head);
        String name = declaration.lookingAt() ? encoding(declaration.group()) : null;
        if (name == null) {
            return StandardCharsets.UTF_8;
        }
        if (isWide(name)) {
            throw unreadable("The xml declaration says encoding '" + name + "', but its bytes are single.", null);
        }
        try {
            return Charset.forName(name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw unreadable("Encoding '" + Words.shortened(name) + "' of the xml declaration isn't known.", e);
        }
    }

    private static String decode(byte[] bytes, Charset charset) {
        try {
            return charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new ScriptError(9420, 16, 1, "The xml document has bytes that aren't " + charset.name() + ".", e);
        }
    }

    private static ScriptError unreadable(String text, Throwable cause) {
        return new ScriptError(9402, 16, 1, text, cause);
    }
}
