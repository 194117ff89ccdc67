package org.parley.sql.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Conversation statements: what the connection is asked for, and what comes of it. */
class ConversationsTest extends Scripted {

    private static final String DECLARED = "DECLARE @h UNIQUEIDENTIFIER = '00000000-0000-1111-0000-000000000001',"
            + " @g UNIQUEIDENTIFIER = '00000000-0000-2222-0000-000000000002', @n NVARCHAR(99) = N'Desk', @i INT = 5;\n";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            BEGIN DIALOG @h FROM SERVICE Desk TO SERVICE 'Far'                                       | Dialog[fromService=Desk, toService=Far, contract=DEFAULT, relatedConversation=null, relatedGroup=null, lifetime=null, toBroker=null, encryption=true]
            BEGIN DIALOG CONVERSATION @h FROM SERVICE @n TO SERVICE @n ON CONTRACT @n                | Dialog[fromService=Desk, toService=Desk, contract=Desk, relatedConversation=null, relatedGroup=null, lifetime=null, toBroker=null, encryption=true]
            BEGIN DIALOG @h FROM SERVICE Desk TO SERVICE 'Far', 'current database' ON CONTRACT [c d] | Dialog[fromService=Desk, toService=Far, contract=c d, relatedConversation=null, relatedGroup=null, lifetime=null, toBroker=current database, encryption=true]
            BEGIN DIALOG @h FROM SERVICE Desk TO SERVICE 'Far' WITH LIFETIME = 60, ENCRYPTION = OFF  | Dialog[fromService=Desk, toService=Far, contract=DEFAULT, relatedConversation=null, relatedGroup=null, lifetime=PT1M, toBroker=null, encryption=false]
            BEGIN DIALOG @h FROM SERVICE Desk TO SERVICE 'Far' WITH RELATED_CONVERSATION_GROUP = @g  | Dialog[fromService=Desk, toService=Far, contract=DEFAULT, relatedConversation=null, relatedGroup=00000000-0000-2222-0000-000000000002, lifetime=null, toBroker=null, encryption=true]
            BEGIN DIALOG @h FROM SERVICE Desk TO SERVICE 'Far' WITH RELATED_CONVERSATION = @h        | Dialog[fromService=Desk, toService=Far, contract=DEFAULT, relatedConversation=00000000-0000-1111-0000-000000000001, relatedGroup=null, lifetime=null, toBroker=null, encryption=true]
            """)
    void beginDialog(String statement, String dialog) {
        assertThat(run(DECLARED + statement)).isEmpty();
        assertThat(session.calls).containsExactly("begin[" + dialog + "]");
    }

    @Test
    void theHandleIsThere() {
        gives(
                "DECLARE @h UNIQUEIDENTIFIER; BEGIN DIALOG @h FROM SERVICE a TO SERVICE 'b'; SELECT @h AS handle",
                "[handle][[" + FakeSession.HANDLE + "]]",
                "(1)");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            BEGIN CONVERSATION TIMER (@h) TIMEOUT = @i;                       | conversation.timer[PT5S]
            END CONVERSATION @h                                               | conversation.end
            END CONVERSATION @h WITH ERROR = 7 DESCRIPTION = @n               | conversation.endWithError[7, Desk]
            END CONVERSATION @h WITH CLEANUP                                  | conversation.cleanup
            SEND ON CONVERSATION @h                                           | conversation.send[DEFAULT, null]
            SEND ON CONVERSATION (@h) MESSAGE TYPE [t]                        | conversation.send[t, null]
            SEND ON CONVERSATION @h MESSAGE TYPE @n                           | conversation.send[Desk, null]
            SEND ON CONVERSATION @h MESSAGE TYPE t (N'ä')                     | conversation.send[t, [-28, 0]]
            SEND ON CONVERSATION @h MESSAGE TYPE t ('ä')                      | conversation.send[t, [-28]]
            SEND ON CONVERSATION @h (0x0102)                                  | conversation.send[DEFAULT, [1, 2]]
            SEND ON CONVERSATION @h (@i)                                      | conversation.send[DEFAULT, [0, 0, 0, 5]]
            """)
    void oneConversation(String statement, String call) {
        assertThat(run(DECLARED + statement)).isEmpty();
        assertThat(session.calls).containsExactly("conversation[" + FakeSession.HANDLE + "]", call);
    }

    @Test
    void xmlIsSentWithAByteOrderMark() {
        run(DECLARED + "DECLARE @x XML = '<a/>'; SEND ON CONVERSATION @h (@x)");
        assertThat(session.calls).last().asString().startsWith("conversation.send[DEFAULT, [-1, -2, 60, 0, 97, 0");
    }

    @Test
    void aNullAmongSeveralHandlesIsFoundByTheConnection() {
        run(DECLARED + "DECLARE @x UNIQUEIDENTIFIER; SEND ON CONVERSATION (@h, @x) MESSAGE TYPE t ('x')");
        assertThat(session.calls).containsExactly("send[[" + FakeSession.HANDLE + ", null], t, [120]]");
    }

    @Test
    void moveTakesHandleAndGroup() {
        run(DECLARED + "MOVE CONVERSATION @h TO @g");
        assertThat(session.calls)
                .containsExactly("moveConversation[" + FakeSession.HANDLE + ", " + FakeSession.GROUP + "]");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            RECEIVE * FROM q                                                  | queue=q, top=2147483647, conversation=null, group=null, waiting=PT0S
            RECEIVE TOP (3) * FROM Here.dbo.q                                 | queue=q, top=3, conversation=null, group=null, waiting=PT0S
            RECEIVE TOP (@i + 1) * FROM [q]                                   | queue=q, top=6, conversation=null, group=null, waiting=PT0S
            RECEIVE * FROM q WHERE conversation_handle = @h                   | queue=q, top=2147483647, conversation=00000000-0000-1111-0000-000000000001, group=null, waiting=PT0S
            RECEIVE * FROM q WHERE conversation_group_id = @g                 | queue=q, top=2147483647, conversation=null, group=00000000-0000-2222-0000-000000000002, waiting=PT0S
            WAITFOR (RECEIVE * FROM q)                                        | queue=q, top=2147483647, conversation=null, group=null, waiting=null
            WAITFOR (RECEIVE * FROM q), TIMEOUT -1                            | queue=q, top=2147483647, conversation=null, group=null, waiting=null
            WAITFOR (RECEIVE * FROM q), TIMEOUT @i                            | queue=q, top=2147483647, conversation=null, group=null, waiting=PT0.005S
            """)
    void whatIsReceived(String statement, String request) {
        run(DECLARED + statement);
        assertThat(session.calls).containsExactly("receive[Receive[" + request + ", leaveBodies=false]]");
    }

    @Test
    void allColumnsOfAQueue() {
        session.queued.add(List.of(FakeSession.message("t", null)));
        assertThat(run("RECEIVE * FROM q"))
                .containsExactly(
                        "[status,priority,queuing_order,conversation_group_id,conversation_handle,message_sequence_number,"
                                + "service_name,service_id,service_contract_name,service_contract_id,message_type_name,"
                                + "message_type_id,validation,message_body,message_enqueue_time][[0, 5, 7, "
                                + FakeSession.GROUP + ", " + FakeSession.HANDLE
                                + ", 3, Desk, 65536, Contract, 65537, t, 65538, N , null, 1970-01-01T00:00]]",
                        "(1)");
    }

    @Test
    void expressionsOverColumns() {
        session.queued.add(Arrays.asList(FakeSession.message("t", "ab"), FakeSession.message("t", null)));
        gives(
                "RECEIVE CAST(message_body AS NVARCHAR(MAX)) AS body, queuing_order + 1, 'x' AS x FROM q",
                "[body,,x][[ab, 8, x], [null, 8, x]]",
                "(2)");
    }

    @Test
    void theLastRowStaysInTheVariables() {
        session.queued.add(Arrays.asList(FakeSession.message("one", "a"), FakeSession.message("two", "b")));
        gives(
                "DECLARE @t sysname, @all NVARCHAR(99) = N''; RECEIVE @t = message_type_name, @all += CAST(message_body AS"
                        + " NVARCHAR(9)) FROM q; PRINT @t + @all; PRINT @@ROWCOUNT",
                "twoab",
                "0");
    }

    @Test
    void withoutARowVariablesKeepWhatTheyHave() {
        gives("DECLARE @t sysname = N'old'; RECEIVE @t = message_type_name FROM q; IF @@ROWCOUNT = 0 PRINT @t", "old");
    }

    @Test
    void withoutARowTheColumnsAreTheSame() {
        gives("RECEIVE message_type_name, CAST(message_body AS XML) AS x FROM q", "[message_type_name,x][]", "(0)");
    }

    @Test
    void rowsGoIntoATableVariable() {
        session.queued.add(List.of(FakeSession.message("t", "ab")));
        gives(
                "DECLARE @t TABLE (handle UNIQUEIDENTIFIER, body NVARCHAR(MAX));"
                        + " RECEIVE conversation_handle, message_body FROM q INTO @t; PRINT @@ROWCOUNT",
                "(1)",
                "1");
    }

    @Test
    void aGroupThatIsNotThereIsNull() {
        gives(
                "DECLARE @g UNIQUEIDENTIFIER = '00000000-0000-2222-0000-000000000002'; GET CONVERSATION GROUP @g FROM q; IF @g IS NULL PRINT 'none'",
                "none");
    }

    @Test
    void aGroupIsWaitedFor() {
        session.queued.add(List.of());
        gives(
                "DECLARE @g UNIQUEIDENTIFIER; WAITFOR (GET CONVERSATION GROUP @g FROM q), TIMEOUT 100; PRINT @@ROWCOUNT",
                "1");
        assertThat(session.calls).containsExactly("getConversationGroup[q, PT0.1S]");
    }

    @Test
    void noCountHidesCounts() {
        gives("SET NOCOUNT ON; SELECT 1; RECEIVE queuing_order FROM q", "[][[1]]", "[queuing_order][]");
    }
}
