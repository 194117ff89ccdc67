package org.parley.engine.durability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.parley.testkit.Eventually.eventually;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.parley.Conversation;
import org.parley.Dialog;
import org.parley.ErrorNumbers;
import org.parley.LocalConnection;
import org.parley.Message;
import org.parley.Parley;
import org.parley.Receive;
import org.parley.engine.Failing;
import org.parley.engine.tx.TestXid;
import org.parley.spi.RestoredBroker;
import org.parley.testkit.BrokerExtension;

/** A copy of a database that is in use is the database of one moment; what is made of it is the broker it is told to be. */
class BackupTest {

    @RegisterExtension
    final BrokerExtension broker = new BrokerExtension();

    @TempDir
    Path directory;

    private LocalConnection orders;
    private Conversation dialog;

    @BeforeEach
    void define() {
        orders = broker.connect("orders");
        orders.catalog().define("""
                        CREATE QUEUE Shop; CREATE SERVICE [//shop] ON QUEUE Shop;
                        CREATE QUEUE Store; CREATE SERVICE [//store] ON QUEUE Store ([DEFAULT]);
                        """);
        dialog = orders.begin(Dialog.between("//shop", "//store"));
    }

    private Path copy() {
        return directory.resolve("copy");
    }

    private void send(int number) {
        dialog.send("DEFAULT", ByteBuffer.allocate(4).putInt(number).array());
    }

    private static List<Integer> numbers(LocalConnection connection) {
        List<Integer> numbers = new ArrayList<>();
        for (Message each : connection.receive(Receive.from("Store").top(100_000))) {
            numbers.add(ByteBuffer.wrap(each.body()).getInt());
        }
        return numbers;
    }

    private LocalConnection restored(RestoredBroker which) {
        broker.parley().server().restore(copy(), "restored", which);
        return broker.connect("restored");
    }

    private void backup() {
        broker.parley().server().backup("orders", copy());
    }

    /** What was acknowledged before the call is in it, what was sent after it isn't, and of the rest a beginning. */
    @Test
    void copyIsOfOneMoment() throws Exception {
        send(1);
        AtomicInteger acknowledged = new AtomicInteger(1);
        AtomicBoolean enough = new AtomicBoolean();
        Thread sender = new Thread(() -> {
            while (!enough.get()) {
                send(acknowledged.get() + 1);
                acknowledged.incrementAndGet();
            }
        });
        sender.start();
        eventually().holds("traffic", () -> acknowledged.get() > 20);
        int before = acknowledged.get();
        backup();
        int after = acknowledged.get() + 1;
        enough.set(true);
        sender.join();
        orders.catalog().setBrokerEnabled(false);
        List<Integer> numbers = numbers(restored(RestoredBroker.ENABLE_BROKER));
        assertThat(numbers.size()).isBetween(before, after);
        for (int i = 0; i < numbers.size(); i++) {
            assertThat(numbers.get(i)).isEqualTo(i + 1);
        }
    }

    @Test
    void restoredDatabaseDoesNotDeliverUntilItIsTold() {
        send(1);
        UUID saved = orders.brokerInstance();
        backup();
        LocalConnection restored = restored(RestoredBroker.DISABLE_BROKER);
        assertThat(restored.brokerInstance()).isEqualTo(saved);
        assertThat(restored.catalog().options().brokerEnabled()).isFalse();
        Failing.with(9772, () -> restored.catalog().setBrokerEnabled(true));
    }

    @Test
    void restoredDatabaseTakesThePlaceOfTheSavedOne() {
        send(1);
        backup();
        Failing.with(9772, () -> restored(RestoredBroker.ENABLE_BROKER));
        assertThat(broker.parley().server().databasesInHome()).containsExactly("orders");
        orders.close();
        try (LocalConnection master = broker.parley().connect("master")) {
            master.execute("DROP DATABASE orders");
        }
        broker.parley().server().restore(copy(), "orders", RestoredBroker.ENABLE_BROKER);
        assertThat(numbers(broker.connect("orders"))).containsExactly(1);
    }

    @Test
    void newBrokerHasNoConversations() {
        send(1);
        backup();
        LocalConnection restored = restored(RestoredBroker.NEW_BROKER);
        assertThat(restored.brokerInstance()).isNotEqualTo(orders.brokerInstance());
        assertThat(restored.endpoints()).isEmpty();
        assertThat(restored.catalog().options().brokerEnabled()).isTrue();
    }

    @Test
    void conversationsOfTheSavedOneEndWithAnError() {
        send(1);
        backup();
        orders.catalog().setBrokerEnabled(false);
        LocalConnection restored = restored(RestoredBroker.ERROR_BROKER_CONVERSATIONS);
        assertThat(eventually()
                        .becomes(
                                "the error at the sender",
                                () -> restored.receive(Receive.from("Shop")),
                                received -> !received.isEmpty()))
                .singleElement()
                .satisfies(message -> assertThat(message.isError()).isTrue());
    }

    /** What is prepared when it is copied is in doubt in the copy, and can be committed there. */
    @Test
    void preparedBranchIsInTheCopy() throws Exception {
        send(1);
        XAResource resource = orders.channel().xaResource();
        TestXid xid = TestXid.of(1, 1);
        resource.start(xid, XAResource.TMNOFLAGS);
        send(2);
        resource.end(xid, XAResource.TMSUCCESS);
        resource.prepare(xid);
        backup();
        resource.rollback(xid);
        try (Parley other = Parley.open(directory.resolve("other"))) {
            other.server().restore(copy(), "orders", RestoredBroker.ENABLE_BROKER);
            LocalConnection there = other.connect("orders");
            XAResource recovery = other.server().recoveryResources().get(0);
            Xid[] prepared = recovery.recover(XAResource.TMSTARTRSCAN | XAResource.TMENDRSCAN);
            assertThat(prepared).hasSize(1);
            recovery.commit(prepared[0], false);
            assertThat(numbers(there)).containsExactly(1, 2);
        }
    }

    @Test
    void nothingIsOverwritten() throws IOException {
        Files.createDirectories(copy());
        Failing.with(ErrorNumbers.BAD_PROPERTY, this::backup);
        Failing.with(5120, () -> restored(RestoredBroker.NEW_BROKER));
        Files.delete(copy());
        backup();
        Failing.with(1801, () -> broker.parley().server().restore(copy(), "orders", RestoredBroker.NEW_BROKER));
        try (Stream<Path> left = Files.list(directory)) {
            assertThat(left).containsExactly(copy());
        }
    }
}
