package org.parley.ra.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.ServiceLoader;
import java.util.function.Supplier;
import org.parley.BrokerException;
import org.parley.ErrorNumbers;
import org.parley.spi.BrokerServer;
import org.parley.spi.EngineProvider;
import org.parley.spi.ServerConfig;

/** The engine's classes: in a loader of their own inside a server, on the class path in plain tests. */
final class LoadedEngine {

    private final UnpackedEngine files;
    private final EngineLoader own;
    private final ClassLoader loader;
    /** Loaded at the start: at the end the adapter's loader may be closed. */
    private final LinkedRecords records = new LinkedRecords();

    private LoadedEngine(UnpackedEngine files, EngineLoader own, ClassLoader loader) {
        this.files = files;
        this.own = own;
        this.loader = loader;
    }

    static LoadedEngine load() throws IOException {
        ClassLoader adapter = LoadedEngine.class.getClassLoader();
        Optional<UnpackedEngine> unpacked =
                UnpackedEngine.unpack(adapter, Path.of(System.getProperty("java.io.tmpdir")));
        if (unpacked.isEmpty()) {
            return new LoadedEngine(null, null, adapter);
        }
        UnpackedEngine files = unpacked.get();
        EngineLoader own = new EngineLoader(files.urls(), adapter);
        return new LoadedEngine(files, own, own);
    }

    BrokerServer open(ServerConfig config) {
        return inLoader(() -> {
            // The clock's thread inherits the context of whoever sets the first alarm. Let that be us, now: a thread
            // born
            // in a call of an application would keep that application's classes after its undeployment.
            config.clock().at(config.clock().instant(), () -> {}).cancel();
            return ServiceLoader.load(EngineProvider.class, loader)
                    .findFirst()
                    .orElseThrow(() -> new BrokerException(
                            ErrorNumbers.NOT_RUNNING,
                            "The archive of the resource adapter bundles no engine, and none is on the class path."))
                    .open(config);
        });
    }

    void close(BrokerServer server) {
        inLoader(() -> {
            server.close();
            return null;
        });
    }

    void close() {
        if (own == null) {
            return;
        }
        try {
            ResourceBundle.clearCache(own);
            own.close();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot close the class loader of the engine in " + files.directory(), e);
        } finally {
            files.close();
            records.forget();
        }
    }

    private <T> T inLoader(Supplier<T> work) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            return work.get();
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
