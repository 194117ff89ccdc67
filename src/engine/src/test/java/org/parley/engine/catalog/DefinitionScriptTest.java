package org.parley.engine.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.parley.ActivationDefinition;
import org.parley.BrokerException;
import org.parley.ContractDefinition.SentBy;
import org.parley.MessageTypeDefinition;
import org.parley.MessageTypeDefinition.Validation;
import org.parley.QueueDefinition.PoisonAction;
import org.parley.XmlSchemaCollectionDefinition;
import org.parley.engine.catalog.DefinitionScript.Placed;
import org.parley.engine.catalog.DefinitionStatement.AddXmlSchemas;
import org.parley.engine.catalog.DefinitionStatement.AlterQueue;
import org.parley.engine.catalog.DefinitionStatement.CreateContract;
import org.parley.engine.catalog.DefinitionStatement.CreateMessageType;
import org.parley.engine.catalog.DefinitionStatement.CreateQueue;
import org.parley.engine.catalog.DefinitionStatement.CreateService;
import org.parley.engine.catalog.DefinitionStatement.CreateXmlSchemaCollection;
import org.parley.engine.catalog.DefinitionStatement.Drop;
import org.parley.engine.catalog.DefinitionStatement.Dropped;
import org.parley.engine.catalog.QueueOption.Status;

class DefinitionScriptTest {

    private static final String OBJECTS =
            "XML SCHEMA COLLECTION, MESSAGE TYPE, CONTRACT, QUEUE, SERVICE, ROUTE, REMOTE SERVICE BINDING, BROKER PRIORITY, MASTER KEY or EVENT"
                    + " NOTIFICATION";
    private static final String OPTIONS = "STATUS, RETENTION, ACTIVATION, POISON_MESSAGE_HANDLING or REDELIVERY_DELAY";

    static Stream<Arguments> right() {
        return Stream.of(
                arguments("", List.of()),
                arguments(" ;;\nGO\n\tgo -- again\n; ", List.of()),
                arguments(
                        "CREATE MESSAGE TYPE a",
                        List.of(new CreateMessageType(new MessageTypeDefinition("a", Validation.NONE)))),
                arguments(
                        "create message type [//x/a ]] b] validation=well_formed_xml;",
                        List.of(new CreateMessageType(
                                new MessageTypeDefinition("//x/a ] b", Validation.WELL_FORMED_XML)))),
                arguments(
                        "CREATE MESSAGE TYPE \"a \"\"b\"\"\" VALIDATION = EMPTY",
                        List.of(new CreateMessageType(new MessageTypeDefinition("a \"b\"", Validation.EMPTY)))),
                arguments(
                        "CREATE MESSAGE TYPE #a$1@_ VALIDATION = NONE",
                        List.of(new CreateMessageType(new MessageTypeDefinition("#a$1@_", Validation.NONE)))),
                arguments(
                        "CREATE MESSAGE TYPE \u00dcber",
                        List.of(new CreateMessageType(new MessageTypeDefinition("\u00dcber", Validation.NONE)))),
                arguments(
                        "CREATE CONTRACT c (a SENT BY INITIATOR, [DEFAULT] SENT BY any, [a.b] sent by TARGET)",
                        List.of(new CreateContract(
                                "c",
                                List.of(
                                        new CreateContract.Entry("a", SentBy.INITIATOR),
                                        new CreateContract.Entry("DEFAULT", SentBy.ANY),
                                        new CreateContract.Entry("a.b", SentBy.TARGET))))),
                arguments("CREATE QUEUE q", List.of(new CreateQueue("q", List.of()))),
                arguments(
                        "CREATE QUEUE dbo.q WITH STATUS = OFF",
                        List.of(new CreateQueue("q", List.of(new Status(false))))),
                arguments(
                        "CREATE QUEUE [dbo] . [q r] WITH STATUS=ON",
                        List.of(new CreateQueue("q r", List.of(new Status(true))))),
                arguments(
                        "ALTER QUEUE DBO.q WITH STATUS = OFF",
                        List.of(new AlterQueue("q", List.of(new Status(false))))),
                arguments("CREATE SERVICE s ON QUEUE q", List.of(new CreateService("s", "q", List.of()))),
                arguments(
                        "CREATE SERVICE s ON QUEUE dbo.q ([c], d)",
                        List.of(new CreateService("s", "q", List.of("c", "d")))),
                arguments(
                        "CREATE QUEUE a CREATE QUEUE b\nGO\r\nCREATE QUEUE c;CREATE QUEUE d",
                        List.of(
                                new CreateQueue("a", List.of()),
                                new CreateQueue("b", List.of()),
                                new CreateQueue("c", List.of()),
                                new CreateQueue("d", List.of()))),
                arguments(
                        "-- a comment; CREATE\n/* one /* inside */ 'another */CREATE/**/QUEUE--\rq--",
                        List.of(new CreateQueue("q", List.of()))),
                arguments("\uFEFFCREATE\u00a0QUEUE q", List.of(new CreateQueue("q", List.of()))),
                arguments(
                        "CREATE QUEUE status CREATE MESSAGE TYPE validation VALIDATION = EMPTY CREATE QUEUE GO",
                        List.of(
                                new CreateQueue("status", List.of()),
                                new CreateMessageType(new MessageTypeDefinition("validation", Validation.EMPTY)),
                                new CreateQueue("GO", List.of()))));
    }

    static Stream<Arguments> rightSchemas() {
        return Stream.of(
                arguments(
                        "CREATE MESSAGE TYPE a VALIDATION = VALID_XML WITH SCHEMA COLLECTION dbo.[c d]",
                        List.of(new CreateMessageType(new MessageTypeDefinition("a", Validation.VALID_XML, "c d")))),
                arguments(
                        "CREATE XML SCHEMA COLLECTION dbo.c AS N'<a b=''c''/>'; ALTER XML SCHEMA COLLECTION c ADD 'd'"
                                + " DROP XML SCHEMA COLLECTION [dbo].[c]",
                        List.of(
                                new CreateXmlSchemaCollection(XmlSchemaCollectionDefinition.of("c", "<a b='c'/>")),
                                new AddXmlSchemas("c", "d"),
                                new Drop(Dropped.XML_SCHEMA_COLLECTION, "c"))));
    }

    static Stream<Arguments> rightQueueOptions() {
        return Stream.of(
                arguments(
                        "ALTER QUEUE q WITH RETENTION = ON, REDELIVERY_DELAY = 250,"
                                + " POISON_MESSAGE_HANDLING (ACTION = SUSPEND_GROUP),"
                                + " ACTIVATION (PROCEDURE_NAME = dbo.[p q], EXECUTE AS OWNER)",
                        List.of(new AlterQueue(
                                "q",
                                List.of(
                                        new QueueOption.Retention(true),
                                        new QueueOption.RedeliveryDelay(Duration.ofMillis(250)),
                                        new QueueOption.Poison(null, PoisonAction.SUSPEND_GROUP),
                                        new QueueOption.Activation(null, "dbo.p q", null, ""))))),
                arguments(
                        "ALTER QUEUE q WITH ACTIVATION (DROP)",
                        List.of(new AlterQueue(
                                "q", List.of(new QueueOption.NewActivation(ActivationDefinition.NONE))))),
                arguments(
                        "CREATE QUEUE q WITH ACTIVATION (PROCEDURE_NAME = p, MAX_QUEUE_READERS = 2, EXECUTE AS 'it''s')",
                        List.of(new CreateQueue("q", List.of(new QueueOption.Activation(true, "p", 2, "it's"))))));
    }

    @ParameterizedTest
    @MethodSource({"right", "rightSchemas", "rightQueueOptions"})
    void takes(String script, List<DefinitionStatement> statements) {
        assertThat(DefinitionScript.parse(script)).extracting(Placed::statement).isEqualTo(statements);
    }

    static Stream<Arguments> wrongStatementsAndMessageTypes() {
        return Stream.of(
                wrong("CREATE", "1:7: found the end of the script, expected " + OBJECTS + "."),
                wrong("MAKE QUEUE q", "1:1: found 'MAKE', expected CREATE, ALTER or DROP."),
                wrong("'CREATE'", "1:1: found the text 'CREATE', expected CREATE, ALTER or DROP."),
                wrong("N'it''s'", "1:1: found the text N'it''s', expected CREATE, ALTER or DROP."),
                wrong("[CREATE] QUEUE q", "1:1: found [CREATE], expected CREATE, ALTER or DROP."),
                wrong("12345", "1:1: found '12345', expected CREATE, ALTER or DROP."),
                wrong("\ud83d\ude00", "1:1: found '\ud83d\ude00', expected CREATE, ALTER or DROP."),
                wrong("GO 5", "1:1: found 'GO', expected CREATE, ALTER or DROP."),
                wrong("/**/GO", "1:5: found 'GO', expected CREATE, ALTER or DROP."),
                wrong("CREATE QUEUE q GO", "1:16: found 'GO', expected CREATE, ALTER or DROP."),
                wrong("CREATE\nTABLE r", "2:1: found 'TABLE', expected " + OBJECTS + "."),
                wrong("CREATE MESSAGE a", "1:16: found 'a', expected TYPE."),
                wrong("CREATE MESSAGE TYPE", "1:20: found the end of the script, expected a message type name."),
                wrong("CREATE MESSAGE TYPE ;", "1:21: found ';', expected a message type name."),
                wrong("CREATE MESSAGE TYPE @a", "1:21: found '@a', expected a message type name."),
                wrong("CREATE MESSAGE TYPE 'a'", "1:21: found the text 'a', expected a message type name."),
                wrong("CREATE MESSAGE TYPE\r\n\r\n  1a", "3:3: found '1', expected a message type name."),
                wrong("CREATE MESSAGE TYPE a VALIDATION NONE", "1:34: found 'NONE', expected '='."),
                wrong(
                        "CREATE MESSAGE TYPE a VALIDATION = XML",
                        "1:36: found 'XML', expected NONE, EMPTY, WELL_FORMED_XML or VALID_XML."),
                wrong(
                        "CREATE MESSAGE TYPE a VALIDATION = VALID_XML",
                        "1:45: found the end of the script, expected WITH."),
                wrong("CREATE XML SCHEMA COLLECTION c", "1:31: found the end of the script, expected AS."),
                wrong("ALTER XML SCHEMA COLLECTION c ADD d", "1:35: found 'd', expected XML schemas in quotes."),
                wrong("CREATE MESSAGE TYPE a b", "1:23: found 'b', expected CREATE, ALTER or DROP."),
                wrong("CREATE MESSAGE TYPE a AUTHORIZATION", "1:36: found the end of the script, expected an owner."),
                wrong(
                        "CREATE MESSAGE TYPE DEFAULT",
                        "1:21: found the keyword 'DEFAULT', expected a message type name; as a name it is written"
                                + " [DEFAULT]."));
    }

    static Stream<Arguments> wrongContracts() {
        return Stream.of(
                wrong("CREATE CONTRACT c", "1:18: found the end of the script, expected '('."),
                wrong("CREATE CONTRACT c ()", "1:20: found ')', expected a message type name."),
                wrong("CREATE CONTRACT c (a)", "1:21: found ')', expected SENT."),
                wrong("CREATE CONTRACT c (a SENT INITIATOR)", "1:27: found 'INITIATOR', expected BY."),
                wrong("CREATE CONTRACT c (a SENT BY BOTH)", "1:30: found 'BOTH', expected INITIATOR, TARGET or ANY."),
                wrong("CREATE CONTRACT c (a SENT BY ANY b SENT BY ANY)", "1:34: found 'b', expected ',' or ')'."),
                wrong("CREATE CONTRACT c (a SENT BY ANY,)", "1:34: found ')', expected a message type name."),
                wrong("CREATE CONTRACT c (a SENT BY ANY", "1:33: found the end of the script, expected ',' or ')'."),
                wrong(
                        "CREATE CONTRACT ANY (a SENT BY ANY)",
                        "1:17: found the keyword 'ANY', expected a contract name; as a name it is written [ANY]."));
    }

    static Stream<Arguments> wrongQueuesAndServices() {
        return Stream.of(
                wrong("CREATE QUEUE\nGO\nq", "2:1: found the end of the batch (GO), expected a queue name."),
                wrong("CREATE QUEUE q\n\tWITH", "2:6: found the end of the script, expected " + OPTIONS + "."),
                wrong("CREATE QUEUE q WITH STATUS = 1", "1:30: found '1', expected ON or OFF."),
                wrong(
                        "CREATE QUEUE q WITH STATUS = ON,",
                        "1:33: found the end of the script, expected " + OPTIONS + "."),
                wrong("CREATE QUEUE q WITH STATUS = ON, STATUS = ON", "1:34: STATUS stands twice; expected it once."),
                wrong("CREATE QUEUE q WITH RETENTION ON", "1:31: found 'ON', expected '='."),
                wrong(
                        "CREATE QUEUE q WITH ACTIVATION (DROP)",
                        "1:33: found 'DROP', expected STATUS, PROCEDURE_NAME, MAX_QUEUE_READERS, EXECUTE AS or DROP."),
                wrong(
                        "ALTER QUEUE q WITH POISON_MESSAGE_HANDLING (ACTION = STOP)",
                        "1:54: found 'STOP', expected DISABLE_QUEUE or SUSPEND_GROUP."),
                wrong(
                        "ALTER QUEUE q WITH REDELIVERY_DELAY = -1",
                        "1:39: found '-', expected a number of milliseconds."),
                wrong(
                        "ALTER DATABASE CURRENT SET MULTI_USER",
                        "1:28: found 'MULTI_USER', expected ENABLE_BROKER, DISABLE_BROKER, NEW_BROKER,"
                                + " ERROR_BROKER_CONVERSATIONS, TRUSTWORTHY or HONOR_BROKER_PRIORITY."),
                wrong("CREATE MASTER KEY ENCRYPTION BY PASSWORD 'x'", "1:42: found a text, expected '='."),
                wrong("CREATE ROUTE r WITH SERVICE_NAME = 's'", "1:14: the route 'r' has no ADDRESS; expected one."),
                wrong(
                        "ALTER ROUTE r WITH ADDRESS = 'LOCAL', ADDRESS = 'LOCAL'",
                        "1:39: ADDRESS stands twice; expected it once."),
                wrong("ALTER BROKER PRIORITY p FOR CONVERSATION", "1:41: found the end of the script, expected SET."),
                wrong(
                        "CREATE QUEUE q WITH STATUS = ON ON [DEFAULT]",
                        "1:33: a filegroup isn't supported yet; expected the end of" + " the statement."),
                wrong(
                        "ALTER SERVICE s (CONTRACT c)",
                        "1:18: found 'CONTRACT', expected ADD CONTRACT or DROP CONTRACT."),
                wrong("ALTER QUEUE q", "1:14: found the end of the script, expected WITH."),
                wrong(
                        "ALTER QUEUE q REBUILD",
                        "1:15: ALTER QUEUE ... REBUILD isn't supported yet; expected WITH and an option."),
                wrong("CREATE SERVICE s", "1:17: found the end of the script, expected ON."),
                wrong("CREATE SERVICE s ON q", "1:21: found 'q', expected QUEUE."),
                wrong("CREATE SERVICE s ON QUEUE q ()", "1:30: found ')', expected a contract name."),
                wrong("CREATE SERVICE s ON QUEUE q (a b)", "1:32: found 'b', expected ',' or ')'."),
                wrong(
                        "CREATE QUEUE " + "q".repeat(50) + " x" + "y".repeat(50),
                        "1:65: found 'x" + "y".repeat(39) + "...', expected CREATE, ALTER or DROP."));
    }

    static Stream<Arguments> wrongNamesAndComments() {
        return Stream.of(
                wrong("CREATE QUEUE q [a\nb", 105, "1:16: the name [a\nb isn't closed; expected ]."),
                wrong("CREATE QUEUE\n \"q\"\"", 105, "2:2: the name \"q\" isn't closed; expected \"."),
                wrong("\n'it''s", 105, "2:1: the text 'it''s isn't closed; expected '."),
                wrong("CREATE /* QUEUE /* q */", 113, "1:8: the comment isn't closed; expected */."),
                wrong(
                        "CREATE SERVICE a.b ON QUEUE q",
                        9609,
                        "1:16: the service name has the prefix 'a'; it can have none, and a dot inside a name needs brackets:"
                                + " [a.b]."),
                wrong(
                        "CREATE CONTRACT c (dbo.[m] SENT BY ANY)",
                        9609,
                        "1:20: the message type name has the prefix 'dbo'; it can have none, and a dot inside a name needs"
                                + " brackets: [a.b]."),
                wrong(
                        "CREATE XML SCHEMA COLLECTION sales.c AS ''",
                        9609,
                        "1:30: there is no schema 'sales'; an XML schema collection's schema can be dbo."),
                wrong("CREATE QUEUE sales.q", 9609, "1:14: there is no schema 'sales'; a queue's schema can be dbo."),
                wrong(
                        "CREATE SERVICE s ON QUEUE db.dbo.q",
                        9609,
                        "1:27: the name of a queue has more prefixes than a schema; a definition takes effect in the session's own"
                                + " database."));
    }

    private static Arguments wrong(String script, String message) {
        return wrong(script, 102, message);
    }

    private static Arguments wrong(String script, int number, String message) {
        return arguments(script, number, message);
    }

    @ParameterizedTest
    @MethodSource({"wrongStatementsAndMessageTypes", "wrongContracts", "wrongQueuesAndServices", "wrongNamesAndComments"
    })
    void saysWhereWhatWasFoundAndWhatWasExpected(String script, int number, String message) {
        assertThatExceptionOfType(BrokerException.class)
                .isThrownBy(() -> DefinitionScript.parse(script))
                .withMessage(message)
                .matches(e -> e.number() == number, "number " + number);
    }

    @Test
    void knowsWhereStatementsBegin() {
        assertThat(DefinitionScript.parse("CREATE QUEUE [a\nb]\r\n /* \n */ CREATE QUEUE c; CREATE QUEUE d"))
                .extracting(placed -> placed.line() + ":" + placed.column())
                .containsExactly("1:1", "4:5", "4:21");
    }

    static Stream<String> huge() {
        int many = 500_000;
        return Stream.of(
                "/*".repeat(many) + "*/".repeat(many),
                "/*".repeat(many),
                "--\n".repeat(many),
                ";".repeat(many),
                "(".repeat(many),
                "GO\n".repeat(many),
                " ".repeat(many) + "CREATE CONTRACT c (" + "GO SENT BY ANY,".repeat(many) + "x",
                "CREATE QUEUE q;".repeat(many),
                "CREATE CONTRACT c (" + "a SENT BY ANY,".repeat(many) + "a SENT BY ANY)",
                "CREATE QUEUE " + "dbo.".repeat(many) + "q",
                "CREATE QUEUE [" + "]]".repeat(many) + "]",
                "CREATE QUEUE " + "q".repeat(many),
                "'" + "''".repeat(many),
                "\"".repeat(many + 1));
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("huge")
    void hugeScriptsCostTheirLength(String script) {
        Assertions.assertTimeout(Duration.ofSeconds(30), () -> {
            try {
                DefinitionScript.parse(script);
            } catch (BrokerException e) {
                assertThat(e.getMessage()).hasSizeLessThan(200);
            }
        });
    }

    @Test
    void everyShorterScriptIsTakenOrRefused() {
        String script = "CREATE /*a*/ CONTRACT [c]]] AUTHORIZATION dbo (\"m\" SENT BY ANY); -- b\nGO\n"
                + "ALTER QUEUE dbo.q WITH STATUS = OFF";
        for (int end = 0; end <= script.length(); end++) {
            for (String rest : List.of("", "'", "[", "]", "/*", "*/", ".", ",", "(", "\n", "\0", "\ud800")) {
                try {
                    DefinitionScript.parse(script.substring(0, end) + rest);
                } catch (BrokerException e) {
                    assertThat(e.number()).isIn(102, 105, 113, 9609, 15151);
                }
            }
        }
    }
}
