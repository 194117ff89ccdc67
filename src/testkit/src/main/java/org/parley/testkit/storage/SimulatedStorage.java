package org.parley.testkit.storage;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import org.apache.derby.io.StorageFile;
import org.apache.derby.io.WritableStorageFactory;

/** What Derby calls for the files of a database on a {@link SimulatedDisk}. Derby makes it by its name. */
public final class SimulatedStorage implements WritableStorageFactory {

    private File directory;
    private String canonicalName;
    private File temporary;

    /** For Derby. */
    public SimulatedStorage() {}

    @Override
    public void init(String home, String database, String temporaryDirectory, String uniqueName) throws IOException {
        if (database == null) {
            directory = home == null ? null : new File(home).getCanonicalFile();
            return;
        }
        File named = new File(database);
        directory = named.isAbsolute() || home == null ? named : new File(home, database);
        canonicalName = directory.getCanonicalPath();
        if (uniqueName != null) {
            temporary = new File(canonicalName, "tmp");
            SimulatedFile fresh = file(temporary);
            fresh.disk().booting();
            fresh.deleteAll();
            fresh.mkdirs();
        }
    }

    private SimulatedFile file(File real) {
        return new SimulatedFile(SimulatedDisk.under(Path.of(real.getAbsolutePath())), real);
    }

    @Override
    public void shutdown() {
        // the disk outlives it
    }

    @Override
    public String getCanonicalName() {
        return canonicalName;
    }

    @Override
    public void setCanonicalName(String name) {
        canonicalName = name;
    }

    @Override
    public StorageFile newStorageFile(String path) {
        if (path == null) {
            return file(directory);
        }
        return path.startsWith(directory.getPath()) ? file(new File(path)) : file(new File(directory, path));
    }

    @Override
    public StorageFile newStorageFile(String parent, String name) {
        return parent == null
                ? newStorageFile(name)
                : file(new File(((SimulatedFile) newStorageFile(parent)).file(), name));
    }

    @Override
    public StorageFile newStorageFile(StorageFile parent, String name) {
        if (parent == null) {
            return newStorageFile(name);
        }
        return name == null ? parent : file(new File(((SimulatedFile) parent).file(), name));
    }

    @Override
    public char getSeparator() {
        return File.separatorChar;
    }

    @Override
    public StorageFile getTempDir() {
        return temporary == null ? null : file(temporary);
    }

    @Override
    public boolean isFast() {
        return false;
    }

    @Override
    public boolean isReadOnlyDatabase() {
        return false;
    }

    @Override
    public boolean supportsRandomAccess() {
        return true;
    }

    @Override
    public int getStorageFactoryVersion() {
        return VERSION_NUMBER;
    }

    @Override
    public StorageFile createTemporaryFile(String prefix, String suffix) throws IOException {
        return file(File.createTempFile(prefix, suffix, temporary));
    }

    @Override
    public void sync(OutputStream stream, boolean metaData) throws IOException {
        ((SimulatedOutput) stream).sync();
    }

    @Override
    public boolean supportsWriteSync() {
        return true;
    }
}
