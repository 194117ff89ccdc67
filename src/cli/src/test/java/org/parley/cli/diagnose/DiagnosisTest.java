package org.parley.cli.diagnose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.parley.Conversation;
import org.parley.Dialog;
import org.parley.LocalConnection;
import org.parley.Message;
import org.parley.Receive;
import org.parley.testkit.BrokerExtension;
import org.parley.testkit.Eventually;

/** Breaks one thing of a dialog that works, asks what is missing, runs the statement, and sees the message arrive. */
class DiagnosisTest {

    private static final Plan PLAN = new Plan("//shop/Shop", "//shop/Warehouse", "//shop/Ordering", true, "dbo");

    private static final String TYPES = """
            CREATE MESSAGE TYPE [//shop/Order] VALIDATION = WELL_FORMED_XML;
            CREATE MESSAGE TYPE [//shop/Shipped] VALIDATION = EMPTY;
            CREATE CONTRACT [//shop/Ordering] ([//shop/Order] SENT BY INITIATOR, [//shop/Shipped] SENT BY TARGET);
            """;

    private static final String KEY = "CREATE MASTER KEY ENCRYPTION BY PASSWORD = N'long and secret';";

    private static final Map<String, String> WHOLE = Map.of(
            "shop", TYPES + KEY + """
                    ALTER DATABASE CURRENT SET TRUSTWORTHY ON;
                    CREATE QUEUE ShopQueue;
                    CREATE SERVICE [//shop/Shop] ON QUEUE ShopQueue;
                    """,
            "stock", TYPES + KEY + """
                    CREATE QUEUE WarehouseQueue;
                    CREATE SERVICE [//shop/Warehouse] ON QUEUE WarehouseQueue ([//shop/Ordering]);
                    """);

    @RegisterExtension
    final BrokerExtension broker = new BrokerExtension();

    private LocalConnection shop;
    private LocalConnection stock;

    @BeforeEach
    void define() {
        shop = broker.connect("shop");
        shop.catalog().define(WHOLE.get("shop"));
        stock = broker.connect("stock");
        stock.catalog().define(WHOLE.get("stock"));
    }

    private List<Finding> diagnosed(Plan plan) {
        Definitions from = Definitions.of(shop);
        Definitions to = Definitions.of(stock);
        return new Diagnosis(plan, from, to, List.of(from, to), broker.clock().instant()).findings();
    }

    private List<Finding> missing(Plan plan) {
        return diagnosed(plan).stream().filter(Finding::missing).toList();
    }

    private LocalConnection in(String database) {
        return database.equals("shop") ? shop : stock;
    }

    private void mend(List<Finding> findings) {
        findings.forEach(each -> in(each.database()).catalog().define(each.statement()));
    }

    /** The number that a message waits or fails with; 0 when it arrives. */
    private int outcome() {
        Conversation conversation =
                shop.begin(Dialog.between(PLAN.from(), PLAN.to()).on(PLAN.contract()));
        UUID handle = conversation.handle();
        String body = "<order>" + handle + "</order>";
        conversation.send("//shop/Order", body);
        return Eventually.eventually()
                .becomes("arrival, status or Error of " + handle, () -> seen(handle, body), seen -> seen >= 0);
    }

    private int seen(UUID handle, String body) {
        if (stock.receive(Receive.from("WarehouseQueue")).stream().anyMatch(each -> body.equals(each.text()))) {
            return 0;
        }
        for (Message message : shop.receive(Receive.from("ShopQueue").ofConversation(handle))) {
            return -message.error().code();
        }
        String status = shop.transmissionStatus(handle);
        // 9784: the Error has arrived since the queue was read
        return status.isEmpty() || status.startsWith("9784")
                ? -1
                : Integer.parseInt(status.replaceFirst("(?s)\\D.*", ""));
    }

    @Test
    void nothingIsMissingInADialogThatWorks() {
        assertThat(missing(PLAN)).isEmpty();
        assertThat(outcome()).isZero();
        assertThat(diagnosed(PLAN))
                .extracting(Finding::text)
                .anyMatch(text -> text.contains("No procedure is activated for queue 'WarehouseQueue'"))
                .anyMatch(text -> text.contains("Priority 5"));
    }

    static Stream<Arguments> whatBreaks() {
        return Stream.of(
                arguments(916, "shop", "ALTER DATABASE CURRENT SET TRUSTWORTHY OFF"),
                arguments(28050, "shop", "DROP MASTER KEY"),
                arguments(28054, "stock", "DROP MASTER KEY"),
                arguments(9791, "shop", "ALTER DATABASE CURRENT SET DISABLE_BROKER"),
                arguments(28013, "stock", "ALTER DATABASE CURRENT SET DISABLE_BROKER"),
                arguments(8408, "stock", "ALTER SERVICE [//shop/Warehouse] (DROP CONTRACT [//shop/Ordering])"),
                arguments(9796, "stock", "DROP SERVICE [//shop/Warehouse]"),
                arguments(9750, "shop", "DROP ROUTE AutoCreatedLocal"),
                arguments(
                        9748,
                        "shop",
                        "CREATE ROUTE Far WITH SERVICE_NAME = '//shop/Warehouse', ADDRESS = 'TCP://far.example:4022'"),
                arguments(
                        9795,
                        "shop",
                        "CREATE ROUTE Lost WITH SERVICE_NAME = '//shop/Warehouse', BROKER_INSTANCE ="
                                + " '4b1c7ae0-1f0a-4d2e-9c5a-000000000001', ADDRESS = 'LOCAL'"),
                arguments(
                        8494,
                        "shop",
                        "CREATE USER keeper WITHOUT LOGIN; ALTER AUTHORIZATION ON SERVICE::[//shop/Shop] TO keeper"));
    }

    @ParameterizedTest
    @MethodSource("whatBreaks")
    void tellsWhatIsMissingAndMendsIt(int number, String database, String breaking) {
        in(database).catalog().define(breaking);
        if (number == 8494) {
            stock.catalog().createUser("keeper");
        }

        List<Finding> missing = missing(PLAN);

        assertThat(missing).extracting(Finding::number).containsExactly(number);
        assertThat(outcome()).isEqualTo(number);
        mend(missing);
        assertThat(missing(PLAN)).isEmpty();
        assertThat(outcome()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // the target's side lacks the contract with its types
                "ALTER SERVICE [//shop/Warehouse] (DROP CONTRACT [//shop/Ordering]); DROP CONTRACT [//shop/Ordering];"
                        + " DROP MESSAGE TYPE [//shop/Order]; DROP MESSAGE TYPE [//shop/Shipped]",
                // it has another one of that name, which a priority keeps
                "ALTER SERVICE [//shop/Warehouse] (DROP CONTRACT [//shop/Ordering]); DROP CONTRACT [//shop/Ordering];"
                        + " CREATE CONTRACT [//shop/Ordering] ([DEFAULT] SENT BY ANY);"
                        + " ALTER SERVICE [//shop/Warehouse] (ADD CONTRACT [//shop/Ordering]);"
                        + " CREATE BROKER PRIORITY [first] FOR CONVERSATION SET (CONTRACT_NAME = [//shop/Ordering],"
                        + " PRIORITY_LEVEL = 9)",
                // it refuses bodies that are sent
                "ALTER MESSAGE TYPE [//shop/Order] VALIDATION = EMPTY"
            })
    void mendsWhatTheOtherSideDefinesOtherwise(String breaking) {
        stock.catalog().define(breaking);
        assertThat(outcome()).isPositive();

        mend(missing(PLAN));

        assertThat(diagnosed(PLAN)).noneMatch(Finding::missing);
        assertThat(outcome()).isZero();
    }

    @Test
    void schemasComeAlongWithTheTypesThatNeedThem() {
        String schema = "<xsd:schema xmlns:xsd=\"http://www.w3.org/2001/XMLSchema\"><xsd:element name=\"order\""
                + " type=\"xsd:string\"/></xsd:schema>";
        shop.catalog()
                .define("CREATE XML SCHEMA COLLECTION Orders AS N'" + schema
                        + "'; ALTER MESSAGE TYPE [//shop/Order] VALIDATION = VALID_XML WITH SCHEMA COLLECTION Orders");

        List<Finding> missing = missing(PLAN);

        assertThat(missing).extracting(Finding::number).containsExactly(9615);
        mend(missing);
        assertThat(missing(PLAN)).isEmpty();
        assertThat(outcome()).isZero();
    }

    @Test
    void aQueueThatIsOffHoldsMessagesBack() {
        stock.catalog().define("ALTER QUEUE WarehouseQueue WITH STATUS = OFF");
        shop.catalog().define("ALTER QUEUE ShopQueue WITH STATUS = OFF");

        List<Finding> missing = missing(PLAN);

        assertThat(missing)
                .extracting(Finding::number, Finding::database)
                .containsExactly(tuple(9617, "shop"), tuple(9617, "stock"));
        mend(missing);
        assertThat(missing(PLAN)).isEmpty();
        assertThat(outcome()).isZero();
    }

    @Test
    void aDialogCanBePlannedWhereNothingIsDefinedYet() {
        shop.catalog().define("DROP SERVICE [//shop/Shop]; DROP QUEUE ShopQueue; DROP CONTRACT [//shop/Ordering]");
        stock.catalog()
                .define("DROP SERVICE [//shop/Warehouse]; DROP QUEUE WarehouseQueue; DROP CONTRACT [//shop/Ordering]");

        List<Finding> missing = missing(PLAN);

        assertThat(missing).extracting(Finding::number).containsExactly(8425, 8425, 8423, 9796);
        mend(missing);
        assertThat(missing(PLAN)).isEmpty();
        Conversation conversation =
                shop.begin(Dialog.between(PLAN.from(), PLAN.to()).on(PLAN.contract()));
        conversation.send("DEFAULT", "hello");
        Eventually.eventually()
                .holds(
                        "arrival",
                        () -> !stock.receive(Receive.from("WarehouseQueue")).isEmpty());
    }

    @Test
    void withoutEncryptionNoKeysAreNeeded() {
        shop.catalog().define("DROP MASTER KEY");

        assertThat(missing(new Plan(PLAN.from(), PLAN.to(), PLAN.contract(), false, "dbo")))
                .isEmpty();
    }

    @Test
    void aRouteThatHasExpiredIsNamed() {
        shop.catalog()
                .define("DROP ROUTE AutoCreatedLocal; CREATE ROUTE Once WITH SERVICE_NAME = '//shop/Warehouse',"
                        + " LIFETIME = 60, ADDRESS = 'LOCAL'");
        assertThat(diagnosed(PLAN))
                .extracting(Finding::text)
                .anyMatch(text -> text.contains("'Once', which is used, expires"));
        broker.clock().advance(Duration.ofMinutes(2));

        List<Finding> missing = missing(PLAN);

        assertThat(missing).extracting(Finding::number).containsExactly(9750);
        assertThat(missing.get(0).text()).contains("route 'Once' has expired");
        mend(missing);
        assertThat(missing(PLAN)).isEmpty();
        assertThat(outcome()).isZero();
    }

    @Test
    void aServiceOfTheSameNameNearerByTakesTheDialog() {
        shop.catalog().define("CREATE SERVICE [//shop/Warehouse] ON QUEUE ShopQueue ([//shop/Ordering])");

        List<Finding> missing = missing(PLAN);

        assertThat(missing).extracting(Finding::number).containsExactly(9795);
        mend(missing);
        assertThat(missing(PLAN)).isEmpty();
        assertThat(outcome()).isZero();
    }

    @Test
    void aSenderWithoutPermissionsIsGivenThem() {
        shop.catalog()
                .define("CREATE USER clerk WITHOUT LOGIN; GRANT RECEIVE ON ShopQueue TO clerk;"
                        + " DENY RECEIVE ON ShopQueue TO public");
        Plan plan = new Plan(PLAN.from(), PLAN.to(), PLAN.contract(), true, "clerk");

        List<Finding> missing = missing(plan);

        assertThat(missing).extracting(Finding::number).containsExactly(229, 229);
        mend(missing);
        assertThat(missing(plan)).isEmpty();
        try (LocalConnection clerk = broker.parley().connect("shop", "clerk", null)) {
            clerk.begin(Dialog.between(PLAN.from(), PLAN.to()).on(PLAN.contract()))
                    .send("//shop/Order", "<o/>");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "9614 | STATUS = ON, PROCEDURE_NAME = Nobody, MAX_QUEUE_READERS = 1, EXECUTE AS OWNER",
                "9648 | STATUS = ON, PROCEDURE_NAME = Reads, MAX_QUEUE_READERS = 0, EXECUTE AS OWNER",
                "9613 229 229 | STATUS = ON, PROCEDURE_NAME = dbo.Reads, MAX_QUEUE_READERS = 1, EXECUTE AS 'gone'",
                "229 229 | STATUS = ON, PROCEDURE_NAME = Reads, MAX_QUEUE_READERS = 1, EXECUTE AS 'clerk'",
            })
    void aProcedureThatCanNotReadIsTold(String numbers, String activation) {
        stock.execute("CREATE USER clerk WITHOUT LOGIN;\nGO\nCREATE PROCEDURE Reads AS RECEIVE * FROM WarehouseQueue;\n"
                + "GO\nALTER QUEUE WarehouseQueue WITH ACTIVATION (" + activation + ")");

        List<Finding> missing = missing(PLAN);

        assertThat(missing).extracting(each -> String.valueOf(each.number())).containsExactly(numbers.split(" "));
        missing.forEach(each -> stock.execute(each.statement()));
        assertThat(missing(PLAN)).isEmpty();
    }

    @Test
    void theLevelOfEachSideIsTold() {
        shop.catalog()
                .define(
                        "CREATE BROKER PRIORITY Low FOR CONVERSATION SET (PRIORITY_LEVEL = 2);"
                                + " CREATE BROKER PRIORITY High FOR CONVERSATION SET (CONTRACT_NAME = [//shop/Ordering], PRIORITY_LEVEL = 9)");
        stock.catalog()
                .define("CREATE BROKER PRIORITY Far FOR CONVERSATION SET (REMOTE_SERVICE_NAME = '//shop/Shop',"
                        + " PRIORITY_LEVEL = 3)");

        assertThat(diagnosed(PLAN))
                .extracting(Finding::text)
                .anyMatch(text -> text.contains("Priority 9") && text.contains("3 at the target's"))
                .anyMatch(text -> text.contains("HONOR_BROKER_PRIORITY is off"));
        assertThat(outcome()).isZero();
        assertThat(priority(shop)).isEqualTo(9);
        assertThat(priority(stock)).isEqualTo(3);
    }

    private static int priority(LocalConnection connection) {
        return connection.endpoints().get(0).priority();
    }
}
