package org.parley.engine.session;

import java.io.IOException;
import java.io.InputStream;
import org.parley.BrokerException;
import org.parley.ErrorNumbers;
import org.parley.engine.store.Bodies;
import org.parley.engine.store.Pieces;

/** The stream of a body to be sent: read once, to its end, which must be where the sender has said. */
final class GivenStream {

    private static final int TOO_LARGE = 8459;

    private final InputStream in;
    private final int length;
    private int read;

    GivenStream(InputStream in, long length) {
        if (length > Integer.MAX_VALUE) {
            throw new BrokerException(
                    TOO_LARGE, "The message body has " + length + " bytes; " + Integer.MAX_VALUE + " is the most.");
        }
        if (length < 0) {
            throw new BrokerException(
                    ErrorNumbers.BODY_STREAM, "The length of the message body is " + length + "; 0 is the least.");
        }
        if (in == null) {
            throw new BrokerException(ErrorNumbers.BODY_STREAM, "The stream of the message body is missing.");
        }
        this.in = in;
        this.length = (int) length;
    }

    int length() {
        return length;
    }

    /** Whether it is no more than one piece, and can as well be held as a whole. */
    boolean isShort() {
        return length <= Pieces.LENGTH;
    }

    /** All of it. */
    byte[] bytes() {
        byte[] whole = new byte[length];
        fill(whole);
        checkEnd();
        return whole;
    }

    /** Writes it piece by piece. What it has written before it fails is the caller's to delete. */
    void writeTo(Bodies bodies, long endpoint, long position) {
        byte[] piece = new byte[Pieces.LENGTH];
        for (int number = 0; read < length; number++) {
            if (length - read < piece.length) {
                piece = new byte[length - read];
            }
            fill(piece);
            bodies.write(endpoint, position, number, piece);
        }
        checkEnd();
    }

    private void fill(byte[] piece) {
        int count = take(() -> in.readNBytes(piece, 0, piece.length));
        read += count;
        if (count < piece.length) {
            throw new BrokerException(
                    ErrorNumbers.BODY_STREAM,
                    "The stream of the message body ended after " + read + " bytes; " + length + " were announced.");
        }
    }

    private void checkEnd() {
        if (take(in::read) >= 0) {
            throw new BrokerException(
                    ErrorNumbers.BODY_STREAM,
                    "The stream of the message body goes on after the " + length + " bytes that were announced.");
        }
    }

    @FunctionalInterface
    private interface Reading {
        int run() throws IOException;
    }

    private int take(Reading reading) {
        try {
            return reading.run();
        } catch (BrokerException e) {
            // of a stream that is the body of another message
            throw e;
        } catch (IOException | RuntimeException e) {
            throw new BrokerException(
                    ErrorNumbers.BODY_STREAM,
                    "The stream of the message body failed after " + read + " of " + length + " bytes: " + e,
                    e);
        }
    }
}
