package org.parley.testkit.storage;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.apache.derby.iapi.jdbc.InternalDriver;

/**
 * A disk under the databases of one home, from its start to its power cut. The real files hold what was synced; what was
 * written since is kept in memory, where all reads see it. {@link #cut} stops the machine: from then on every access fails.
 * {@link #settle} decides, by a seed, what of the unsynced writes has reached the real files.
 * What is kept in memory is also lost when the process is killed.
 *
 * <p>What a disk promises here: a block is written as a whole, with all that is in it at that moment, or not at all; blocks
 * that wait to be written are written in any order. A write to a file that was opened for synchronous writes is made front to
 * back, and a block that it covers in part is cut between sectors of 512 bytes. A sync of a file makes its content and all
 * earlier changes of its directory durable, as every file system with a journal does; a file that was created, deleted or
 * renamed with no sync in its directory afterwards may be back as it was.
 */
public final class SimulatedDisk implements AutoCloseable {

    /** Name of the storage factory at Derby. */
    public static final String PROTOCOL = "simulated";

    private static final String FACTORY = "derby.subSubProtocol." + PROTOCOL;
    private static final String ENGINE = "parley.derby.storage";
    private static final String DURABILITY = "derby.system.durability";
    private static final Map<Path, SimulatedDisk> MOUNTED = new ConcurrentHashMap<>();

    private final Path root;
    private final int block;
    private final Map<File, Content> contents = new TreeMap<>();
    private final List<Change> changes = new ArrayList<>();
    private final List<Fault> faults = new ArrayList<>();
    private volatile boolean forgetsSyncs;
    private volatile boolean logUnforced;
    private long operations;
    private long cutAt = Long.MAX_VALUE;
    private Runnable whenCut = () -> {};
    private long room = Long.MAX_VALUE;
    private volatile boolean off;

    /** What is done with a file. */
    public enum Operation {
        /** Bytes or the length are read. */
        READ,
        /** Bytes are written, or the length changes. */
        WRITE,
        /** What was written is to be made durable. */
        SYNC,
        /** A file or directory is made, renamed or deleted. */
        ENTRY
    }

    /** A change of a directory that no sync has made durable yet, and how it is taken back. */
    private record Change(File directory, Undo undo) {}

    /** Takes a change back. */
    @FunctionalInterface
    interface Undo {
        void run() throws IOException;
    }

    private static final class Fault {
        private final Operation operation;
        private final Predicate<String> files;
        private final String message;
        private int passes;

        Fault(Operation operation, Predicate<String> files, int passes, String message) {
            this.operation = operation;
            this.files = files;
            this.passes = passes;
            this.message = message;
        }
    }

    private SimulatedDisk(Path root, int block) {
        this.root = root;
        this.block = block;
    }

    /** Puts a disk with blocks of 4,096 bytes, as disks and file systems have them today, under a home. */
    public static SimulatedDisk mount(Path home) {
        return mount(home, 4096);
    }

    /**
     * Puts a disk under a home, until it is closed. Engines that start from now on use it; none may run.
     *
     * @param block bytes that are written as a whole or not at all
     */
    public static SimulatedDisk mount(Path home, int block) {
        if (InternalDriver.activeDriver() != null) {
            throw new IllegalStateException(
                    "Derby runs in this process already, for a server that was opened before: close that one before a disk is put under home "
                            + home + ".");
        }
        SimulatedDisk disk = new SimulatedDisk(home.toAbsolutePath().normalize(), block);
        System.setProperty(FACTORY, SimulatedStorage.class.getName());
        System.setProperty(ENGINE, PROTOCOL);
        if (MOUNTED.putIfAbsent(disk.root, disk) != null) {
            throw new IllegalStateException("Home " + home + " has a simulated disk already; close that one first.");
        }
        return disk;
    }

    /** The disk under a file. */
    static SimulatedDisk under(Path file) {
        for (Path each = file.toAbsolutePath().normalize(); each != null; each = each.getParent()) {
            SimulatedDisk disk = MOUNTED.get(each);
            if (disk != null) {
                return disk;
            }
        }
        throw new IllegalStateException("No simulated disk is mounted under " + file + ".");
    }

    /** From now on syncs do nothing, as on a disk that lies. */
    public void forgetSyncs() {
        forgetsSyncs = true;
    }

    boolean forgetsSyncs() {
        return forgetsSyncs;
    }

    /** Databases that are booted from now on don't force their log: {@code derby.system.durability=test}. */
    public void leaveLogUnforced() {
        logUnforced = true;
    }

    /** Derby asks whether to force its log while it boots a database. The engine would refuse that, and has looked before. */
    void booting() {
        if (logUnforced) {
            System.setProperty(DURABILITY, "test");
        }
    }

    /** Derby has asked. */
    void booted() {
        if (logUnforced) {
            System.clearProperty(DURABILITY);
        }
    }

    /**
     * Cuts the power in the middle of a later change: after so many from now on.
     *
     * @param whenCut runs when it has happened, on the thread that was at work
     */
    public synchronized void cutAfter(long changesFromNow, Runnable whenCut) {
        this.whenCut = whenCut;
        this.cutAt = operations + changesFromNow;
    }

    /** Cuts the power: nothing is read or written any more. */
    public synchronized void cut() {
        off = true;
    }

    /** Whether the power was cut. */
    public boolean isOff() {
        return off;
    }

    /** Writes, syncs and changes of directories so far. */
    public synchronized long operations() {
        return operations;
    }

    /** Number of writes that no sync has made durable. */
    public int unsynced() {
        return contents().stream().mapToInt(Content::unsynced).sum();
    }

    /**
     * Makes an operation fail from its k-th time on, until {@link #heal}.
     *
     * @param files which files, by their path under the home
     * @param passes how often it still works
     * @param message what the system says, for instance {@code Input/output error}
     */
    public synchronized void fail(Operation operation, Predicate<String> files, int passes, String message) {
        faults.add(new Fault(operation, files, passes, message));
    }

    /** Lets files grow by so many bytes together; then the disk is full, until {@link #heal}. */
    public synchronized void leaveRoom(long bytes) {
        room = bytes;
    }

    /** Ends all faults. */
    public synchronized void heal() {
        faults.clear();
        room = Long.MAX_VALUE;
    }

    /** Something is about to be done; throws what keeps it from being done. */
    synchronized void check(Operation operation, File file) throws IOException {
        if (operation != Operation.READ && !off && ++operations >= cutAt) {
            cutAt = Long.MAX_VALUE;
            off = true;
            whenCut.run();
        }
        if (off) {
            throw new IOException("The power is off");
        }
        if (!faults.isEmpty()) {
            String name =
                    root.relativize(file.toPath().toAbsolutePath().normalize()).toString();
            for (Fault fault : faults) {
                if (fault.operation == operation && fault.files.test(name) && fault.passes-- <= 0) {
                    throw new IOException(fault.message);
                }
            }
        }
    }

    /** Takes room for growth; throws when the disk is full. */
    synchronized void grow(long bytes) throws IOException {
        if (bytes > room) {
            throw new IOException("No space left on device");
        }
        room -= room == Long.MAX_VALUE ? 0 : bytes;
    }

    synchronized Content content(File file) {
        return contents.computeIfAbsent(file, each -> new Content(this, each, block));
    }

    /** Those of all files; a content is never asked for anything under this object's lock, as it asks the disk. */
    private synchronized List<Content> contents() {
        return List.copyOf(contents.values());
    }

    void forget(File file) throws IOException {
        Content known = removed(file);
        if (known != null) {
            known.discard();
        }
    }

    private synchronized Content removed(File file) {
        return contents.remove(file);
    }

    /** A change of a directory was made in the real one; it is undone at a power cut, unless a sync comes before. */
    synchronized void changed(File directory, Undo undo) {
        changes.add(new Change(directory, undo));
    }

    /** A file of this directory was synced. */
    synchronized void synced(File directory) {
        changes.removeIf(change -> change.directory.equals(directory));
    }

    /**
     * After a power cut: each unsynced change of a directory is kept or taken back, each unsynced write kept, dropped or torn.
     * The disk is unmounted; the real files are what has survived.
     */
    public void settle(Random random) throws IOException {
        cut();
        for (Content content : contents()) {
            content.settle(random);
        }
        for (Change change : latestFirst()) {
            if (random.nextBoolean()) {
                change.undo.run();
            }
        }
        unmount();
    }

    private synchronized List<Change> latestFirst() {
        List<Change> latestFirst = new ArrayList<>(changes);
        Collections.reverse(latestFirst);
        changes.clear();
        return latestFirst;
    }

    /** Unmounts it with everything written, as an orderly shutdown of the machine does; without, when the power was cut. */
    @Override
    public void close() throws IOException {
        for (Content content : contents()) {
            if (!off) {
                content.flush();
            }
            content.discard();
        }
        unmount();
    }

    private synchronized void unmount() {
        contents.clear();
        booted();
        if (MOUNTED.remove(root, this) && MOUNTED.isEmpty()) {
            System.clearProperty(FACTORY);
            System.clearProperty(ENGINE);
        }
    }
}
