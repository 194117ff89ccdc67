package org.parley.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.parley.Conversation;
import org.parley.Dialog;
import org.parley.LocalConnection;
import org.parley.Parley;

class StateCommandsTest {

    @TempDir
    Path directory;

    private Run run() {
        return Run.inHome(home());
    }

    private Path home() {
        return directory.resolve("home");
    }

    /** A dialog inside shop that has arrived, and one to a service that is nowhere. */
    private void work() {
        try (Parley parley = Parley.open(home());
                LocalConnection shop = parley.connect("shop");
                LocalConnection stock = parley.connect("stock")) {
            stock.catalog()
                    .define("CREATE QUEUE StockQueue WITH STATUS = OFF; ALTER DATABASE CURRENT SET TRUSTWORTHY ON");
            shop.catalog()
                    .define("CREATE QUEUE ShopQueue; CREATE QUEUE DeskQueue; CREATE SERVICE Shop ON QUEUE ShopQueue;"
                            + " CREATE SERVICE Desk ON QUEUE DeskQueue ([DEFAULT])");
            Conversation here = shop.begin(Dialog.between("Shop", "Desk"));
            here.send("DEFAULT", "one");
            here.send("DEFAULT", "two");
            shop.begin(Dialog.between("Shop", "Nobody")).send("DEFAULT", "three");
        }
    }

    @Test
    void databases() {
        work();

        assertThat(run().parley("databases", "--format", "csv").out()).matches("""
                        database,service_broker_guid,broker,trustworthy,honor_broker_priority,master_key
                        shop,[-0-9a-f]{36},ON,OFF,OFF,no
                        stock,[-0-9a-f]{36},ON,ON,OFF,no
                        """);
    }

    @Test
    void queues() {
        work();

        assertThat(run().parley("queues", "--format", "csv").out()).isEqualTo("""
                database,queue,status,messages,retention,poison_message_handling,activation,procedure_name,\
                max_queue_readers,execute_as
                shop,DeskQueue,ON,2,OFF,DISABLE_QUEUE,OFF,,,
                shop,ShopQueue,ON,0,OFF,DISABLE_QUEUE,OFF,,,
                stock,StockQueue,OFF,0,OFF,DISABLE_QUEUE,OFF,,,
                """);
    }

    @Test
    void conversations() {
        work();

        assertThat(run().parley("conversations", "--database", "shop", "--format", "csv")
                        .out()
                        .lines())
                .anyMatch(line -> line.matches("shop,[-0-9a-f]{36},initiator,Shop,Desk,DEFAULT,CONVERSING,.*"))
                .anyMatch(line -> line.matches("shop,[-0-9a-f]{36},target,Desk,Shop,DEFAULT,CONVERSING,.*"))
                .anyMatch(line -> line.matches("shop,[-0-9a-f]{36},initiator,Shop,Nobody,DEFAULT,CONVERSING,.*"))
                .hasSize(4);
    }

    private record TestXid(int getFormatId, byte[] getGlobalTransactionId, byte[] getBranchQualifier) implements Xid {}

    /** A dialog is begun in shop, and its transaction prepared. */
    private void prepare() throws XAException {
        try (Parley parley = Parley.open(home());
                LocalConnection shop = parley.connect("shop")) {
            Xid xid = new TestXid(7, new byte[] {1}, new byte[] {2});
            XAResource resource = shop.channel().xaResource();
            resource.start(xid, XAResource.TMNOFLAGS);
            shop.begin(Dialog.between("Shop", "Desk")).send("DEFAULT", "one");
            resource.end(xid, XAResource.TMSUCCESS);
            resource.prepare(xid);
        }
    }

    @Test
    void branches() throws XAException {
        work();
        prepare();

        assertThat(run().parley("branches", "--format", "csv").out().lines())
                .hasSize(2)
                .anyMatch(line -> line.matches("shop,7:01:02,PREPARED,.*,2,1,0,,"));
        assertThat(run().parley("branches", "--commit", "7:01:02", "--format", "csv")
                        .out()
                        .lines())
                .anyMatch(line -> line.matches("shop,7:01:02,HEURISTICALLY_COMMITTED,.*,2,1,0,dbo,.*"));
        Run.Result again = run().parley("branches", "--rollback", "7:01:02");
        assertThat(again.status()).isEqualTo(1);
        assertThat(again.err()).contains("50019", "ended already");
        assertThat(run().parley("branches", "--forget", "7:01:02", "--format", "csv")
                        .out()
                        .lines())
                .hasSize(1);
        assertThat(run().parley("conversations", "--format", "csv").out().lines())
                .hasSize(6);
        assertThat(run().parley("branches", "--commit", "1:1:1", "--rollback", "1:1:1")
                        .status())
                .isEqualTo(2);
    }

    @Test
    void transmission() {
        work();

        assertThat(run().parley("transmission", "--format", "csv").out().lines())
                .anyMatch(line -> line.matches("shop,[-0-9a-f]{36},Shop,Nobody,,0,DEFAULT,.*9796.*"))
                .hasSize(2);
    }

    @Test
    void aHomeThatIsNotThereIsNotMade() {
        Run.Result result = run().parley("queues");

        assertThat(result.err()).contains("doesn't exist");
        assertThat(result.status()).isEqualTo(1);
        assertThat(Files.exists(home())).isFalse();
    }

    @Test
    void aDatabaseThatIsNotThereIsNotMade() {
        work();

        Run.Result result = run().parley("queues", "--database", "shpo");

        assertThat(result.err()).startsWith("Msg 911").contains("[shop, stock]");
        assertThat(result.status()).isEqualTo(1);
        assertThat(run().parley("databases").out()).doesNotContain("shpo");
    }
}
