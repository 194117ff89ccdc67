package org.parley.engine.catalog;

import java.util.List;
import java.util.Optional;
import org.parley.BrokerException;
import org.parley.BrokerPriorityDefinition;
import org.parley.ContractDefinition;
import org.parley.ContractDefinition.SentBy;
import org.parley.EventNotificationDefinition;
import org.parley.MessageTypeDefinition;
import org.parley.ProcedureDefinition;
import org.parley.QueueDefinition;
import org.parley.RemoteServiceBindingDefinition;
import org.parley.ServiceDefinition;
import org.parley.XmlSchemaCollectionDefinition;

/**
 * What a definition asks for, as it was written: lists keep an entry that stands twice, which is an error for
 * {@link CatalogEditor} to find.
 */
sealed interface DefinitionStatement {

    /** Does it. Drops of what conversations may need are the catalog's own matter. */
    void apply(CatalogEditor editor);

    /** CREATE MESSAGE TYPE. */
    record CreateMessageType(MessageTypeDefinition definition) implements DefinitionStatement {

        @Override
        public void apply(CatalogEditor editor) {
            editor.define(definition);
        }
    }

    /** ALTER MESSAGE TYPE. */
    record AlterMessageType(MessageTypeDefinition definition) implements DefinitionStatement {

        @Override
        public void apply(CatalogEditor editor) {
            editor.alter(definition);
        }
    }

    /** CREATE XML SCHEMA COLLECTION. */
    record CreateXmlSchemaCollection(XmlSchemaCollectionDefinition definition) implements DefinitionStatement {

        @Override
        public void apply(CatalogEditor editor) {
            editor.xmlSchemas().define(definition.name(), definition.schemas());
        }
    }

    /** ALTER XML SCHEMA COLLECTION. */
    record AddXmlSchemas(String name, String schemas) implements DefinitionStatement {

        @Override
        public void apply(CatalogEditor editor) {
            editor.xmlSchemas().add(name, schemas);
        }
    }

    /** CREATE CONTRACT. */
    record CreateContract(String name, List<Entry> entries) implements DefinitionStatement {

        static CreateContract of(ContractDefinition definition) {
            return new CreateContract(
                    definition.name(),
                    definition.sentBy().entrySet().stream()
                            .map(entry -> new Entry(entry.getKey(), entry.getValue()))
                            .toList());
        }

        @Override
        public void apply(CatalogEditor editor) {
            editor.define(this);
        }

        /** A message type and who may send it. */
        record Entry(String messageType, SentBy sentBy) {}
    }

    /** CREATE QUEUE. */
    record CreateQueue(String name, List<QueueOption> options) implements DefinitionStatement {

        static CreateQueue of(QueueDefinition definition) {
            return new CreateQueue(definition.name(), QueueOption.of(definition));
        }

        @Override
        public void apply(CatalogEditor editor) {
            editor.queues().define(name, options);
        }
    }

    /** ALTER QUEUE. */
    record AlterQueue(String name, List<QueueOption> options) implements DefinitionStatement {

        @Override
        public void apply(CatalogEditor editor) {
            editor.queues().alter(name, options);
        }
    }

    /** CREATE SERVICE. */
    record CreateService(String name, String queue, List<String> contracts) implements DefinitionStatement {

        static CreateService of(ServiceDefinition definition) {
            return new CreateService(definition.name(), definition.queue(), List.copyOf(definition.contracts()));
        }

        @Override
        public void apply(CatalogEditor editor) {
            editor.define(this);
        }
    }

    /** ALTER SERVICE; the queue is null when it isn't written. */
    record AlterService(String name, String queue, List<Change> contracts) implements DefinitionStatement {

        @Override
        public void apply(CatalogEditor editor) {
            editor.alter(this);
        }

        /** The contracts to add. */
        List<String> added() {
            return contracts.stream().filter(Change::add).map(Change::contract).toList();
        }

        /** ADD CONTRACT or DROP CONTRACT. */
        record Change(boolean add, String contract) {}
    }

    /** CREATE PROCEDURE. */
    record CreateProcedure(ProcedureDefinition definition) implements DefinitionStatement {

        @Override
        public void apply(CatalogEditor editor) {
            editor.procedures().define(definition);
        }
    }

    /** ALTER PROCEDURE. */
    record AlterProcedure(ProcedureDefinition definition) implements DefinitionStatement {

        @Override
        public void apply(CatalogEditor editor) {
            editor.procedures().alter(definition);
        }
    }

    /** CREATE ROUTE; null for what isn't written, the lifetime in seconds. */
    record CreateRoute(
            String name, String serviceName, String brokerInstance, Long lifetime, String address, String mirrorAddress)
            implements DefinitionStatement {

        @Override
        public void apply(CatalogEditor editor) {
            editor.routes().define(this);
        }
    }

    /** ALTER ROUTE. */
    record AlterRoute(CreateRoute route) implements DefinitionStatement {

        @Override
        public void apply(CatalogEditor editor) {
            editor.routes().alter(this);
        }
    }

    /** CREATE REMOTE SERVICE BINDING. */
    record CreateBinding(RemoteServiceBindingDefinition definition) implements DefinitionStatement {

        @Override
        public void apply(CatalogEditor editor) {
            editor.routes().define(definition);
        }
    }

    /** ALTER REMOTE SERVICE BINDING; null for what isn't written. */
    record AlterBinding(String name, String user, Boolean anonymous) implements DefinitionStatement {

        @Override
        public void apply(CatalogEditor editor) {
            editor.routes().alter(this);
        }
    }

    /** CREATE BROKER PRIORITY. */
    record CreatePriority(BrokerPriorityDefinition definition) implements DefinitionStatement {

        @Override
        public void apply(CatalogEditor editor) {
            editor.priorities().define(definition);
        }
    }

    /** ALTER BROKER PRIORITY; null for what isn't written. */
    record AlterPriority(String name, Named contract, Named localService, Named remoteService, Integer level)
            implements DefinitionStatement {

        @Override
        public void apply(CatalogEditor editor) {
            editor.priorities().alter(this);
        }

        /** A name, or ANY. */
        record Named(Optional<String> name) {

            String orNull() {
                return name.orElse(null);
            }
        }
    }

    /** CREATE EVENT NOTIFICATION. */
    record CreateEventNotification(EventNotificationDefinition definition) implements DefinitionStatement {

        @Override
        public void apply(CatalogEditor editor) {
            editor.define(definition);
        }
    }

    /** DROP EVENT NOTIFICATION; the queue is null for one on the database. */
    record DropEventNotification(String name, String queue) implements DefinitionStatement {

        @Override
        public void apply(CatalogEditor editor) {
            editor.events().drop(name, Queue.nameOf(queue));
        }
    }

    /** ALTER DATABASE CURRENT SET with an option that is on or off. */
    record SetOption(DatabaseOption option, boolean on) implements DefinitionStatement {

        @Override
        public void apply(CatalogEditor editor) {
            editor.options().set(option, on);
        }
    }

    /** ALTER DATABASE CURRENT SET ERROR_BROKER_CONVERSATIONS. */
    record ErrorConversations() implements DefinitionStatement {

        @Override
        public void apply(CatalogEditor editor) {
            editor.options().errorConversations();
        }
    }

    /** ALTER DATABASE CURRENT SET NEW_BROKER; it ends everything under way, so it is no part of a transaction. */
    record NewBroker() implements DefinitionStatement {

        @Override
        public void apply(CatalogEditor editor) {
            throw new BrokerException(
                    CatalogErrors.STANDS_ALONE,
                    "ALTER DATABASE with NEW_BROKER ends everything under way and must be the only statement of its"
                            + " script.");
        }
    }

    /** DROP. */
    record Drop(Dropped kind, String name) implements DefinitionStatement {

        @Override
        public void apply(CatalogEditor editor) {
            switch (kind) {
                case MESSAGE_TYPE -> editor.dropMessageType(name);
                case XML_SCHEMA_COLLECTION -> editor.xmlSchemas().drop(name);
                case CONTRACT -> editor.dropContract(name);
                case QUEUE -> editor.queues().drop(name);
                case SERVICE -> editor.dropService(name);
                case PROCEDURE -> editor.procedures().drop(name);
                case ROUTE -> editor.routes().drop(name);
                case BINDING -> editor.routes().dropBinding(name);
                case PRIORITY -> editor.priorities().drop(name);
            }
        }
    }

    /** A statement about users and permissions. */
    record Security(SecurityStatement wanted) implements DefinitionStatement {

        @Override
        public void apply(CatalogEditor editor) {
            editor.security().apply(wanted, editor);
        }
    }

    /** A statement about keys and certificates. */
    record Key(KeyStatement wanted) implements DefinitionStatement {

        @Override
        public void apply(CatalogEditor editor) {
            wanted.apply(editor);
        }
    }

    /** A statement about the server as a whole. */
    record Server(ServerStatement wanted) implements DefinitionStatement {

        @Override
        public void apply(CatalogEditor editor) {
            wanted.apply(editor);
        }
    }

    /** What can be dropped. */
    enum Dropped {
        MESSAGE_TYPE,
        XML_SCHEMA_COLLECTION,
        CONTRACT,
        QUEUE,
        SERVICE,
        PROCEDURE,
        ROUTE,
        BINDING,
        PRIORITY
    }
}
