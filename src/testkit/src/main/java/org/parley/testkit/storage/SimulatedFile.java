package org.parley.testkit.storage;

import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import org.apache.derby.io.StorageFile;
import org.apache.derby.io.StorageRandomAccessFile;
import org.parley.testkit.storage.SimulatedDisk.Operation;

/** A file or directory of a simulated disk. Changes of directories are made at once and can be undone. */
final class SimulatedFile implements StorageFile {

    private final SimulatedDisk disk;
    private final File file;

    SimulatedFile(SimulatedDisk disk, File file) {
        this.disk = disk;
        this.file = file.getAbsoluteFile();
    }

    SimulatedDisk disk() {
        return disk;
    }

    File file() {
        return file;
    }

    @Override
    public String[] list() {
        return file.list();
    }

    @Override
    public boolean canWrite() {
        return file.canWrite();
    }

    @Override
    public boolean exists() {
        return file.exists();
    }

    @Override
    public boolean isDirectory() {
        return file.isDirectory();
    }

    /** Whether a change may be made; Derby asks for a boolean where the system would have more to say. */
    private boolean allowed() {
        try {
            disk.check(Operation.ENTRY, file);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public boolean delete() {
        if (!allowed()) {
            return false;
        }
        try {
            byte[] durable = file.isFile() ? Files.readAllBytes(file.toPath()) : null;
            disk.forget(file);
            if (!file.delete()) {
                return false;
            }
            disk.changed(file.getParentFile(), () -> comeBack(durable));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private void comeBack(byte[] durable) throws IOException {
        if (durable == null) {
            file.mkdir();
        } else if (file.getParentFile().isDirectory() && !file.exists()) {
            Files.write(file.toPath(), durable);
        }
    }

    @Override
    public boolean deleteAll() {
        if (!file.exists()) {
            return false;
        }
        String[] content = file.list();
        if (content != null) {
            for (String each : content) {
                if (!new SimulatedFile(disk, new File(file, each)).deleteAll()) {
                    return false;
                }
            }
        }
        return delete();
    }

    @Override
    public String getPath() {
        return file.getPath();
    }

    @Override
    public String getCanonicalPath() throws IOException {
        return file.getCanonicalPath();
    }

    @Override
    public String getName() {
        return file.getName();
    }

    @Override
    public boolean createNewFile() throws IOException {
        disk.check(Operation.ENTRY, file);
        if (!file.createNewFile()) {
            return false;
        }
        disk.changed(file.getParentFile(), () -> Files.deleteIfExists(file.toPath()));
        return true;
    }

    @Override
    public boolean renameTo(StorageFile other) {
        File target = ((SimulatedFile) other).file;
        if (!allowed()) {
            return false;
        }
        try {
            // its content goes with it as it is: what isn't synced yet would belong to another name
            disk.content(file).flush();
            disk.forget(file);
            disk.forget(target);
        } catch (IOException e) {
            return false;
        }
        if (!file.renameTo(target)) {
            return false;
        }
        disk.changed(file.getParentFile(), () -> {
            if (target.exists() && !file.exists()) {
                Files.move(target.toPath(), file.toPath());
            }
        });
        return true;
    }

    @Override
    public boolean mkdir() {
        if (!allowed() || !file.mkdir()) {
            return false;
        }
        disk.changed(file.getParentFile(), file::delete);
        return true;
    }

    @Override
    public boolean mkdirs() {
        if (file.isDirectory()) {
            return false;
        }
        File parent = file.getParentFile();
        if (parent != null && !parent.isDirectory()) {
            new SimulatedFile(disk, parent).mkdirs();
        }
        return mkdir();
    }

    @Override
    public StorageFile getParentDir() {
        File parent = file.getParentFile();
        return parent == null ? null : new SimulatedFile(disk, parent);
    }

    @Override
    public boolean setReadOnly() {
        return file.setReadOnly();
    }

    @Override
    public OutputStream getOutputStream() throws FileNotFoundException {
        return getOutputStream(false);
    }

    @Override
    public OutputStream getOutputStream(boolean append) throws FileNotFoundException {
        SimulatedAccess access = getRandomAccessFile("rw");
        try {
            if (append) {
                access.seek(access.length());
            } else {
                access.setLength(0);
            }
        } catch (IOException e) {
            throw notFound(e);
        }
        return new SimulatedOutput(access);
    }

    @Override
    public InputStream getInputStream() throws FileNotFoundException {
        return new SimulatedInput(getRandomAccessFile("r"));
    }

    @Override
    public int getExclusiveFileLock() {
        // a home belongs to one server, which has locked it
        return EXCLUSIVE_FILE_LOCK;
    }

    @Override
    public void releaseExclusiveFileLock() {
        // nothing is held
    }

    @Override
    public SimulatedAccess getRandomAccessFile(String mode) throws FileNotFoundException {
        try {
            if (!file.isFile()) {
                if (mode.equals("r") || file.isDirectory()) {
                    throw new FileNotFoundException(file.getPath());
                }
                createNewFile();
            }
            if (mode.length() > 1 && file.getName().matches("log\\d+\\.dat")) {
                disk.booted();
            }
            return new SimulatedAccess(disk.content(file), mode);
        } catch (FileNotFoundException e) {
            throw e;
        } catch (IOException e) {
            throw notFound(e);
        }
    }

    private FileNotFoundException notFound(IOException e) {
        FileNotFoundException failure = new FileNotFoundException(file + " (" + e.getMessage() + ")");
        failure.initCause(e);
        return failure;
    }

    @Override
    public void limitAccessToOwner() {
        // rights are those of the real files
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SimulatedFile same && same.file.equals(file);
    }

    @Override
    public int hashCode() {
        return file.hashCode();
    }

    @Override
    public String toString() {
        return file.toString();
    }

    private static final class SimulatedInput extends InputStream {

        private final StorageRandomAccessFile access;

        SimulatedInput(StorageRandomAccessFile access) {
            this.access = access;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int count) throws IOException {
            return access.read(into, offset, count);
        }

        @Override
        public void close() throws IOException {
            access.close();
        }
    }
}
