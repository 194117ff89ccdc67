package org.parley.manual;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.parley.Dialog;
import org.parley.InDoubtBranch;
import org.parley.LocalConnection;
import org.parley.Parley;
import org.parley.spi.Health;

/** The way out of a transaction in doubt whose transaction manager is gone. */
class InDoubtTest {

    @TempDir
    Path home;

    private record TestXid(int getFormatId, byte[] getGlobalTransactionId, byte[] getBranchQualifier) implements Xid {}

    @Test
    void endsWhatNobodyRecovers() throws Exception {
        leaveInDoubt();
        end();
        try (Parley parley = Parley.open(home)) {
            assertThat(parley.connect("orders").endpoints()).isEmpty();
            assertThat(parley.server().health().status()).isEqualTo(Health.Status.UP);
        }
    }

    private void leaveInDoubt() throws XAException {
        Xid xid = new TestXid(7, new byte[] {1}, new byte[] {2});
        try (Parley parley = Parley.open(home)) {
            LocalConnection connection = parley.connect("orders");
            connection.catalog().define("CREATE QUEUE ShopQueue; CREATE SERVICE Shop ON QUEUE ShopQueue");
            XAResource resource = connection.channel().xaResource();
            resource.start(xid, XAResource.TMNOFLAGS);
            connection.begin(Dialog.between("Shop", "Warehouse")).send("DEFAULT", "tea");
            resource.end(xid, XAResource.TMSUCCESS);
            assertThat(resource.prepare(xid)).isEqualTo(XAResource.XA_OK);
        }
        try (Parley parley = Parley.open(home)) {
            parley.server().ensureDatabase("orders");
            assertThat(parley.server().health().status()).isEqualTo(Health.Status.DEGRADED);
        }
    }

    private void end() {
        try (Parley parley = Parley.open(home);
                LocalConnection orders = parley.connect("orders")) {
            assertThat(orders.inDoubtBranches()).hasSize(1);
            for (InDoubtBranch branch : orders.inDoubtBranches()) {
                orders.rollbackInDoubt(branch.xid()); // or commitInDoubt, where the other resources have committed
            }
        }
    }
}
