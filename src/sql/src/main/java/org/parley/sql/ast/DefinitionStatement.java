package org.parley.sql.ast;

import java.util.List;

/**
 * What defines, changes and drops the objects of a broker database and of the server; service-broker.md, sections 1, 14 to 17.
 * Null stands for what isn't written, so that the defaults and "nothing to change" are decided in one place, the catalog.
 */
public sealed interface DefinitionStatement extends Statement
        permits DefinitionStatement.Defines, SecurityDefinition, ServerDefinition {

    /** Conversation objects. */
    sealed interface Defines extends DefinitionStatement {}

    /** What DROP names. */
    enum Kind {
        MESSAGE_TYPE("MESSAGE TYPE"),
        CONTRACT("CONTRACT"),
        QUEUE("QUEUE"),
        SERVICE("SERVICE"),
        ROUTE("ROUTE"),
        REMOTE_SERVICE_BINDING("REMOTE SERVICE BINDING"),
        BROKER_PRIORITY("BROKER PRIORITY"),
        XML_SCHEMA_COLLECTION("XML SCHEMA COLLECTION"),
        PROCEDURE("PROCEDURE"),
        ENDPOINT("ENDPOINT"),
        MASTER_KEY("MASTER KEY"),
        CERTIFICATE("CERTIFICATE"),
        USER("USER"),
        LOGIN("LOGIN"),
        DATABASE("DATABASE");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        /** As a script writes it. */
        public String words() {
            return words;
        }
    }

    /**
     * DROP of anything but an event notification.
     *
     * @param names one, or several where Transact-SQL allows it (DATABASE, PROCEDURE); for MASTER KEY none
     */
    record Drop(Position at, Kind kind, boolean ifExists, List<ObjectName> names) implements Defines {}

    /** VALIDATION of a message type. */
    enum Validation {
        NONE,
        EMPTY,
        WELL_FORMED_XML,
        VALID_XML
    }

    /** CREATE or ALTER MESSAGE TYPE; the collection belongs to VALID_XML. */
    record MessageType(
            Position at, boolean alter, String name, String owner, Validation validation, ObjectName collection)
            implements Defines {}

    /** CREATE CONTRACT. */
    record Contract(Position at, String name, String owner, List<Entry> entries) implements Defines {}

    /** A message type of a contract; the side is INITIATOR, TARGET or ANY. */
    record Entry(String messageType, Side sentBy) {}

    /** SENT BY. */
    enum Side {
        INITIATOR,
        TARGET,
        ANY
    }

    /** CREATE or ALTER QUEUE; options in their order; the file group is kept to be printed and has no effect. */
    record Queue(Position at, boolean alter, ObjectName name, String owner, List<QueueOption> options, String fileGroup)
            implements Defines {}

    /**
     * ALTER QUEUE ... REBUILD, REORGANIZE, MOVE TO: storage only.
     *
     * @param action from that word on, words in upper case with one space between them
     */
    record QueueStorage(Position at, ObjectName name, String action) implements Defines {}

    /** An option of a queue. */
    sealed interface QueueOption {}

    /** STATUS, RETENTION. */
    record Switch(String option, boolean on) implements QueueOption {}

    /** REDELIVERY_DELAY, milliseconds. */
    record RedeliveryDelay(Expression milliseconds) implements QueueOption {}

    /** ACTIVATION; {@code drop} stands alone. */
    record Activation(boolean drop, Boolean on, ObjectName procedure, Expression maxReaders, ExecuteAs executeAs)
            implements QueueOption {}

    /** EXECUTE AS: CALLER, SELF, OWNER (the user is null), or USER with a user. */
    record ExecuteAs(String context, String user) {}

    /** POISON_MESSAGE_HANDLING; the action is DISABLE_QUEUE or SUSPEND_GROUP. */
    record PoisonMessages(Boolean on, String action) implements QueueOption {}

    /** CREATE SERVICE. */
    record Service(Position at, String name, String owner, ObjectName queue, List<String> contracts)
            implements Defines {}

    /** ALTER SERVICE. */
    record AlterService(Position at, String name, ObjectName queue, List<ContractChange> changes) implements Defines {}

    /** ADD CONTRACT, DROP CONTRACT. */
    record ContractChange(boolean add, String contract) {}

    /** CREATE or ALTER ROUTE; the lifetime in seconds. */
    record Route(
            Position at,
            boolean alter,
            String name,
            String owner,
            String serviceName,
            String brokerInstance,
            Expression lifetime,
            String address,
            String mirrorAddress)
            implements Defines {}

    /** CREATE or ALTER REMOTE SERVICE BINDING. */
    record Binding(
            Position at, boolean alter, String name, String owner, String toService, String user, Boolean anonymous)
            implements Defines {}

    /** CREATE or ALTER BROKER PRIORITY. */
    record Priority(
            Position at,
            boolean alter,
            String name,
            AnyName contract,
            AnyName localService,
            AnyName remoteService,
            Level level)
            implements Defines {}

    /** A name, or ANY when the name is null. */
    record AnyName(String name) {}

    /** PRIORITY_LEVEL; DEFAULT when the value is null. */
    record Level(Expression value) {}

    /** CREATE EVENT NOTIFICATION; events in upper case. */
    record EventNotification(
            Position at, String name, Scope scope, boolean fanIn, List<String> events, String service, String broker)
            implements Defines {}

    /** DROP EVENT NOTIFICATION. */
    record DropEventNotification(Position at, List<String> names, Scope scope) implements Defines {}

    /** ON SERVER, ON DATABASE or ON QUEUE, whose name is null otherwise. */
    record Scope(String kind, ObjectName queue) {}

    /** CREATE XML SCHEMA COLLECTION, or ALTER ... ADD; the schemas are text or a variable. */
    record XmlSchemaCollection(Position at, boolean add, ObjectName name, String owner, Expression schemas)
            implements Defines {}

    /**
     * CREATE, ALTER or CREATE OR ALTER PROCEDURE.
     *
     * @param form CREATE, ALTER, CREATE OR ALTER
     * @param parameters names of parameters, for the error that refuses them; none is allowed
     * @param executeAs null when not written
     * @param body statements behind AS
     * @param text the whole statement as written
     */
    record Procedure(
            Position at,
            String form,
            ObjectName name,
            List<String> parameters,
            ExecuteAs executeAs,
            List<Statement> body,
            String text)
            implements Defines {}
}
