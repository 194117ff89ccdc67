package org.parley.engine.reference;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.parley.engine.Denied.denied;

import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.parley.Catalog;
import org.parley.Conversation;
import org.parley.Dialog;
import org.parley.LocalConnection;
import org.parley.Message;
import org.parley.MessageTypeDefinition;
import org.parley.MessageTypeDefinition.Validation;
import org.parley.Permission;
import org.parley.Receive;
import org.parley.Securable;
import org.parley.XmlSchemaCollectionDefinition;
import org.parley.engine.ExpenseHome;
import org.parley.engine.Expenses;
import org.parley.engine.Failing;

/** VALIDATION = VALID_XML WITH SCHEMA COLLECTION; service-broker.md, sections 1.3, 5.9, 8, 10 and 18, C4 and O3. */
class Section01ValidationTest extends ExpenseDialogs {

    private static final String ORDER = "//shop/Order";
    private static final String ANSWER = "//shop/Answer";

    private static final String SCHEMA = """
            <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
              <xs:element name="order">
                <xs:complexType>
                  <xs:sequence>
                    <xs:element name="item" type="xs:string"/>
                    <xs:element name="quantity" type="xs:positiveInteger"/>
                  </xs:sequence>
                </xs:complexType>
              </xs:element>
            </xs:schema>
            """;

    private static final String SHOP = """
            CREATE XML SCHEMA COLLECTION Orders AS N'%s';
            CREATE MESSAGE TYPE [//shop/Order] VALIDATION = VALID_XML WITH SCHEMA COLLECTION dbo.Orders;
            CREATE MESSAGE TYPE [//shop/Answer] VALIDATION = NONE;
            CREATE CONTRACT [//shop/Ordering] ([//shop/Order] SENT BY ANY, [//shop/Answer] SENT BY ANY);
            CREATE QUEUE ShopQueue;
            CREATE QUEUE WarehouseQueue;
            CREATE SERVICE [//shop/Shop] ON QUEUE ShopQueue;
            """.formatted(SCHEMA);

    private static final String WAREHOUSE =
            "CREATE SERVICE [//shop/Warehouse] ON QUEUE WarehouseQueue ([//shop/Ordering]);";

    private static final String GOOD = "<order><item>bicycle</item><quantity>3</quantity></order>";
    private static final String BAD = "<order><item>bicycle</item><quantity>none</quantity></order>";

    private Catalog catalog;

    @BeforeEach
    void define() {
        catalog = client.catalog();
        catalog.define(SHOP);
    }

    private Conversation order(String body) throws Exception {
        return client.inTransaction(() -> {
            Conversation conversation = client.begin(
                    Dialog.between("//shop/Shop", "//shop/Warehouse").on("//shop/Ordering"));
            conversation.send(ORDER, body);
            return conversation;
        });
    }

    private List<Message> shop() {
        return client.receive(Receive.from("ShopQueue"));
    }

    private List<Message> warehouse() {
        return desk.receive(Receive.from("WarehouseQueue"));
    }

    @Test
    void aBodyThatTheSchemaAllowsIsDelivered() throws Exception {
        catalog.define(WAREHOUSE);
        order(GOOD);
        assertThat(texts(warehouse())).containsExactly(GOOD);
        assertThat(shop()).isEmpty();
        endAll();
    }

    @Test
    void aBodyThatTheSchemaDoesNotAllowComesBackAsAnErrorAndTheSendSucceeds() throws Exception {
        catalog.define(WAREHOUSE);
        Conversation conversation = order(BAD);
        Message error = shop().get(0);
        assertThat(error.error().code()).isEqualTo(-9615);
        assertThat(error.error().description())
                .isEqualTo("A message of type '//shop/Order' failed XML validation on the target service: line 1,"
                        + " column 53: 'none' is not a valid value for 'integer'.");
        assertThat(warehouse()).isEmpty();
        Failing.with(8429, () -> conversation.send(ORDER, GOOD));
        conversation.end();
        home.awaitNothingLeft();
    }

    @Test
    void aLaterBodyThatIsNotAllowedFailsBothSides() throws Exception {
        catalog.define(WAREHOUSE);
        Conversation conversation = order(GOOD);
        conversation.send(ORDER, BAD);
        assertThat(codes(shop())).containsExactly(-9615);
        assertThat(codes(warehouse())).containsExactly(-9616);
        endAll();
    }

    @Test
    void theTargetsMessagesAreJudgedToo() throws Exception {
        catalog.define(WAREHOUSE);
        order(GOOD);
        Message received = warehouse().get(0);
        desk.conversation(received.conversationHandle()).send(ORDER, "<order/>");
        Message error = warehouse().get(0);
        assertThat(error.error().code()).isEqualTo(-9615);
        assertThat(error.error().description()).contains("The content of element 'order' is not complete");
        assertThat(codes(shop())).containsExactly(-9616);
        endAll();
    }

    @Test
    void whatWaitsForItsServiceIsJudgedWhenTheServiceIsThere() throws Exception {
        order(BAD);
        Conversation good = order(GOOD);
        good.send(ORDER, BAD);
        assertThat(shop()).isEmpty();
        catalog.define(WAREHOUSE);
        List<Message> errors = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            errors.addAll(client.receive(Receive.from("ShopQueue").waiting(Duration.ofDays(1))));
        }
        assertThat(codes(errors)).containsExactly(-9615, -9615);
        assertThat(warehouse())
                .hasSize(2)
                .anySatisfy(each -> assertThat(each.text()).isEqualTo(GOOD));
        endAll();
    }

    @Test
    void anEmptyBodyPasses() throws Exception {
        catalog.define(WAREHOUSE);
        Conversation conversation = order(GOOD);
        conversation.send(ORDER);
        conversation.send(ORDER, new byte[0]);
        assertThat(warehouse()).hasSize(3);
        endAll();
    }

    @Test
    void everyEncodingThatStatementsAndProgramsSendIsJudged() throws Exception {
        catalog.define(WAREHOUSE);
        String body = "<order><item>\u00f6l</item><quantity>1</quantity></order>";
        Conversation conversation = order(body);
        conversation.send(ORDER, body.getBytes(UTF_16LE));
        conversation.send(ORDER, ("\uFEFF" + body).getBytes(UTF_16LE));
        conversation.send(ORDER, body.getBytes(ISO_8859_1));
        conversation.send(ORDER, body.getBytes(UTF_8));
        assertThat(warehouse()).hasSize(5);
        conversation.send(ORDER, body.replace("1", "no").getBytes(UTF_16LE));
        assertThat(codes(shop())).containsExactly(-9615);
        endAll();
    }

    @Test
    void alteringATypeDoesNotJudgeAgainWhatHasArrived() throws Exception {
        catalog.define(WAREHOUSE);
        catalog.define("ALTER MESSAGE TYPE [//shop/Answer] VALIDATION = NONE");
        Conversation conversation = order(GOOD);
        conversation.send(ANSWER, "free");
        catalog.define("ALTER MESSAGE TYPE [//shop/Answer] VALIDATION = VALID_XML WITH SCHEMA COLLECTION Orders");
        assertThat(texts(warehouse())).containsExactly(GOOD, "free");
        conversation.send(ANSWER, "free");
        assertThat(codes(shop())).containsExactly(-9615);
        endAll();
    }

    @Test
    void whatIsAddedToACollectionHoldsForTheNextMessage() throws Exception {
        catalog.define(WAREHOUSE);
        String other = "<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\" targetNamespace=\"urn:gift\">"
                + "<xs:element name=\"gift\" type=\"xs:string\"/></xs:schema>";
        Conversation conversation = order(GOOD);
        catalog.define("ALTER XML SCHEMA COLLECTION Orders ADD '" + other + "'");
        conversation.send(ORDER, "<gift xmlns='urn:gift'>book</gift>");
        assertThat(warehouse()).hasSize(2);
        assertThat(catalog.xmlSchemaCollections())
                .containsExactly(XmlSchemaCollectionDefinition.of("Orders", SCHEMA.strip(), other));
        endAll();
    }

    @Test
    void definitionsCanBeRepeatedAndComeBackAfterARestart() throws Exception {
        String script = SHOP + "ALTER XML SCHEMA COLLECTION [dbo].[Orders] ADD '<xs:schema"
                + " xmlns:xs=\"http://www.w3.org/2001/XMLSchema\" targetNamespace=\"urn:x\"/>';";
        catalog.define(script);
        catalog.define(script + WAREHOUSE);
        List<String> before = home.dump();
        catalog.define(script);
        assertThat(home.dump()).isEqualTo(before);
        List<XmlSchemaCollectionDefinition> collections = catalog.xmlSchemaCollections();
        List<MessageTypeDefinition> types = catalog.messageTypes();
        restart();
        catalog = client.catalog();
        assertThat(catalog.xmlSchemaCollections()).isEqualTo(collections);
        assertThat(catalog.messageTypes())
                .isEqualTo(types)
                .contains(new MessageTypeDefinition(ORDER, Validation.VALID_XML, "Orders"));
        order(BAD);
        assertThat(codes(shop())).containsExactly(-9615);
        endAll();
    }

    @Test
    void recordsDefineTheSame() {
        catalog.define(XmlSchemaCollectionDefinition.of("Orders", SCHEMA));
        catalog.define(new MessageTypeDefinition(ORDER, Validation.VALID_XML, "dbo.Orders"));
        Failing.with(
                6348,
                () -> catalog.define(XmlSchemaCollectionDefinition.of("Orders", SCHEMA.replace("item", "thing"))));
        Failing.with(2714, () -> catalog.define(new MessageTypeDefinition(ORDER, Validation.WELL_FORMED_XML)));
        catalog.alter(new MessageTypeDefinition(ORDER, Validation.WELL_FORMED_XML));
        catalog.dropXmlSchemaCollection("Orders");
        assertThat(catalog.xmlSchemaCollections()).isEmpty();
    }

    @Test
    void aCollectionThatATypeUsesIsNotDropped() {
        assertThat(Failing.with(6328, () -> catalog.define("DROP XML SCHEMA COLLECTION Orders")))
                .hasMessageContaining("it is used by message type '//shop/Order'.");
        catalog.define("ALTER MESSAGE TYPE [//shop/Order] VALIDATION = NONE; DROP XML SCHEMA COLLECTION dbo.Orders");
        Failing.with(15151, () -> catalog.dropXmlSchemaCollection("Orders"));
    }

    /** Its conversations still say which type their messages are of. */
    @Test
    void aTypeThatIsDroppedHoldsItsCollectionNoLonger() throws Exception {
        catalog.define(WAREHOUSE);
        Conversation conversation = order(GOOD);
        catalog.define(
                "DROP SERVICE [//shop/Warehouse]; DROP CONTRACT [//shop/Ordering]; DROP MESSAGE TYPE [//shop/Order];"
                        + " DROP XML SCHEMA COLLECTION Orders");
        restart();
        assertThat(client.catalog().xmlSchemaCollections()).isEmpty();
        assertThat(client.receive(Receive.from("ShopQueue").waiting(Duration.ofDays(1)))
                        .get(0)
                        .isError())
                .isTrue();
        client.conversation(conversation.handle()).end();
        home.awaitNothingLeft();
    }

    @Test
    void whatIsWrongWithADefinitionIsSaidAndNothingChanges() {
        List<String> before = home.dump();
        Failing.with(
                6314, () -> catalog.define("CREATE MESSAGE TYPE t VALIDATION = VALID_XML WITH SCHEMA COLLECTION No"));
        Failing.with(6314, () -> catalog.alter(new MessageTypeDefinition(ORDER, Validation.VALID_XML, "No")));
        Failing.with(102, () -> catalog.define(new MessageTypeDefinition("t", Validation.VALID_XML)));
        Failing.with(102, () -> catalog.define(new MessageTypeDefinition("t", Validation.NONE, "Orders")));
        Failing.with(6347, () -> catalog.define("ALTER XML SCHEMA COLLECTION No ADD '<a/>'"));
        assertThat(Failing.with(2378, () -> catalog.define("CREATE XML SCHEMA COLLECTION c AS '\n <a/>'")))
                .hasMessage("1:1: XML schema collection 'c': This is no valid XML schema: line 2, column 6: found the"
                        + " element 'a', expected schema in the namespace http://www.w3.org/2001/XMLSchema.");
        Failing.with(
                9336,
                () -> catalog.addXmlSchemas(
                        "Orders",
                        "<schema xmlns='http://www.w3.org/2001/XMLSchema'>"
                                + "<include schemaLocation='file:/etc/passwd'/></schema>"));
        Failing.with(2378, () -> catalog.addXmlSchemas("Orders", SCHEMA.replace("item", "thing")));
        Failing.with(1038, () -> catalog.define(XmlSchemaCollectionDefinition.of("", SCHEMA)));
        assertThat(home.dump()).isEqualTo(before);
    }

    @Test
    void aTypeNeedsReferencesOnItsCollection() throws Exception {
        catalog.define("CREATE USER anna; ALTER ROLE db_ddladmin ADD MEMBER anna; CREATE USER bert;"
                + " ALTER AUTHORIZATION ON XML SCHEMA COLLECTION::dbo.Orders TO bert;"
                + " DENY REFERENCES ON XML SCHEMA COLLECTION::Orders TO anna;"
                + " CREATE MESSAGE TYPE Hers AUTHORIZATION anna;");
        String type = " MESSAGE TYPE %s VALIDATION = VALID_XML WITH SCHEMA COLLECTION Orders";
        try (LocalConnection anna = home.parley().connect(ExpenseHome.DATABASE, "anna", null);
                LocalConnection bert = home.parley().connect(ExpenseHome.DATABASE, "bert", null)) {
            for (String statement : List.of("CREATE" + type.formatted("T"), "ALTER" + type.formatted("Hers"))) {
                denied(home, () -> anna.catalog().define(statement), "anna", Permission.REFERENCES, "Orders");
            }
            catalog.define("REVOKE REFERENCES ON XML SCHEMA COLLECTION::Orders FROM anna");
            anna.catalog().define("ALTER" + type.formatted("Hers"));
            assertThat(bert.catalog().xmlSchemaCollections()).hasSize(1);
            bert.catalog()
                    .define("ALTER XML SCHEMA COLLECTION Orders ADD '<xs:schema"
                            + " xmlns:xs=\"http://www.w3.org/2001/XMLSchema\" targetNamespace=\"urn:x\"/>'");
            catalog.alterAuthorization(Securable.xmlSchemaCollection("Orders"), "dbo");
            denied(home, () -> bert.catalog().dropXmlSchemaCollection("Orders"), "bert", Permission.ALTER, "Orders");
            assertThat(bert.catalog().xmlSchemaCollections()).isEmpty();
        }
        restart();
        assertThat(client.catalog().owners()).containsEntry(Securable.messageType("Hers"), "anna");
    }

    @Test
    void theCreatorOwnsACollection() {
        catalog.define("CREATE USER anna; ALTER ROLE db_ddladmin ADD MEMBER anna;");
        try (LocalConnection anna = home.parley().connect(ExpenseHome.DATABASE, "anna", null)) {
            anna.catalog().define("CREATE XML SCHEMA COLLECTION Hers AS '" + SCHEMA + "'");
        }
        assertThat(catalog.owners()).isEqualTo(Map.of(Securable.xmlSchemaCollection("Hers"), "anna"));
        Failing.with(
                2714, () -> catalog.define("CREATE XML SCHEMA COLLECTION Hers AUTHORIZATION dbo AS '" + SCHEMA + "'"));
    }

    @Test
    void viewsShowWhichTypeIsJudgedByWhat() throws Exception {
        home.clock().advance(Duration.ofHours(1));
        catalog.addXmlSchemas("Orders", "<schema xmlns='http://www.w3.org/2001/XMLSchema' targetNamespace='urn:x'/>");
        assertThat(rows("SELECT C.NAME, C.SCHEMA_ID, C.PRINCIPAL_ID, {fn TIMESTAMPDIFF(SQL_TSI_HOUR, CREATE_DATE,"
                        + " MODIFY_DATE)}, M.NAME, M.VALIDATION, M.VALIDATION_DESC"
                        + " FROM PARLEY.XML_SCHEMA_COLLECTIONS C JOIN PARLEY.MESSAGE_TYPE_XML_SCHEMA_COLLECTION_USAGES U"
                        + " ON U.XML_COLLECTION_ID = C.XML_COLLECTION_ID JOIN PARLEY.SERVICE_MESSAGE_TYPES M"
                        + " ON M.MESSAGE_TYPE_ID = U.MESSAGE_TYPE_ID AND M.XML_COLLECTION_ID = C.XML_COLLECTION_ID"))
                .containsExactly("Orders|1|null|1|//shop/Order|X|XML");
        assertThat(rows("SELECT XML_COLLECTION_ID FROM PARLEY.SERVICE_MESSAGE_TYPES WHERE NAME = '" + Expenses.SUBMIT
                        + "'"))
                .containsExactly("null");
    }

    private List<String> rows(String query) throws Exception {
        List<String> rows = new ArrayList<>();
        try (Statement statement = client.sql().createStatement();
                ResultSet at = statement.executeQuery(query)) {
            while (at.next()) {
                List<String> values = new ArrayList<>();
                for (int i = 1; i <= at.getMetaData().getColumnCount(); i++) {
                    values.add(String.valueOf(at.getString(i)).strip());
                }
                rows.add(String.join("|", values));
            }
        }
        return rows;
    }
}
