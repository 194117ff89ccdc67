package org.parley.engine.catalog;

import java.util.Locale;
import org.parley.BrokerPriorityDefinition;
import org.parley.ContractDefinition;
import org.parley.EventNotificationDefinition;
import org.parley.MessageTypeDefinition;
import org.parley.ProcedureDefinition;
import org.parley.QueueDefinition;
import org.parley.RemoteServiceBindingDefinition;
import org.parley.RouteDefinition;
import org.parley.ServiceDefinition;
import org.parley.XmlSchemaCollectionDefinition;

/** One thing that a caller of a catalog asks for; {@link SecurityEditor} says whether it may. */
sealed interface CatalogEdit {

    /** Does it. */
    void apply(CatalogEditor editor);

    /** The statement that asks for the same. */
    default String statement() {
        return getClass().getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", " ").toUpperCase(Locale.ROOT);
    }

    /** CREATE MESSAGE TYPE. */
    record CreateMessageType(MessageTypeDefinition definition) implements CatalogEdit {

        @Override
        public void apply(CatalogEditor editor) {
            editor.define(definition);
        }
    }

    /** ALTER MESSAGE TYPE. */
    record AlterMessageType(MessageTypeDefinition definition) implements CatalogEdit {

        @Override
        public void apply(CatalogEditor editor) {
            editor.alter(definition);
        }
    }

    /** CREATE XML SCHEMA COLLECTION. */
    record CreateXmlSchemaCollection(XmlSchemaCollectionDefinition definition) implements CatalogEdit {

        @Override
        public void apply(CatalogEditor editor) {
            editor.xmlSchemas().define(definition.name(), definition.schemas());
        }
    }

    /** ALTER XML SCHEMA COLLECTION. */
    record AddXmlSchemas(String name, String schemas) implements CatalogEdit {

        @Override
        public void apply(CatalogEditor editor) {
            editor.xmlSchemas().add(name, schemas);
        }
    }

    /** CREATE CONTRACT. */
    record CreateContract(ContractDefinition definition) implements CatalogEdit {

        @Override
        public void apply(CatalogEditor editor) {
            editor.define(definition);
        }
    }

    /** CREATE QUEUE. */
    record CreateQueue(QueueDefinition definition) implements CatalogEdit {

        @Override
        public void apply(CatalogEditor editor) {
            editor.queues().define(definition);
        }
    }

    /** ALTER QUEUE. */
    record AlterQueue(QueueDefinition definition) implements CatalogEdit {

        @Override
        public void apply(CatalogEditor editor) {
            editor.queues().alter(definition);
        }
    }

    /** ALTER QUEUE ... WITH STATUS. */
    record SetQueueStatus(String name, boolean on) implements CatalogEdit {

        @Override
        public void apply(CatalogEditor editor) {
            editor.queues().setStatus(name, on);
        }
    }

    /** CREATE SERVICE. */
    record CreateService(ServiceDefinition definition) implements CatalogEdit {

        @Override
        public void apply(CatalogEditor editor) {
            editor.define(definition);
        }
    }

    /** ALTER SERVICE. */
    record AlterService(ServiceDefinition definition) implements CatalogEdit {

        @Override
        public void apply(CatalogEditor editor) {
            editor.alter(definition);
        }
    }

    /** CREATE PROCEDURE. */
    record CreateProcedure(ProcedureDefinition definition) implements CatalogEdit {

        @Override
        public void apply(CatalogEditor editor) {
            editor.procedures().define(definition);
        }
    }

    /** ALTER PROCEDURE. */
    record AlterProcedure(ProcedureDefinition definition) implements CatalogEdit {

        @Override
        public void apply(CatalogEditor editor) {
            editor.procedures().alter(definition);
        }
    }

    /** CREATE ROUTE. */
    record CreateRoute(RouteDefinition definition) implements CatalogEdit {

        @Override
        public void apply(CatalogEditor editor) {
            editor.routes().define(definition);
        }
    }

    /** ALTER ROUTE. */
    record AlterRoute(RouteDefinition definition) implements CatalogEdit {

        @Override
        public void apply(CatalogEditor editor) {
            editor.routes().alter(definition);
        }
    }

    /** CREATE REMOTE SERVICE BINDING. */
    record CreateRemoteServiceBinding(RemoteServiceBindingDefinition definition) implements CatalogEdit {

        @Override
        public void apply(CatalogEditor editor) {
            editor.routes().define(definition);
        }
    }

    /** ALTER REMOTE SERVICE BINDING. */
    record AlterRemoteServiceBinding(RemoteServiceBindingDefinition definition) implements CatalogEdit {

        @Override
        public void apply(CatalogEditor editor) {
            editor.routes().alter(definition);
        }
    }

    /** CREATE BROKER PRIORITY. */
    record CreateBrokerPriority(BrokerPriorityDefinition definition) implements CatalogEdit {

        @Override
        public void apply(CatalogEditor editor) {
            editor.priorities().define(definition);
        }
    }

    /** ALTER BROKER PRIORITY. */
    record AlterBrokerPriority(BrokerPriorityDefinition definition) implements CatalogEdit {

        @Override
        public void apply(CatalogEditor editor) {
            editor.priorities().alter(definition);
        }
    }

    /** CREATE EVENT NOTIFICATION. */
    record CreateEventNotification(EventNotificationDefinition definition) implements CatalogEdit {

        @Override
        public void apply(CatalogEditor editor) {
            editor.define(definition);
        }
    }

    /** DROP EVENT NOTIFICATION; the queue is null for one on the database. */
    record DropEventNotification(String name, String queue) implements CatalogEdit {

        @Override
        public void apply(CatalogEditor editor) {
            editor.events().drop(name, Queue.nameOf(queue));
        }
    }

    /** ALTER DATABASE SET with an option that is on or off. */
    record SetOption(DatabaseOption option, boolean on) implements CatalogEdit {

        @Override
        public void apply(CatalogEditor editor) {
            editor.options().set(option, on);
        }
    }

    /** ALTER DATABASE SET ERROR_BROKER_CONVERSATIONS. */
    record ErrorConversations() implements CatalogEdit {

        @Override
        public void apply(CatalogEditor editor) {
            editor.options().errorConversations();
        }
    }

    /** ALTER DATABASE SET NEW_BROKER, as far as it is a matter of definitions: whether it is allowed. */
    record NewBroker() implements CatalogEdit {

        @Override
        public void apply(CatalogEditor editor) {
            editor.options().checkBroker("NEW_BROKER");
        }
    }

    /** DROP. */
    record Drop(Dropped kind, String name) implements CatalogEdit {

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

    /** Something about users and permissions. */
    record Security(SecurityEdit wanted) implements CatalogEdit {

        @Override
        public void apply(CatalogEditor editor) {
            editor.security().apply(wanted, editor);
        }
    }

    /** Something about keys and certificates. */
    record Key(KeyEdit wanted) implements CatalogEdit {

        @Override
        public void apply(CatalogEditor editor) {
            wanted.apply(editor);
        }
    }

    /** Something about the server as a whole. */
    record Server(ServerEdit wanted) implements CatalogEdit {

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
