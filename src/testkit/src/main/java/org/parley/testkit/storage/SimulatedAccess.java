package org.parley.testkit.storage;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.apache.derby.io.StorageRandomAccessFile;

/** An open file of a simulated disk. Modes {@code rws} and {@code rwd} sync each write. */
final class SimulatedAccess implements StorageRandomAccessFile {

    private final Content content;
    private final String mode;
    private final DataInputStream in = new DataInputStream(new Bytes());
    private long at;
    private boolean closed;

    SimulatedAccess(Content content, String mode) {
        this.content = content;
        this.mode = mode;
    }

    private final class Bytes extends InputStream {

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return SimulatedAccess.this.read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int count) throws IOException {
            return SimulatedAccess.this.read(into, offset, count);
        }
    }

    /** Something that is written piece by piece and goes to the file as one. */
    @FunctionalInterface
    private interface Piece {
        void to(DataOutputStream out) throws IOException;
    }

    private void write(Piece piece) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        piece.to(new DataOutputStream(bytes));
        write(bytes.toByteArray());
    }

    private void requireOpen() throws IOException {
        if (closed) {
            throw new IOException("The file is closed");
        }
    }

    @Override
    public SimulatedAccess clone() {
        return new SimulatedAccess(content, mode);
    }

    @Override
    public void close() {
        closed = true;
    }

    @Override
    public long getFilePointer() {
        return at;
    }

    @Override
    public long length() throws IOException {
        requireOpen();
        return content.length();
    }

    @Override
    public void seek(long to) throws IOException {
        requireOpen();
        at = to;
    }

    @Override
    public void setLength(long to) throws IOException {
        requireOpen();
        content.setLength(to);
        at = Math.min(at, to);
    }

    @Override
    public void sync() throws IOException {
        requireOpen();
        content.sync();
    }

    @Override
    public int read(byte[] into, int offset, int count) throws IOException {
        requireOpen();
        int got = content.read(at, into, offset, count);
        at += Math.max(0, got);
        return got;
    }

    @Override
    public void readFully(byte[] into) throws IOException {
        readFully(into, 0, into.length);
    }

    @Override
    public void readFully(byte[] into, int offset, int count) throws IOException {
        requireOpen();
        content.readFully(at, into, offset, count);
        at += count;
    }

    @Override
    public int skipBytes(int count) throws IOException {
        long to = Math.min(content.length(), at + Math.max(0, count));
        int skipped = (int) Math.max(0, to - at);
        at += skipped;
        return skipped;
    }

    @Override
    public boolean readBoolean() throws IOException {
        return in.readBoolean();
    }

    @Override
    public byte readByte() throws IOException {
        return in.readByte();
    }

    @Override
    public int readUnsignedByte() throws IOException {
        return in.readUnsignedByte();
    }

    @Override
    public short readShort() throws IOException {
        return in.readShort();
    }

    @Override
    public int readUnsignedShort() throws IOException {
        return in.readUnsignedShort();
    }

    @Override
    public char readChar() throws IOException {
        return in.readChar();
    }

    @Override
    public int readInt() throws IOException {
        return in.readInt();
    }

    @Override
    public long readLong() throws IOException {
        return in.readLong();
    }

    @Override
    public float readFloat() throws IOException {
        return in.readFloat();
    }

    @Override
    public double readDouble() throws IOException {
        return in.readDouble();
    }

    @Override
    public String readLine() throws IOException {
        StringBuilder line = new StringBuilder();
        try {
            for (int c = readUnsignedByte(); c != '\n'; c = readUnsignedByte()) {
                line.append((char) c);
            }
        } catch (EOFException e) {
            return line.isEmpty() ? null : line.toString();
        }
        return line.toString();
    }

    @Override
    public String readUTF() throws IOException {
        return in.readUTF();
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value});
    }

    @Override
    public void write(byte[] from) throws IOException {
        write(from, 0, from.length);
    }

    @Override
    public void write(byte[] from, int offset, int count) throws IOException {
        requireOpen();
        content.write(at, from, offset, count, mode.length() > 2);
        at += count;
    }

    @Override
    public void writeBoolean(boolean value) throws IOException {
        write(value ? 1 : 0);
    }

    @Override
    public void writeByte(int value) throws IOException {
        write(value);
    }

    @Override
    public void writeShort(int value) throws IOException {
        write(out -> out.writeShort(value));
    }

    @Override
    public void writeChar(int value) throws IOException {
        write(out -> out.writeChar(value));
    }

    @Override
    public void writeInt(int value) throws IOException {
        write(out -> out.writeInt(value));
    }

    @Override
    public void writeLong(long value) throws IOException {
        write(out -> out.writeLong(value));
    }

    @Override
    public void writeFloat(float value) throws IOException {
        write(out -> out.writeFloat(value));
    }

    @Override
    public void writeDouble(double value) throws IOException {
        write(out -> out.writeDouble(value));
    }

    @Override
    public void writeBytes(String text) throws IOException {
        write(out -> out.writeBytes(text));
    }

    @Override
    public void writeChars(String text) throws IOException {
        write(out -> out.writeChars(text));
    }

    @Override
    public void writeUTF(String text) throws IOException {
        write(out -> out.writeUTF(text));
    }
}
