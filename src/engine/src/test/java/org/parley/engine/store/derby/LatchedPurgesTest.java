package org.parley.engine.store.derby;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.derby.iapi.services.context.ContextManager;
import org.apache.derby.iapi.services.context.ContextService;
import org.apache.derby.iapi.services.daemon.Serviceable;
import org.apache.derby.iapi.store.access.AccessFactory;
import org.apache.derby.iapi.store.access.TransactionController;
import org.apache.derby.iapi.store.access.conglomerate.TransactionManager;
import org.apache.derby.iapi.store.raw.ContainerHandle;
import org.apache.derby.iapi.store.raw.ContainerKey;
import org.apache.derby.iapi.store.raw.Page;
import org.apache.derby.impl.jdbc.EmbedConnection;
import org.apache.derby.impl.store.access.btree.BTree;
import org.apache.derby.impl.store.access.btree.OpenBTree;
import org.apache.derby.jdbc.EmbeddedDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nobody comes onto an index page before the log has the commit of what has removed entries from it. */
class LatchedPurgesTest {

    private static final long ROOT = 1;
    private static final String BTREE = "org.apache.derby.impl.store.access.btree.";

    @TempDir
    Path home;

    private EmbedConnection deleting;
    private Connection inserting;

    @BeforeEach
    void open() throws SQLException {
        DerbyEngine.enter(home);
        deleting = connect();
        inserting = connect();
    }

    private EmbedConnection connect() throws SQLException {
        EmbedConnection connection = (EmbedConnection)
                new EmbeddedDriver().connect("jdbc:derby:" + home.resolve("purges") + ";create=true", new Properties());
        connection.setAutoCommit(false);
        return connection;
    }

    @AfterEach
    void close() throws SQLException {
        try {
            for (Connection each : new Connection[] {deleting, inserting}) {
                each.rollback();
                each.close();
            }
            assertThatThrownBy(() -> new EmbeddedDriver()
                            .connect("jdbc:derby:" + home.resolve("purges") + ";shutdown=true", new Properties()))
                    .hasMessageContaining("shutdown");
        } finally {
            DerbyEngine.leave();
        }
    }

    @Test
    void aPageIsLatchedUntilThePurgeIsCommitted() throws Throwable {
        try (Statement delete = deleting.createStatement();
                Statement insert = inserting.createStatement()) {
            delete.executeUpdate("CREATE TABLE KEPT (A INT PRIMARY KEY)");
            delete.executeUpdate("INSERT INTO KEPT VALUES 1, 2, 3, 4, 5");
            deleting.commit();
            delete.executeUpdate("DELETE FROM KEPT WHERE A IN (2, 3, 4)");
            deleting.commit();
            // whoever uses the table keeps the purge from taking it for itself
            insert.executeUpdate("INSERT INTO KEPT VALUES 9");
            long index = index();
            deleting.commit();
            TransactionController look = deleting.getLanguageConnection().getTransactionExecute();
            BTree tree = tree(look, index);
            assertThat(records(look, index))
                    .as("entries, and what heads the page")
                    .isEqualTo(7);
            AtomicReference<Boolean> latched = new AtomicReference<>();
            purge(look.getAccessManager(), tree, internal -> latched.set(page(look, index) == null));
            assertThat(latched.get()).isTrue();
            assertThat(records(look, index)).isEqualTo(4);
        }
    }

    private long index() throws SQLException {
        try (Statement select = deleting.createStatement();
                ResultSet at = select.executeQuery("SELECT C.CONGLOMERATENUMBER FROM SYS.SYSCONGLOMERATES C"
                        + " JOIN SYS.SYSTABLES T ON T.TABLEID = C.TABLEID WHERE T.TABLENAME = 'KEPT' AND C.ISINDEX")) {
            at.next();
            return at.getLong(1);
        }
    }

    private static BTree tree(TransactionController look, long index) throws Exception {
        var controller = look.openConglomerate(
                index, false, 0, TransactionController.MODE_RECORD, TransactionController.ISOLATION_READ_COMMITTED);
        try {
            return ((OpenBTree) controller).getConglomerate();
        } finally {
            controller.close();
        }
    }

    private static int records(TransactionController look, long index) throws Exception {
        Page page = page(look, index);
        try {
            return page.recordCount();
        } finally {
            page.unlatch();
        }
    }

    /** The root, latched; null when somebody else has it. */
    private static Page page(TransactionController look, long index) {
        try {
            ContainerHandle container = ((TransactionManager) look)
                    .getRawStoreXact()
                    .openContainer(new ContainerKey(0, index), null, ContainerHandle.MODE_READONLY);
            return container.getPageNoWait(ROOT);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Runs the background's purge here, and asks just before it is committed. */
    private static void purge(AccessFactory access, BTree tree, Consumer<TransactionManager> beforeCommit)
            throws Throwable {
        Class<?> type = Class.forName(BTREE + "BTreePostCommit");
        MethodHandle make = MethodHandles.privateLookupIn(type, MethodHandles.lookup())
                .findConstructor(type, MethodType.methodType(void.class, AccessFactory.class, BTree.class, long.class));
        ContextService contexts = ContextService.getFactory();
        ContextManager own = contexts.newContextManager();
        contexts.setCurrentContextManager(own);
        try {
            AccessFactory watched = seen(
                    AccessFactory.class,
                    access,
                    (method, result) -> method.equals("getAndNameTransaction")
                            ? seen(
                                    TransactionManager.class,
                                    (TransactionManager) result,
                                    (inner, made) -> inner.equals("getInternalTransaction")
                                            ? committing((TransactionManager) made, beforeCommit)
                                            : made)
                            : result);
            ((Serviceable) make.invoke(watched, tree, ROOT)).performWork(own);
        } finally {
            contexts.resetCurrentContextManager(own);
        }
    }

    private interface Seen {
        Object instead(String method, Object result);
    }

    private static TransactionManager committing(TransactionManager real, Consumer<TransactionManager> before) {
        return (TransactionManager) Proxy.newProxyInstance(
                LatchedPurgesTest.class.getClassLoader(),
                new Class<?>[] {TransactionManager.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("commit")) {
                        before.accept(real);
                    }
                    return call(() -> method.invoke(real, arguments));
                });
    }

    private static <T> T seen(Class<T> type, T real, Seen seen) {
        return type.cast(Proxy.newProxyInstance(
                LatchedPurgesTest.class.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) ->
                        seen.instead(method.getName(), call(() -> method.invoke(real, arguments)))));
    }

    private interface Invocation {
        Object run() throws ReflectiveOperationException;
    }

    private static Object call(Invocation invocation) throws Throwable {
        try {
            return invocation.run();
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    @Test
    void aClassOfAnotherShapeIsLeftAlone() throws Exception {
        byte[] original;
        try (var in = OpenBTree.class.getResourceAsStream("BTreePostCommit.class")) {
            original = in.readAllBytes();
        }
        byte[] mended = LatchedPurges.withoutClose(original, 3, "BTreePostCommit");
        assertThat(mended).hasSameSizeAs(original).isNotEqualTo(original);
        assertThatThrownBy(() -> LatchedPurges.withoutClose(mended, 3, "BTreePostCommit"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("at 0 places where Derby 10.16.1.1 has 3");
    }
}
