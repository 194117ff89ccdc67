package org.parley.ra.container;

import jakarta.resource.ResourceException;
import jakarta.resource.spi.BootstrapContext;
import jakarta.resource.spi.ConnectionEvent;
import jakarta.resource.spi.ConnectionEventListener;
import jakarta.resource.spi.ConnectionManager;
import jakarta.resource.spi.ConnectionRequestInfo;
import jakarta.resource.spi.ManagedConnection;
import jakarta.resource.spi.ManagedConnectionFactory;
import jakarta.resource.spi.XATerminator;
import jakarta.resource.spi.work.Work;
import jakarta.resource.spi.work.WorkContext;
import jakarta.resource.spi.work.WorkManager;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Timer;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/**
 * What an application server does for an adapter, at its smallest: threads, one global transaction a thread whose
 * resources join when they are the same, connections without a pool. Commits whatever the application threw, as all
 * servers do after a checked exception.
 */
public final class SmallContainer implements BootstrapContext, AutoCloseable {

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final ThreadLocal<Transaction> current = new ThreadLocal<>();
    private final AtomicInteger numbers = new AtomicInteger();
    private final AtomicInteger terminators = new AtomicInteger();
    private volatile boolean dies;

    /** Work that may throw. */
    @FunctionalInterface
    public interface Action {
        void run() throws Exception;
    }

    /** From now on it prepares, and never gets to the second phase. */
    public void diesBetweenPhases() {
        dies = true;
    }

    /** How often it was asked for its terminator. */
    public int terminators() {
        return terminators.get();
    }

    private record Number(int number) implements Xid {

        @Override
        public int getFormatId() {
            return 77;
        }

        @Override
        public byte[] getGlobalTransactionId() {
            return Integer.toString(number).getBytes(StandardCharsets.US_ASCII);
        }

        @Override
        public byte[] getBranchQualifier() {
            return new byte[] {1};
        }
    }

    private record Transaction(Xid xid, List<XAResource> resources) {}

    /** Runs an action in a global transaction of the calling thread. */
    public void inTransaction(Action action) throws Exception {
        begin();
        try {
            action.run();
        } finally {
            commit();
        }
    }

    void begin() {
        current.set(new Transaction(new Number(numbers.incrementAndGet()), new ArrayList<>()));
    }

    void enlist(XAResource resource) throws XAException {
        Transaction transaction = current.get();
        if (transaction == null) {
            return;
        }
        boolean joins = !transaction.resources.isEmpty() && resource.isSameRM(transaction.resources.get(0));
        if (!joins && !transaction.resources.isEmpty()) {
            throw new IllegalStateException("A second branch: only one was expected.");
        }
        resource.start(transaction.xid, joins ? XAResource.TMJOIN : XAResource.TMNOFLAGS);
        transaction.resources.add(resource);
    }

    void commit() throws XAException {
        Transaction transaction = current.get();
        current.remove();
        for (XAResource resource : transaction.resources) {
            resource.end(transaction.xid, XAResource.TMSUCCESS);
        }
        if (transaction.resources.isEmpty()) {
            return;
        }
        XAResource resource = transaction.resources.get(0);
        if (dies) {
            resource.prepare(transaction.xid);
            throw new IllegalStateException("Between the phases.");
        }
        resource.commit(transaction.xid, true);
    }

    /** A manager that makes a connection for each handle and enlists it. */
    public ConnectionManager connections() {
        return this::allocate;
    }

    private Object allocate(ManagedConnectionFactory factory, ConnectionRequestInfo info) throws ResourceException {
        ManagedConnection managed = factory.createManagedConnection(null, info);
        try {
            enlist(managed.getXAResource());
        } catch (XAException e) {
            throw new ResourceException("Cannot enlist, code " + e.errorCode, e);
        }
        managed.addConnectionEventListener(new DestroyAtClose(managed));
        return managed.getConnection(null, info);
    }

    private record DestroyAtClose(ManagedConnection managed) implements ConnectionEventListener {

        @Override
        public void connectionClosed(ConnectionEvent event) {
            try {
                managed.destroy();
            } catch (ResourceException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void connectionErrorOccurred(ConnectionEvent event) {}

        @Override
        public void localTransactionStarted(ConnectionEvent event) {}

        @Override
        public void localTransactionCommitted(ConnectionEvent event) {}

        @Override
        public void localTransactionRolledback(ConnectionEvent event) {}
    }

    @Override
    public WorkManager getWorkManager() {
        return (WorkManager) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {WorkManager.class}, (proxy, method, arguments) -> {
                    threads.execute((Work) arguments[0]);
                    return null;
                });
    }

    @Override
    public TransactionSynchronizationRegistry getTransactionSynchronizationRegistry() {
        return (TransactionSynchronizationRegistry) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {TransactionSynchronizationRegistry.class},
                (proxy, method, arguments) -> current.get());
    }

    @Override
    public XATerminator getXATerminator() {
        terminators.incrementAndGet();
        return null;
    }

    @Override
    public Timer createTimer() {
        throw new UnsupportedOperationException("The adapter needs no timer of the container.");
    }

    @Override
    public boolean isContextSupported(Class<? extends WorkContext> type) {
        return false;
    }

    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(20, TimeUnit.SECONDS)) {
                throw new IllegalStateException("A reader is still at work.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
