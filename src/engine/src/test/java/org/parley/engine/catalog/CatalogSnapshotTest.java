package org.parley.engine.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.parley.ContractDefinition.SentBy;
import org.parley.MessageTypeDefinition.Validation;
import org.parley.QueueDefinition;
import org.parley.SystemMessageTypes;
import org.parley.engine.store.CatalogRows;
import org.parley.engine.store.CatalogRows.ContractRow;
import org.parley.engine.store.CatalogRows.MessageTypeRow;
import org.parley.engine.store.CatalogRows.QueueRow;
import org.parley.engine.store.CatalogRows.ServiceRow;

class CatalogSnapshotTest {

    private final CatalogSnapshot snapshot = CatalogSnapshot.of(new CatalogRows(List.of(
            new MessageTypeRow(65536, "Ask", Validation.NONE),
            new MessageTypeRow(65537, "Say", Validation.NONE),
            new ContractRow(65538, "Talk", Map.of(65536, SentBy.INITIATOR, 65537, SentBy.TARGET)),
            new QueueRow(65539, new QueueDefinition("Desk", false), 0, Instant.EPOCH, Instant.EPOCH),
            new ServiceRow(65540, "A", 65539, Set.of(65538)),
            new ServiceRow(65541, "B", 65539, Set.of()))));

    @Test
    void systemTypesHaveTheirFixedIds() {
        assertThat(snapshot.messageTypes().stream().filter(type -> type.id() < CatalogRows.FIRST_USER_ID))
                .hasSize(14);
        assertThat(snapshot.messageType(SystemMessageTypes.ERROR))
                .contains(new MessageType(1, SystemMessageTypes.ERROR, Validation.WELL_FORMED_XML));
        assertThat(snapshot.messageType(SystemMessageTypes.END_DIALOG))
                .contains(new MessageType(2, SystemMessageTypes.END_DIALOG, Validation.EMPTY));
        assertThat(snapshot.messageType(SystemMessageTypes.DIALOG_TIMER))
                .contains(new MessageType(5, SystemMessageTypes.DIALOG_TIMER, Validation.EMPTY));
        assertThat(snapshot.messageType("DEFAULT")).contains(new MessageType(14, "DEFAULT", Validation.NONE));
        assertThat(snapshot.messageType(13).name())
                .isEqualTo("http://schemas.microsoft.com/SQL/ServiceBroker/ServiceDiagnostic/Description");
        assertThat(snapshot.contract("DEFAULT").orElseThrow().maySend(14, false))
                .isTrue();
    }

    @Test
    void httpsMeansTheSameSystemName() {
        assertThat(snapshot.messageType("https://schemas.microsoft.com/SQL/ServiceBroker/EndDialog"))
                .contains(snapshot.messageType(MessageType.END_DIALOG));
        assertThat(snapshot.contract("https://schemas.microsoft.com/SQL/Notifications/PostEventNotification"))
                .isPresent();
    }

    @Test
    void namesAreComparedByteByByte() {
        assertThat(snapshot.messageType("Ask")).map(MessageType::id).contains(65536);
        assertThat(snapshot.messageType("ask")).isEmpty();
        assertThat(snapshot.service("A ")).isEmpty();
        assertThat(snapshot.contract(null)).isEmpty();
        assertThat(snapshot.messageType(null)).isEmpty();
        assertThat(snapshot.service(null)).isEmpty();
        assertThat(snapshot.queue(null)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "Q,                       Q",
        "dbo.Q,                   Q",
        "DBO.Q,                   Q",
        "[dbo].Q,                 Q",
        "[dbo].[Q],               Q",
        "dbo.[a]]b],              a]b",
        "[dbo].[dbo.Q],           Q",
        "[Q],                     [Q]",
        "other.Q,                 other.Q",
        "dbo,                     dbo",
        "dbo.[],                  []"
    })
    void queueNamesLoseTheirSchema(String written, String name) {
        assertThat(Queue.nameOf(written)).isEqualTo(name);
        assertThat(Queue.nameOf(name)).isEqualTo(name);
    }

    @Test
    void idsAreResolvedToWhatTheyStandFor() {
        assertThat(snapshot.queue("dbo.Desk")).contains(snapshot.queue(65539));
        assertThat(snapshot.queue(65539).on()).isFalse();
        assertThat(snapshot.servicesOf(65539)).extracting(Service::name).containsExactly("A", "B");
        assertThat(snapshot.servicesOf(7)).isEmpty();
        assertThat(snapshot.service(65540).accepts(65538)).isTrue();
        assertThat(snapshot.service(65541).accepts(65538)).isFalse();
        assertThatIllegalStateException().isThrownBy(() -> snapshot.service(7)).withMessage("No service has the id 7");
    }

    @Test
    void contractsTellWhoMaySendWhat() {
        Contract talk = snapshot.contract(65538);
        assertThat(talk.maySend(65536, true)).isTrue();
        assertThat(talk.maySend(65536, false)).isFalse();
        assertThat(talk.maySend(65537, true)).isFalse();
        assertThat(talk.maySend(65537, false)).isTrue();
        assertThat(talk.maySend(14, true)).isFalse();
        assertThat(talk.has(65537)).isTrue();
        assertThat(talk.has(MessageType.ERROR)).isFalse();
    }
}
