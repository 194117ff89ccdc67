package org.parley.engine.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.parley.BrokerException;
import org.parley.Catalog;
import org.parley.ContractDefinition;
import org.parley.ContractDefinition.SentBy;
import org.parley.MessageTypeDefinition;
import org.parley.MessageTypeDefinition.Validation;
import org.parley.QueueDefinition;
import org.parley.ServiceDefinition;
import org.parley.SystemMessageTypes;
import org.parley.engine.store.CatalogRows;

class DatabaseCatalogTest {

    private static final CatalogRows NOTHING = new CatalogRows(List.of());

    private static final Instant NOW = Instant.ofEpochMilli(1_000_000);

    private final RememberingStore storage = new RememberingStore();
    private final List<CatalogSnapshot> shown = new ArrayList<>();
    private final DatabaseCatalog database = new DatabaseCatalog(
            storage.store(),
            CatalogSnapshot.of(NOTHING),
            CatalogRows.FIRST_USER_ID - 1,
            new DatabaseCatalog.Moments(InstantSource.fixed(NOW), () -> 4711),
            (now, swap) -> {
                swap.run();
                shown.add(now);
            });
    private final Catalog catalog = database.ofOwner();

    @AfterEach
    void memoryAndStorageAgree() {
        assertSame(database.snapshot(), CatalogSnapshot.of(storage.rows()));
    }

    private static void assertSame(CatalogSnapshot one, CatalogSnapshot other) {
        assertThat(one.messageTypes()).containsExactlyInAnyOrderElementsOf(other.messageTypes());
        assertThat(one.contracts()).containsExactlyInAnyOrderElementsOf(other.contracts());
        assertThat(one.queues()).containsExactlyInAnyOrderElementsOf(other.queues());
        assertThat(one.services()).containsExactlyInAnyOrderElementsOf(other.services());
    }

    private void defineExpenses() {
        catalog.define("CREATE MESSAGE TYPE [//x/Submit] VALIDATION = WELL_FORMED_XML;"
                + " CREATE MESSAGE TYPE [//x/Answer];"
                + " CREATE CONTRACT [//x/Submission] ([//x/Submit] SENT BY INITIATOR, [//x/Answer] SENT BY TARGET);"
                + " CREATE QUEUE dbo.Desk;"
                + " CREATE SERVICE [//x/Desk] ON QUEUE Desk ([//x/Submission])");
    }

    @Test
    void aScriptDefinesAllThatADialogNeeds() {
        defineExpenses();
        assertThat(catalog.messageTypes())
                .contains(
                        new MessageTypeDefinition("//x/Submit", Validation.WELL_FORMED_XML),
                        new MessageTypeDefinition("//x/Answer", Validation.NONE));
        assertThat(catalog.contracts())
                .contains(new ContractDefinition(
                        "//x/Submission", Map.of("//x/Submit", SentBy.INITIATOR, "//x/Answer", SentBy.TARGET)));
        assertThat(catalog.queues()).containsExactly(new QueueDefinition("Desk", true));
        assertThat(catalog.services())
                .containsExactly(new ServiceDefinition("//x/Desk", "Desk", Set.of("//x/Submission")));
        assertThat(shown).containsExactly(database.snapshot());
        assertThat(storage.begun).isEqualTo(1);
    }

    @Test
    void recordsDefineTheSame() {
        defineExpenses();
        CatalogSnapshot before = database.snapshot();
        catalog.define(new MessageTypeDefinition("//x/Submit", Validation.WELL_FORMED_XML));
        catalog.define(new MessageTypeDefinition("//x/Answer", Validation.NONE));
        catalog.define(new ContractDefinition(
                "//x/Submission", Map.of("//x/Submit", SentBy.INITIATOR, "//x/Answer", SentBy.TARGET)));
        catalog.define(new QueueDefinition("[dbo].[Desk]", true));
        catalog.define(new ServiceDefinition("//x/Desk", "dbo.Desk", Set.of("//x/Submission")));
        assertThat(database.snapshot()).isSameAs(before);
        assertThat(storage.begun).isEqualTo(1);
        assertThat(shown).hasSize(1);
    }

    @Test
    void repeatingADefinitionLeavesTheQueueStatus() {
        defineExpenses();
        catalog.setQueueStatus("Desk", false);
        defineExpenses();
        assertThat(catalog.queue("dbo.Desk")).contains(new QueueDefinition("Desk", false));
        catalog.define("ALTER QUEUE [dbo].[Desk] WITH STATUS = ON");
        assertThat(catalog.queue("Desk")).contains(new QueueDefinition("Desk", true));
    }

    @Test
    void whatExistsOtherwiseIsRefused() {
        defineExpenses();
        refused(
                2714,
                "Message type '//x/Answer' exists with VALIDATION = NONE and can't be defined with VALIDATION = EMPTY;"
                        + " define it as it is, or drop it first.",
                () -> catalog.define(new MessageTypeDefinition("//x/Answer", Validation.EMPTY)));
        refused(
                2714,
                "Contract '//x/Submission' exists with ('//x/Answer' SENT BY TARGET, '//x/Submit' SENT BY INITIATOR) and"
                        + " can't be defined with ('//x/Submit' SENT BY ANY); a contract never changes: give the new one"
                        + " another name.",
                () -> catalog.define(new ContractDefinition("//x/Submission", Map.of("//x/Submit", SentBy.ANY))));
        refused(
                2714,
                "Service '//x/Desk' exists on queue 'Desk' with contracts [//x/Submission] and can't be defined on queue"
                        + " 'Desk' without contracts; define it as it is, or drop it first.",
                () -> catalog.define(new ServiceDefinition("//x/Desk", "Desk", Set.of())));
    }

    @Test
    void contractsNeedTypesAndSomethingForTheInitiator() {
        defineExpenses();
        refused(
                8428,
                "Contract 'c' names the message type '//x/submit', which doesn't exist; names are compared byte by byte.",
                () -> catalog.define(new ContractDefinition("c", Map.of("//x/submit", SentBy.ANY))));
        refused(
                8492,
                "Contract 'c' gives the initiator nothing to send; at least one message type must be SENT BY INITIATOR"
                        + " or SENT BY ANY.",
                () -> catalog.define(new ContractDefinition("c", Map.of("//x/Submit", SentBy.TARGET))));
        refused(
                8492,
                "Contract 'c' gives the initiator nothing to send; at least one message type must be SENT BY INITIATOR"
                        + " or SENT BY ANY.",
                () -> catalog.define(new ContractDefinition("c", Map.of())));
        refused(
                8403,
                "1:1: Contract 'c' names the message type '//x/Submit' twice.",
                () -> catalog.define(
                        "CREATE CONTRACT c ([//x/Submit] SENT BY INITIATOR, [//x/Submit] SENT BY TARGET)"));
        refused(
                9663,
                "Contract 'c' names the message type 'http://schemas.microsoft.com/SQL/ServiceBroker/Error', which every"
                        + " conversation has and no contract may list.",
                () -> catalog.define(new ContractDefinition(
                        "c", Map.of("https://schemas.microsoft.com/SQL/ServiceBroker/Error", SentBy.ANY))));
    }

    @Test
    void servicesNeedAQueueAndContracts() {
        defineExpenses();
        refused(
                208,
                "Queue 'desk' doesn't exist and can't be the queue of service 's'; queue names are compared as they are"
                        + " written.",
                () -> catalog.define(new ServiceDefinition("s", "desk", Set.of())));
        refused(
                8425,
                "Service 's' names the contract 'none', which doesn't exist; names are compared byte by byte.",
                () -> catalog.define(new ServiceDefinition("s", "Desk", Set.of("none"))));
        refused(
                8404,
                "1:1: Service 's' names the contract '//x/Submission' twice.",
                () -> catalog.define("CREATE SERVICE s ON QUEUE Desk ([//x/Submission], [//x/Submission])"));
        refused(
                208,
                "Queue 'none' doesn't exist and can't be turned off; queue names are compared as they are written.",
                () -> catalog.setQueueStatus("none", false));
        catalog.define("CREATE SERVICE s ON QUEUE Desk ([DEFAULT])");
        int id = database.snapshot().service("s").orElseThrow().id();
        assertThat(database.snapshot().service(id).accepts(Contract.DEFAULT)).isTrue();
    }

    @Test
    void namesHaveOneTo128Characters() {
        refused(
                1038,
                "The name of a queue is missing; it has 1 to 128 characters.",
                () -> catalog.define(new QueueDefinition("dbo.", true)));
        refused(
                1038,
                "1:21: the name has no characters; expected 1 to 128.",
                () -> catalog.define("CREATE MESSAGE TYPE []"));
        refused(
                103,
                "The name of a message type that begins with 'nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn...' has 129"
                        + " characters; at most 128 are allowed.",
                () -> catalog.define(new MessageTypeDefinition("n".repeat(129), Validation.NONE)));
        refused(
                1093,
                "The name of a contract that begins with 'a?b' has a control character or half a character; names travel"
                        + " in XML and in UTF-8, which have neither.",
                () -> catalog.define(new ContractDefinition("a\ud800b", Map.of())));
        refused(
                1093,
                "The queue name '#q' begins with '#'; there are no temporary queues.",
                () -> catalog.define(new QueueDefinition("#q", true)));
        catalog.define(new MessageTypeDefinition("#" + "n".repeat(127), Validation.NONE));
    }

    @Test
    void systemObjectsStayAsTheyAre() {
        String https = "https://schemas.microsoft.com/SQL/ServiceBroker/EndDialog";
        String refusal = "' belongs to the system and can't be defined, changed or dropped.";
        refused(
                9663,
                "The message type '" + SystemMessageTypes.END_DIALOG + refusal,
                () -> catalog.define(new MessageTypeDefinition(https, Validation.NONE)));
        refused(
                9663,
                "The message type '" + SystemMessageTypes.END_DIALOG + refusal,
                () -> catalog.dropMessageType(https));
        refused(
                9663,
                "1:1: The message type 'DEFAULT" + refusal,
                () -> catalog.define("CREATE MESSAGE TYPE [DEFAULT]"));
        refused(
                9663,
                "The contract 'DEFAULT" + refusal,
                () -> catalog.define(new ContractDefinition("DEFAULT", Map.of("DEFAULT", SentBy.ANY))));
        refused(9663, "The contract 'DEFAULT" + refusal, () -> catalog.dropContract("DEFAULT"));
        refused(
                9663,
                "The queue 'ServiceBrokerQueue" + refusal,
                () -> catalog.define(new QueueDefinition("dbo.ServiceBrokerQueue", true)));
        catalog.define(new QueueDefinition("q", true));
        String service = "http://schemas.microsoft.com/SQL/ServiceBroker/ServiceBroker";
        refused(
                9663,
                "The service '" + service + refusal,
                () -> catalog.define(new ServiceDefinition(service, "q", Set.of())));
    }

    @Test
    void aScriptTakesEffectAsAWholeOrNotAtAll() {
        refused(
                8428,
                "3:1: Contract 'c' names the message type 'b', which doesn't exist; names are compared byte by byte.",
                () -> catalog.define("CREATE MESSAGE TYPE a\nGO\nCREATE CONTRACT c (b SENT BY ANY)"));
        assertThat(database.snapshot().messageType("a")).isEmpty();
        assertThat(storage.rolledBack).isEqualTo(1);
        assertThat(shown).isEmpty();
    }

    @Test
    void whatIsDroppedIsRefusedToNobodyAndKeptUntilNothingNeedsIt() {
        defineExpenses();
        refused(
                3729,
                "Queue 'Desk' can't be dropped: it is the queue of service '//x/Desk'.",
                () -> catalog.dropQueue("dbo.Desk"));
        refused(
                3729,
                "Contract '//x/Submission' can't be dropped: it is accepted by service '//x/Desk'.",
                () -> catalog.dropContract("//x/Submission"));
        refused(
                3729,
                "Message type '//x/Submit' can't be dropped: it is part of contract '//x/Submission'.",
                () -> catalog.dropMessageType("//x/Submit"));
        int service = database.snapshot().service("//x/Desk").orElseThrow().id();
        int contract =
                database.snapshot().contract("//x/Submission").orElseThrow().id();
        catalog.dropService("//x/Desk");
        catalog.dropContract("//x/Submission");
        catalog.dropMessageType("//x/Submit");
        catalog.dropMessageType("//x/Answer");
        catalog.dropQueue("Desk");
        assertThat(database.snapshot().service(service).name()).isEqualTo("//x/Desk");
        assertThat(database.snapshot().has(service)).isFalse();
        database.forget(service);
        assertThat(database.snapshot().dropped()).hasSize(3);
        database.forget(contract);
        assertThat(storage.rows()).isEqualTo(NOTHING);
        refused(
                15151,
                "The service '//x/Desk' can't be dropped: there is no such service.",
                () -> catalog.dropService("//x/Desk"));
        refused(15151, "The queue 'Desk' can't be dropped: there is no such queue.", () -> catalog.dropQueue("Desk"));
        refused(
                15151,
                "The contract 'c' can't be dropped: there is no such contract.",
                () -> catalog.dropContract("c"));
        refused(
                15151,
                "The message type '' can't be dropped: there is no such message type.",
                () -> catalog.dropMessageType(null));
    }

    @Test
    void idsAreNeverUsedAgain() {
        catalog.define(new QueueDefinition("a", true));
        int first = database.snapshot().queue("a").orElseThrow().id();
        catalog.dropQueue("a");
        catalog.define(new QueueDefinition("a", true));
        assertThat(first).isEqualTo(CatalogRows.FIRST_USER_ID);
        assertThat(database.snapshot().queue("a").orElseThrow().id()).isGreaterThan(first);
    }

    @Test
    void aFailedWriteChangesNothing() {
        for (int write = 1; write <= 5; write++) {
            storage.failingWrite = write;
            refused(1205, "A definition can't be stored; nothing has changed: write " + write, this::defineExpenses);
            assertThat(storage.rolledBack).isEqualTo(write);
        }
        storage.failingWrite = Integer.MAX_VALUE;
        defineExpenses();
        assertThat(shown).hasSize(1);
    }

    @Test
    void aFailedCommitChangesNothingInMemoryAndKeepsWhatElseFailed() {
        storage.failingCommit = true;
        storage.failingRollback = true;
        BrokerException e = catchThrowableOfType(BrokerException.class, this::defineExpenses);
        assertThat(e.number()).isEqualTo(50007);
        assertThat(e.getCause()).hasMessage("commit");
        assertThat(e.getSuppressed())
                .singleElement()
                .satisfies(also -> assertThat(also).hasMessage("rollback"));
        assertThat(shown).isEmpty();
    }

    private static void refused(int number, String message, ThrowingCallable call) {
        assertThatExceptionOfType(BrokerException.class)
                .isThrownBy(call)
                .withMessage(message)
                .matches(e -> e.number() == number, "number " + number);
    }
}
