package org.parley.engine.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.parley.Conversation;
import org.parley.DatabaseOptions;
import org.parley.Dialog;
import org.parley.LocalConnection;
import org.parley.Message;
import org.parley.MessageTypeDefinition;
import org.parley.MessageTypeDefinition.Validation;
import org.parley.Receive;
import org.parley.RouteDefinition;
import org.parley.engine.Expenses;
import org.parley.engine.Failing;

/**
 * The object model; service-broker.md, section 1. What a definition may say and which number refuses it is in
 * {@link org.parley.engine.catalog.DatabaseCatalogTest}, {@link org.parley.engine.catalog.OptionsTest} and
 * {@link org.parley.engine.catalog.DefineTest}; here is what definitions do.
 */
class Section01ObjectModelTest extends ExpenseDialogs {

    /** Section 1.1. */
    @Test
    void everyDatabaseIsABrokerWithAGuidOfItsOwnThatStays() {
        LocalConnection other = home.parley().connect("Other");
        assertThat(other.brokerInstance()).isNotNull().isNotEqualTo(client.brokerInstance());
        UUID guid = client.brokerInstance();
        restart();
        assertThat(client.brokerInstance()).isEqualTo(guid);
    }

    @Test
    void aNewDatabaseDeliversIsNotTrustedAndHasOneRoute() {
        LocalConnection other = home.parley().connect("Other");
        assertThat(other.catalog().options()).isEqualTo(DatabaseOptions.DEFAULT);
        assertThat(other.catalog().options().brokerEnabled()).isTrue();
        assertThat(other.catalog().options().trustworthy()).isFalse();
        assertThat(other.catalog().routes()).containsExactly(new RouteDefinition("AutoCreatedLocal", null, "LOCAL"));
    }

    @Test
    void everyDatabaseHasNamesOfItsOwn() {
        LocalConnection other = home.parley().connect("Other");
        other.catalog().define(new MessageTypeDefinition(Expenses.SUBMIT, Validation.EMPTY));
        assertThat(client.catalog().messageTypes())
                .contains(new MessageTypeDefinition(Expenses.SUBMIT, Validation.WELL_FORMED_XML));
        assertThat(other.catalog().services()).isEmpty();
    }

    /** Section 1.2. */
    @Test
    void namesThatDifferInLetterCaseAreTwo() throws Exception {
        client.catalog().define("""
                CREATE MESSAGE TYPE [type]; CREATE MESSAGE TYPE [TYPE] VALIDATION = EMPTY;
                CREATE CONTRACT [on] ([type] SENT BY ANY); CREATE CONTRACT [ON] ([TYPE] SENT BY ANY);
                CREATE QUEUE Apart;
                CREATE SERVICE [there] ON QUEUE Apart ([on]); CREATE SERVICE [There] ON QUEUE Apart ([ON]);""");
        client.begin(Dialog.between(Expenses.CLIENT, "there").on("on")).send("type", "body");
        client.begin(Dialog.between(Expenses.CLIENT, "There").on("ON")).send("TYPE");
        assertThat(desk.receive(Receive.from("Apart")))
                .singleElement()
                .extracting(Message::serviceName, Message::contractName, Message::messageType)
                .containsExactly("there", "on", "type");
        assertThat(desk.receive(Receive.from("Apart")))
                .singleElement()
                .extracting(Message::serviceName, Message::contractName, Message::messageType)
                .containsExactly("There", "ON", "TYPE");
    }

    @Test
    void aHashIsALetterOfAPermanentName() {
        client.catalog().define("CREATE QUEUE Hashed; CREATE SERVICE [#service] ON QUEUE Hashed ([DEFAULT]);");
        restart();
        client.begin(Dialog.between(Expenses.CLIENT, "#service")).send("DEFAULT", "x");
        assertThat(desk.receive(Receive.from("Hashed"))).hasSize(1);
    }

    @Test
    void bodiesTravelAsBytes() throws Exception {
        byte[] body = new byte[1000];
        new Random(5).nextBytes(body);
        submitted("<a/>").send(Expenses.NOTE, body);
        assertThat(desk.receive(THERE).get(1).body()).isEqualTo(body);
    }

    /** Section 1.3. */
    @Test
    void xmlIsJudgedByItsBytesInEachEncodingThatServersSend() throws Exception {
        String xml = "<a>\u00e4\u20ac</a>";
        List<byte[]> bodies = List.of(
                xml.getBytes(StandardCharsets.UTF_8),
                xml.getBytes(StandardCharsets.UTF_16LE),
                ("\uFEFF" + xml).getBytes(StandardCharsets.UTF_16LE),
                ("\uFEFF" + xml).getBytes(StandardCharsets.UTF_16BE),
                "<?xml version='1.0' encoding='ISO-8859-1'?><a>\u00e4</a>".getBytes(StandardCharsets.ISO_8859_1));
        Conversation open = submitted("<a/>");
        for (byte[] body : bodies) {
            open.send(Expenses.SUBMIT, body);
        }
        assertThat(desk.receive(THERE))
                .extracting(Message::isError)
                .containsOnly(false)
                .hasSize(6);
    }

    @Test
    void aBodyOfLengthZeroIsNoBodyAndPassesAsXml() throws Exception {
        Conversation open = submitted("<a/>");
        open.send(Expenses.SUBMIT, new byte[0]);
        open.send(Expenses.SUBMIT);
        assertThat(desk.receive(THERE).subList(1, 3)).extracting(Message::body).containsOnlyNulls();
        assertThat(client.receive(HERE)).isEmpty();
    }

    @Test
    void anotherValidationJudgesWhatArrivesLaterOnly() throws Exception {
        client.catalog().define(new MessageTypeDefinition("//later", Validation.NONE));
        client.catalog().define("""
                CREATE CONTRACT [//changing] ([//later] SENT BY ANY);
                CREATE QUEUE Changing; CREATE SERVICE [//changing] ON QUEUE Changing ([//changing]);""");
        Conversation open =
                client.begin(Dialog.between(Expenses.CLIENT, "//changing").on("//changing"));
        open.send("//later", "no xml");
        client.catalog().alter(new MessageTypeDefinition("//later", Validation.EMPTY));
        assertThat(texts(desk.receive(Receive.from("Changing")))).containsExactly("no xml");
        open.send("//later", "no longer allowed");
        assertThat(codes(client.receive(HERE))).containsExactly(-8430);
    }

    /** Section 1.4. */
    @Test
    void aContractGovernsNeitherOrderNorNumber() throws Exception {
        Conversation open = submitted("<a/>");
        Conversation far = far(open);
        for (int i = 0; i < 3; i++) {
            far.send(Expenses.ANSWER);
            far.send(Expenses.NOTE, "unasked " + i);
        }
        open.send(Expenses.SUBMIT, "<again/>");
        assertThat(client.receive(HERE)).hasSize(6);
        assertThat(desk.receive(THERE)).hasSize(2);
    }

    @Test
    void systemMessagesAreReceivedOnEveryContractAndSentOnNone() throws Exception {
        Conversation open = submitted("<a/>");
        Failing.with(8431, () -> open.send("http://schemas.microsoft.com/SQL/ServiceBroker/DialogTimer"));
        far(open).endWithError(4, "four");
        assertThat(codes(client.receive(HERE))).containsExactly(4);
    }

    /** Section 1.5. */
    @Test
    void servicesMayShareAQueue() throws Exception {
        client.catalog().define("CREATE SERVICE [//second] ON QUEUE ExpenseQueue ([" + Expenses.CONTRACT + "]);");
        submitted("<a/>");
        client.begin(Dialog.between(Expenses.CLIENT, "//second").on(Expenses.CONTRACT))
                .send(Expenses.SUBMIT, "<b/>");
        assertThat(desk.receive(THERE)).extracting(Message::serviceName).containsExactly(Expenses.DESK);
        assertThat(desk.receive(THERE)).extracting(Message::serviceName).containsExactly("//second");
    }

    @Test
    void aQueueIsSelectedWithTheDocumentedColumnsInTheirOrder() throws Exception {
        submitted("<a/>");
        try (Statement statement = client.sql().createStatement();
                ResultSet at = statement.executeQuery("SELECT * FROM ExpenseQueue")) {
            List<String> columns = new ArrayList<>();
            for (int i = 1; i <= at.getMetaData().getColumnCount(); i++) {
                columns.add(at.getMetaData().getColumnName(i).toLowerCase());
            }
            assertThat(columns)
                    .startsWith(
                            "status",
                            "priority",
                            "queuing_order",
                            "conversation_group_id",
                            "conversation_handle",
                            "message_sequence_number",
                            "service_name",
                            "service_id",
                            "service_contract_name",
                            "service_contract_id",
                            "message_type_name",
                            "message_type_id",
                            "validation",
                            "message_body",
                            "message_enqueue_time");
            assertThat(at.next()).isTrue();
            assertThat(at.getLong("message_sequence_number")).isZero();
        }
        assertThatThrownBy(() -> client.sql().createStatement().executeUpdate("DELETE FROM ExpenseQueue"))
                .isInstanceOf(SQLException.class);
        assertThat(desk.receive(THERE)).hasSize(1);
    }

    /** Section 1.6. */
    @Test
    void aServiceWithoutContractsOnlyInitiates() throws Exception {
        Conversation open =
                client.begin(Dialog.between(Expenses.DESK, Expenses.CLIENT).on(Expenses.CONTRACT));
        open.send(Expenses.SUBMIT, "<a/>");
        assertThat(codes(desk.receive(THERE))).containsExactly(-8408);
    }

    @Test
    void asInitiatorAServiceMayUseAnyContractOfItsDatabase() {
        client.catalog().define("CREATE QUEUE Wide; CREATE SERVICE [//wide] ON QUEUE Wide ([DEFAULT]);");
        client.begin(Dialog.between(Expenses.DESK, "//wide")).send("DEFAULT", "x");
        assertThat(desk.receive(Receive.from("Wide")))
                .extracting(Message::contractName)
                .containsExactly("DEFAULT");
    }

    @Test
    void aContractThatAServiceDropsTakesNoNewDialogs() throws Exception {
        Conversation before = submitted("<a/>");
        client.catalog()
                .define("CREATE CONTRACT [//instead] ([" + Expenses.NOTE + "] SENT BY ANY);"
                        + "ALTER SERVICE [" + Expenses.DESK + "] (ADD CONTRACT [//instead], DROP CONTRACT ["
                        + Expenses.CONTRACT + "]);");
        Conversation after = submitted("<b/>");
        Message refused = client.receive(HERE).get(0);
        assertThat(refused.conversationHandle()).isEqualTo(after.handle());
        assertThat(refused.error().code()).isEqualTo(-8408);
        before.send(Expenses.NOTE, "goes on");
        assertThat(texts(desk.receive(THERE))).containsExactly("<a/>", "goes on");
        client.begin(Dialog.between(Expenses.CLIENT, Expenses.DESK).on("//instead"))
                .send(Expenses.NOTE, "new");
        assertThat(texts(desk.receive(THERE))).containsExactly("new");
    }

    /** Section 1.11. */
    @Test
    void theContractDefaultMustBeListedByItsTarget() {
        client.begin(Dialog.between(Expenses.CLIENT, Expenses.DESK)).send("DEFAULT", "x");
        assertThat(codes(client.receive(HERE))).containsExactly(-8408);
        client.catalog().define("CREATE SERVICE [//open] ON QUEUE ExpenseQueue ([DEFAULT]);");
        Conversation open = client.begin(Dialog.between(Expenses.CLIENT, "//open"));
        open.send("DEFAULT", "x");
        far(open).send("DEFAULT", "sent by any");
        assertThat(texts(client.receive(HERE))).containsExactly("sent by any");
    }

    @Test
    void systemTypesHaveTheirFixedIds() throws Exception {
        try (Statement statement = client.sql().createStatement();
                ResultSet at = statement.executeQuery("SELECT MESSAGE_TYPE_ID, NAME, VALIDATION"
                        + " FROM PARLEY.SERVICE_MESSAGE_TYPES WHERE MESSAGE_TYPE_ID IN (1, 2, 5, 14)"
                        + " ORDER BY MESSAGE_TYPE_ID")) {
            List<String> rows = new ArrayList<>();
            while (at.next()) {
                rows.add(at.getInt(1) + " " + at.getString(2) + " "
                        + at.getString(3).strip());
            }
            assertThat(rows)
                    .containsExactly(
                            "1 http://schemas.microsoft.com/SQL/ServiceBroker/Error X",
                            "2 http://schemas.microsoft.com/SQL/ServiceBroker/EndDialog E",
                            "5 http://schemas.microsoft.com/SQL/ServiceBroker/DialogTimer E",
                            "14 DEFAULT N");
        }
    }
}
