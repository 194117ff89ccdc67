package org.parley.testkit.storage;

import java.io.IOException;
import java.io.OutputStream;

/** Writes a file of a simulated disk from its beginning or its end. */
final class SimulatedOutput extends OutputStream {

    private final SimulatedAccess access;

    SimulatedOutput(SimulatedAccess access) {
        this.access = access;
    }

    void sync() throws IOException {
        access.sync();
    }

    @Override
    public void write(int value) throws IOException {
        access.write(value);
    }

    @Override
    public void write(byte[] from, int offset, int count) throws IOException {
        access.write(from, offset, count);
    }

    @Override
    public void close() {
        access.close();
    }
}
