package org.parley.ra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.parley.testkit.Eventually.eventually;

import jakarta.resource.spi.BootstrapContext;
import jakarta.resource.spi.ManagedConnection;
import jakarta.resource.spi.ManagedConnectionFactory;
import jakarta.resource.spi.ResourceAdapter;
import jakarta.resource.spi.ResourceAdapterAssociation;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.management.ObjectName;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archive as a server sees it: its two jars in a class loader that knows the JDK and Jakarta besides. */
class PackedAdapterIT {

    private static final int COLLECTIONS = 400;

    /** More than definitions, so that the bundled language runs it. */
    private static final String SCRIPT = "DECLARE @queue sysname; SET @queue = N'Packed';\n"
            + "IF @queue = N'Packed' AND OBJECT_ID(N'Packed') IS NULL EXEC (N'CREATE QUEUE Packed');";

    @TempDir
    Path directory;

    /** The server's thread, which outlives every deployment. */
    private final ExecutorService pool = Executors.newSingleThreadExecutor();

    @AfterEach
    void endThread() {
        pool.shutdown();
    }

    /** What a server gives an adapter: nothing of Parley, nothing of Derby. */
    private static final class ServerLoader extends ClassLoader {

        ServerLoader() {
            super(ClassLoader.getPlatformClassLoader());
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (name.startsWith("jakarta.")) {
                return PackedAdapterIT.class.getClassLoader().loadClass(name);
            }
            throw new ClassNotFoundException(name);
        }
    }

    private record TestXid(byte[] getGlobalTransactionId) implements Xid {

        @Override
        public int getFormatId() {
            return 1;
        }

        @Override
        public byte[] getBranchQualifier() {
            return new byte[] {1};
        }
    }

    @Test
    void startsWorksAndLeavesNothing() throws Exception {
        URL[] jars = unpackArchive();
        pool.submit(() -> {}).get();
        Set<Thread> threadsBefore = Thread.getAllStackTraces().keySet();
        Set<?> driversBefore = DriverManager.drivers().collect(Collectors.toSet());
        for (int deployment = 1; deployment <= 3; deployment++) {
            ReferenceQueue<ClassLoader> collected = new ReferenceQueue<>();
            WeakReference<ClassLoader> loader = new WeakReference<>(deployAndUndeploy(jars, deployment), collected);
            // Derby tells its daemons to end and doesn't wait for them
            eventually().becomes("threads left", () -> newThreads(threadsBefore), Set::isEmpty);
            assertThat(DriverManager.drivers().collect(Collectors.toSet())).isEqualTo(driversBefore);
            assertThat(ManagementFactory.getPlatformMBeanServer().queryNames(new ObjectName("org.parley:*"), null))
                    .isEmpty();
            assertThat(unpackedEngines()).isEmpty();
            for (int i = 0; i < COLLECTIONS && collected.remove(50) == null; i++) {
                System.gc();
            }
            assertThat(loader.get())
                    .as("class loader of deployment %d", deployment)
                    .isNull();
        }
    }

    /** GlassFish closes the loader of an application whose deployment has failed, and stops its adapter afterwards. */
    @Test
    void stopsWhenItsLoaderIsClosed() throws Exception {
        URL[] jars = unpackArchive();
        for (int deployment = 1; deployment <= 2; deployment++) {
            ResourceAdapter adapter;
            try (URLClassLoader loader = new URLClassLoader("rar", jars, new ServerLoader())) {
                adapter = started(loader);
            }
            adapter.stop();
            assertThat(unpackedEngines()).isEmpty();
        }
    }

    private ClassLoader deployAndUndeploy(URL[] jars, int deployment) throws Exception {
        try (URLClassLoader loader = new URLClassLoader("rar", jars, new ServerLoader())) {
            ResourceAdapter adapter = started(loader);
            try {
                assertThat(unpackedEngines()).hasSize(1);
                int number = deployment;
                pool.submit(() -> useTables(loader, adapter, number)).get();
            } finally {
                adapter.stop();
            }
            return loader;
        }
    }

    private ResourceAdapter started(ClassLoader loader) throws Exception {
        ResourceAdapter adapter = create(loader, "org.parley.ra.ParleyResourceAdapter", ResourceAdapter.class);
        adapter.getClass()
                .getMethod("setHome", String.class)
                .invoke(adapter, directory.resolve("home").toString());
        adapter.getClass().getMethod("setDefinitions", String.class).invoke(adapter, SCRIPT);
        adapter.start(noServices());
        return adapter;
    }

    private Void useTables(ClassLoader loader, ResourceAdapter adapter, int deployment) throws Exception {
        ManagedConnectionFactory factory =
                create(loader, "org.parley.ra.outbound.DataManagedConnectionFactory", ManagedConnectionFactory.class);
        ((ResourceAdapterAssociation) factory).setResourceAdapter(adapter);
        ManagedConnection managed = factory.createManagedConnection(null, null);
        Xid xid = new TestXid(new byte[] {(byte) deployment});
        XAResource resource = managed.getXAResource();
        Connection connection = (Connection) managed.getConnection(null, null);
        resource.start(xid, XAResource.TMNOFLAGS);
        assertThat(connection.getMetaData().getClass().getClassLoader().getName())
                .isEqualTo("parley-engine");
        if (deployment == 1) {
            connection.createStatement().execute("CREATE TABLE kept(id INT)");
        }
        connection.createStatement().execute("INSERT INTO kept VALUES " + deployment);
        try (ResultSet rows = connection.createStatement().executeQuery("SELECT COUNT(*) FROM kept")) {
            rows.next();
            assertThat(rows.getInt(1)).isEqualTo(deployment);
        }
        // a table function is a class that Derby looks for by name, here in the engine's own loader
        try (ResultSet rows = connection.createStatement().executeQuery("SELECT NAME FROM PARLEY.SERVICE_CONTRACTS")) {
            assertThat(rows.next()).isTrue();
        }
        try (ResultSet rows = connection
                .createStatement()
                .executeQuery("SELECT COUNT(*) FROM PARLEY.SERVICE_QUEUES WHERE NAME = 'Packed'")) {
            rows.next();
            assertThat(rows.getInt(1)).isEqualTo(1);
        }
        resource.end(xid, XAResource.TMSUCCESS);
        resource.commit(xid, true);
        assertThat(adapter.getXAResources(null)).hasSize(1);
        connection.close();
        managed.cleanup();
        return null;
    }

    private static <T> T create(ClassLoader loader, String name, Class<T> type) throws Exception {
        return type.cast(loader.loadClass(name).getConstructor().newInstance());
    }

    private static BootstrapContext noServices() {
        return (BootstrapContext) Proxy.newProxyInstance(
                PackedAdapterIT.class.getClassLoader(),
                new Class<?>[] {BootstrapContext.class},
                (proxy, method, arguments) -> null);
    }

    private URL[] unpackArchive() throws Exception {
        List<URL> jars = new ArrayList<>();
        try (JarFile archive = new JarFile(Path.of("target", "parley.rar").toFile())) {
            for (Enumeration<JarEntry> entries = archive.entries(); entries.hasMoreElements(); ) {
                JarEntry entry = entries.nextElement();
                if (entry.getName().endsWith(".jar")) {
                    Path jar = directory.resolve(entry.getName());
                    try (InputStream in = archive.getInputStream(entry)) {
                        Files.copy(in, jar);
                    }
                    jars.add(jar.toUri().toURL());
                }
            }
        }
        assertThat(jars).hasSize(2);
        return jars.toArray(URL[]::new);
    }

    private static Set<Thread> newThreads(Set<Thread> before) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !before.contains(thread))
                .collect(Collectors.toSet());
    }

    private static List<Path> unpackedEngines() throws Exception {
        String prefix = "parley-engine-" + ProcessHandle.current().pid() + "-";
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().startsWith(prefix))
                    .toList();
        }
    }
}
