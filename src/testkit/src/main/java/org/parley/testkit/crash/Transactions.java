package org.parley.testkit.crash;

import com.arjuna.ats.arjuna.common.CoordinatorEnvironmentBean;
import com.arjuna.ats.arjuna.common.CoreEnvironmentBean;
import com.arjuna.ats.arjuna.common.CoreEnvironmentBeanException;
import com.arjuna.ats.arjuna.common.ObjectStoreEnvironmentBean;
import com.arjuna.ats.arjuna.common.RecoveryEnvironmentBean;
import com.arjuna.ats.arjuna.recovery.RecoveryManager;
import com.arjuna.ats.internal.arjuna.recovery.AtomicActionRecoveryModule;
import com.arjuna.ats.internal.jta.recovery.arjunacore.JTAActionStatusServiceXAResourceOrphanFilter;
import com.arjuna.ats.internal.jta.recovery.arjunacore.JTANodeNameXAResourceOrphanFilter;
import com.arjuna.ats.internal.jta.recovery.arjunacore.JTATransactionLogXAResourceOrphanFilter;
import com.arjuna.ats.internal.jta.recovery.arjunacore.XARecoveryModule;
import com.arjuna.ats.jta.common.JTAEnvironmentBean;
import com.arjuna.ats.jta.recovery.XAResourceRecoveryHelper;
import com.arjuna.common.internal.util.propertyservice.BeanPopulator;
import jakarta.transaction.TransactionManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import javax.transaction.xa.XAResource;

/** Narayana, with a log of its own; one in a JVM. Its recovery runs when it is asked to. */
final class Transactions {

    private static final String NODE = "parley";

    /** Gives the resources that are asked what they have prepared. */
    @FunctionalInterface
    interface Resources {
        List<XAResource> all() throws Exception;
    }

    private static final Logger NOISE = Logger.getLogger("com.arjuna");

    private static Transactions instance;
    private static Path log;

    private final RecoveryManager recovery;
    private volatile Resources resources = List::of;

    private Transactions() {
        recovery = RecoveryManager.manager(RecoveryManager.DIRECT_MANAGEMENT);
        recovery.initialize();
        recovery.getModules().stream()
                .filter(XARecoveryModule.class::isInstance)
                .map(XARecoveryModule.class::cast)
                .forEach(module -> module.addXAResourceRecoveryHelper(new Asked()));
    }

    /** With a log that lasts as long as the process. */
    static synchronized Transactions ofThisProcess() throws IOException {
        if (instance == null) {
            Path made = Files.createTempDirectory("parley-transactions");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(made), "delete-" + made.getFileName()));
            in(made);
        }
        return instance;
    }

    private static void delete(Path directory) {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** With a log that outlives the process; it can't be changed any more afterwards. */
    static synchronized Transactions in(Path directory) {
        if (instance == null) {
            // that resources fail is what is tried here
            NOISE.setLevel(Level.OFF);
            log = directory;
            configure();
            instance = new Transactions();
        }
        return instance;
    }

    /** Where its log is. */
    static synchronized Path log() {
        return log;
    }

    private static void configure() {
        try {
            BeanPopulator.getDefaultInstance(CoreEnvironmentBean.class).setNodeIdentifier(NODE);
        } catch (CoreEnvironmentBeanException e) {
            throw new IllegalStateException(e);
        }
        for (String store : new String[] {null, "stateStore", "communicationStore"}) {
            ObjectStoreEnvironmentBean bean = store == null
                    ? BeanPopulator.getDefaultInstance(ObjectStoreEnvironmentBean.class)
                    : BeanPopulator.getNamedInstance(ObjectStoreEnvironmentBean.class, store);
            bean.setObjectStoreDir(log.toString());
            // processes die here, not the machine: what was written stays
            bean.setObjectStoreSync(false);
            bean.setTransactionSync(false);
        }
        BeanPopulator.getDefaultInstance(CoordinatorEnvironmentBean.class).setTransactionStatusManagerEnable(false);
        RecoveryEnvironmentBean recovery = BeanPopulator.getDefaultInstance(RecoveryEnvironmentBean.class);
        recovery.setRecoveryBackoffPeriod(1);
        recovery.setRecoveryActivatorClassNames(List.of());
        recovery.setExpiryScannerClassNames(List.of());
        recovery.setRecoveryModuleClassNames(
                List.of(AtomicActionRecoveryModule.class.getName(), XARecoveryModule.class.getName()));
        JTAEnvironmentBean jta = BeanPopulator.getDefaultInstance(JTAEnvironmentBean.class);
        jta.setOrphanSafetyInterval(0);
        jta.setXaRecoveryNodes(List.of(NODE));
        // what is under way in this process is no orphan; asked before the log, into which it may come meanwhile
        jta.setXaResourceOrphanFilterClassNames(List.of(
                JTAActionStatusServiceXAResourceOrphanFilter.class.getName(),
                JTATransactionLogXAResourceOrphanFilter.class.getName(),
                JTANodeNameXAResourceOrphanFilter.class.getName()));
    }

    TransactionManager transactions() {
        return com.arjuna.ats.jta.TransactionManager.transactionManager();
    }

    /** From now on recovery asks these instead of others. */
    void recoverFrom(Resources asked) {
        resources = asked;
    }

    private final class Asked implements XAResourceRecoveryHelper {

        @Override
        public boolean initialise(String parameter) {
            return true;
        }

        @Override
        public XAResource[] getXAResources() throws Exception {
            return resources.all().toArray(XAResource[]::new);
        }
    }

    /** One pass of recovery, which has a pause of a second inside. */
    void recover() {
        recovery.scan();
    }
}
