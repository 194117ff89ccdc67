package org.parley.sql.ast;

import java.util.List;

/** What is done with conversations; service-broker.md, section 5. */
public sealed interface ConversationStatement extends Statement {

    /**
     * BEGIN DIALOG. Null for what isn't written.
     *
     * @param variable receives the handle; with its {@code @}
     * @param fromService name of the initiating service
     * @param toService text or variable
     * @param broker GUID or CURRENT DATABASE, as text or variable
     * @param contract name, or a variable that holds it
     * @param relation RELATED_CONVERSATION or RELATED_CONVERSATION_GROUP
     * @param lifetime seconds
     * @param encryption ON or OFF
     */
    record BeginDialog(
            Position at,
            String variable,
            Named fromService,
            Expression toService,
            Expression broker,
            Named contract,
            Relation relation,
            Expression lifetime,
            Boolean encryption)
            implements ConversationStatement {}

    /** What a new dialog is related to. */
    record Relation(boolean group, Expression id) {}

    /** A name that is written, or held by a variable; one of the two is null. */
    record Named(String name, String variable) {}

    /** BEGIN CONVERSATION TIMER; seconds. */
    record BeginTimer(Position at, Expression handle, Expression timeout) implements ConversationStatement {}

    /** SEND. The message type is null for DEFAULT; the body is null when there are no parentheses. */
    record Send(Position at, List<Expression> handles, Named messageType, Expression body)
            implements ConversationStatement {}

    /** RECEIVE; all of top, table and condition are null when not written. */
    record Receive(
            Position at,
            Expression top,
            List<Query.Item> items,
            ObjectName queue,
            String intoTable,
            Condition condition)
            implements ConversationStatement {}

    /** WHERE of a RECEIVE: conversation_group_id or conversation_handle equals a constant or variable. */
    record Condition(boolean group, Expression id) {}

    /** GET CONVERSATION GROUP. */
    record GetConversationGroup(Position at, String variable, ObjectName queue) implements ConversationStatement {}

    /** MOVE CONVERSATION. */
    record MoveConversation(Position at, Expression handle, Expression group) implements ConversationStatement {}

    /** END CONVERSATION; the failure is null when it isn't WITH ERROR. */
    record EndConversation(Position at, Expression handle, Failure failure, boolean cleanup)
            implements ConversationStatement {}

    /** WITH ERROR = code DESCRIPTION = text. */
    record Failure(Expression code, Expression description) {}

    /** WAITFOR ( ... ), TIMEOUT ms; the statement is a RECEIVE or GET CONVERSATION GROUP, the timeout may be null. */
    record WaitFor(Position at, ConversationStatement statement, Expression timeout) implements ConversationStatement {}
}
