package org.parley.testkit.storage;

import java.io.EOFException;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.parley.testkit.storage.SimulatedDisk.Operation;

/** The content of a file: what its real file holds, and in memory what was done since it was synced. */
final class Content {

    /** What every disk writes as a whole. */
    private static final int SECTOR = 512;

    private final SimulatedDisk disk;
    private final File file;
    private final int block;
    private final List<Step> unsynced = new ArrayList<>();
    private FileChannel channel;
    private long length;
    private boolean known;

    /** A write at a position, or, without bytes, a new length; forced when the file was opened for that. */
    private record Step(long at, byte[] bytes, boolean forced) {

        boolean isLength() {
            return bytes == null;
        }

        long end() {
            return at + bytes.length;
        }
    }

    Content(SimulatedDisk disk, File file, int block) {
        this.disk = disk;
        this.file = file;
        this.block = block;
    }

    private FileChannel channel() throws IOException {
        if (channel == null) {
            channel = file.canWrite()
                    ? FileChannel.open(file.toPath(), StandardOpenOption.READ, StandardOpenOption.WRITE)
                    : FileChannel.open(file.toPath(), StandardOpenOption.READ);
        }
        return channel;
    }

    synchronized long length() throws IOException {
        if (!known) {
            length = file.length();
            known = true;
        }
        return length;
    }

    synchronized int unsynced() {
        return unsynced.size();
    }

    synchronized int read(long at, byte[] into, int offset, int count) throws IOException {
        disk.check(Operation.READ, file);
        long end = Math.min(length(), at + count);
        if (at >= end) {
            return count == 0 ? 0 : -1;
        }
        int got = (int) (end - at);
        Arrays.fill(into, offset, offset + got, (byte) 0);
        ByteBuffer buffer = ByteBuffer.wrap(into, offset, got);
        long position = at;
        for (int n = channel().read(buffer, position); n > 0; n = channel().read(buffer, position)) {
            position += n;
        }
        for (Step step : unsynced) {
            if (step.isLength()) {
                if (step.at < end) {
                    int from = (int) Math.max(0, step.at - at);
                    Arrays.fill(into, offset + from, offset + got, (byte) 0);
                }
            } else {
                long from = Math.max(at, step.at);
                long to = Math.min(end, step.at + step.bytes.length);
                if (from < to) {
                    System.arraycopy(
                            step.bytes, (int) (from - step.at), into, offset + (int) (from - at), (int) (to - from));
                }
            }
        }
        return got;
    }

    synchronized void readFully(long at, byte[] into, int offset, int count) throws IOException {
        if (count > 0 && read(at, into, offset, count) < count) {
            throw new EOFException();
        }
    }

    /** Writes, and syncs what was written when the file was opened for that. */
    synchronized void write(long at, byte[] from, int offset, int count, boolean sync) throws IOException {
        long end = at + count;
        disk.grow(Math.max(0, end - length()));
        Step step = new Step(at, Arrays.copyOfRange(from, offset, offset + count), sync && !disk.forgetsSyncs());
        if (!step.forced) {
            disk.check(Operation.WRITE, file);
            add(step);
            return;
        }
        boolean on = !disk.isOff();
        try {
            disk.check(Operation.WRITE, file);
            disk.check(Operation.SYNC, file);
        } catch (IOException e) {
            if (on && disk.isOff()) {
                // the power was cut in the middle of it
                add(step);
            }
            throw e;
        }
        add(step);
        flush();
        disk.synced(file.getParentFile());
    }

    private void add(Step step) throws IOException {
        unsynced.add(step);
        length = step.isLength() ? step.at : Math.max(length(), step.at + step.bytes.length);
    }

    synchronized void setLength(long to) throws IOException {
        disk.check(Operation.WRITE, file);
        disk.grow(Math.max(0, to - length()));
        add(new Step(to, null, false));
    }

    synchronized void sync() throws IOException {
        disk.check(Operation.SYNC, file);
        if (!disk.forgetsSyncs()) {
            flush();
            disk.synced(file.getParentFile());
        }
    }

    /** Brings everything into the real file. */
    synchronized void flush() throws IOException {
        for (Step step : unsynced) {
            apply(step);
        }
        unsynced.clear();
    }

    private void apply(Step step) throws IOException {
        if (step.isLength()) {
            if (step.at <= channel().size()) {
                channel().truncate(step.at);
            } else {
                channel().write(ByteBuffer.wrap(new byte[1]), step.at - 1);
            }
        } else {
            write(step.at, step.bytes, 0, step.bytes.length);
        }
    }

    private void write(long at, byte[] bytes, int offset, int count) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, count);
        for (long position = at; buffer.hasRemaining(); ) {
            position += channel().write(buffer, position);
        }
    }

    /**
     * The power was cut. Each block of the real file becomes what it was after one of the writes to it, or stays: the system
     * writes its blocks when it likes, in any order, but always with all that is in them. A new length has come about or not.
     */
    synchronized void settle(Random random) throws IOException {
        if (file.exists()) {
            List<Step> writes = new ArrayList<>();
            for (Step step : unsynced) {
                if (step.forced) {
                    settleBlocks(writes, random);
                    settleForced(step, random);
                } else if (step.isLength()) {
                    settleBlocks(writes, random);
                    if (random.nextBoolean()) {
                        apply(step);
                    }
                } else {
                    writes.add(step);
                }
            }
            settleBlocks(writes, random);
        }
        discard();
    }

    private void settleBlocks(List<Step> writes, Random random) throws IOException {
        Map<Long, List<Step>> byBlock = new TreeMap<>();
        for (Step step : writes) {
            for (long at = step.at / block; at * block < step.end(); at++) {
                byBlock.computeIfAbsent(at, any -> new ArrayList<>()).add(step);
            }
        }
        for (Map.Entry<Long, List<Step>> each : byBlock.entrySet()) {
            long start = each.getKey() * block;
            for (Step step :
                    each.getValue().subList(0, random.nextInt(each.getValue().size() + 1))) {
                write(step, Math.max(start, step.at), Math.min(start + block, step.end()));
            }
        }
        writes.clear();
    }

    /** The write in whose midst the power was cut: it has come to any block, in one that it covers in part to any sector. */
    private void settleForced(Step step, Random random) throws IOException {
        long cut = step.at + random.nextInt(step.bytes.length + 1);
        long start = cut / block * block;
        boolean whole = start >= step.at && start + block <= step.end();
        long end = whole ? start : cut / SECTOR * SECTOR;
        write(step, step.at, random.nextInt(3) == 0 ? step.end() : Math.max(step.at, end));
    }

    private void write(Step step, long from, long to) throws IOException {
        write(from, step.bytes, (int) (from - step.at), (int) (to - from));
    }

    /** Lets go of the real file; what wasn't synced is forgotten. */
    synchronized void discard() throws IOException {
        unsynced.clear();
        known = false;
        if (channel != null) {
            channel.close();
            channel = null;
        }
    }
}
