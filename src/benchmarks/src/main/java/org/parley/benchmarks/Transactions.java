package org.parley.benchmarks;

import com.arjuna.ats.arjuna.common.CoordinatorEnvironmentBean;
import com.arjuna.ats.arjuna.common.ObjectStoreEnvironmentBean;
import com.arjuna.common.internal.util.propertyservice.BeanPopulator;
import jakarta.transaction.TransactionManager;
import java.nio.file.Path;
import java.util.List;
import javax.transaction.xa.XAResource;

/** Narayana as it comes, with its log on the disk to be measured; one in a JVM. */
final class Transactions {

    /** Work inside of a transaction. */
    @FunctionalInterface
    interface Work {
        void run() throws Exception;
    }

    private final TransactionManager manager = com.arjuna.ats.jta.TransactionManager.transactionManager();

    /** Says where its log is; once it has begun that can't be changed. */
    static void logIn(Path folder) {
        for (ObjectStoreEnvironmentBean store : List.of(
                BeanPopulator.getDefaultInstance(ObjectStoreEnvironmentBean.class),
                BeanPopulator.getNamedInstance(ObjectStoreEnvironmentBean.class, "stateStore"),
                BeanPopulator.getNamedInstance(ObjectStoreEnvironmentBean.class, "communicationStore"))) {
            store.setObjectStoreDir(folder.toAbsolutePath().toString());
        }
        BeanPopulator.getDefaultInstance(CoordinatorEnvironmentBean.class).setTransactionStatusManagerEnable(false);
    }

    /** Runs work in a global transaction with these resources, as a container would. */
    void run(List<XAResource> resources, Work work) throws Exception {
        manager.begin();
        try {
            for (XAResource resource : resources) {
                manager.getTransaction().enlistResource(resource);
            }
            work.run();
        } catch (Exception | Error e) {
            manager.rollback();
            throw e;
        }
        manager.commit();
    }
}
