package org.parley.engine.store;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.parley.BrokerPriorityDefinition;
import org.parley.ContractDefinition.SentBy;
import org.parley.DatabaseOptions;
import org.parley.EventNotificationDefinition;
import org.parley.EventNotificationDefinition.Event;
import org.parley.MessageTypeDefinition.Validation;
import org.parley.NetworkEndpointDefinition;
import org.parley.ProcedureDefinition;
import org.parley.QueueDefinition;
import org.parley.RemoteServiceBindingDefinition;
import org.parley.RouteDefinition;

/**
 * The definitions of a database as they are stored, of all kinds. System objects are not stored.
 *
 * @param all rows of any kind
 */
public record CatalogRows(List<CatalogRows.Row> all) {

    /** First id of objects that users define; below it are the system's. */
    public static final int FIRST_USER_ID = 65536;

    /** A definition. */
    public sealed interface Row {

        /** Its id; no two rows have the same. */
        int id();
    }

    /** The rows of one kind. */
    public <T extends Row> List<T> of(Class<T> kind) {
        return all.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /**
     * A message type.
     *
     * @param id its id
     * @param name its name
     * @param validation what a body must be
     * @param schemaCollection id of the XML schema collection of VALID_XML; null with every other validation
     */
    public record MessageTypeRow(int id, String name, Validation validation, Integer schemaCollection) implements Row {

        /** A message type without an XML schema collection. */
        public MessageTypeRow(int id, String name, Validation validation) {
            this(id, name, validation, null);
        }
    }

    /**
     * An XML schema collection.
     *
     * @param id its id
     * @param name its name without a schema
     * @param documents XML schema documents, in the order in which they were given
     * @param created when it was made
     * @param modified when it was last added to
     */
    public record XmlSchemaCollectionRow(int id, String name, List<String> documents, Instant created, Instant modified)
            implements Row {}

    /**
     * A contract.
     *
     * @param id its id
     * @param name its name
     * @param sentBy who sends which message type, by the type's id
     */
    public record ContractRow(int id, String name, Map<Integer, SentBy> sentBy) implements Row {}

    /**
     * A queue.
     *
     * @param id its id
     * @param definition its name without a schema, its options
     * @param offSince queuing order of the last message that was sent before it was turned off; {@link #NEVER} while it is on
     * @param created when it was made, null for one of the system's
     * @param modified when it was last altered
     */
    public record QueueRow(int id, QueueDefinition definition, long offSince, Instant created, Instant modified)
            implements Row {

        /** No message is so late. */
        public static final long NEVER = Long.MAX_VALUE;
    }

    /**
     * A service.
     *
     * @param id its id
     * @param name its name
     * @param queue id of its queue
     * @param contracts ids of the contracts it accepts
     */
    public record ServiceRow(int id, String name, int queue, Set<Integer> contracts) implements Row {}

    /**
     * A procedure.
     *
     * @param id its id
     * @param definition its name without a schema, its text, whose rights it has
     * @param created when it was made
     * @param modified when it was last changed
     */
    public record ProcedureRow(int id, ProcedureDefinition definition, Instant created, Instant modified)
            implements Row {

        /** Its name. */
        public String name() {
            return definition.name();
        }
    }

    /**
     * A route.
     *
     * @param id its id
     * @param definition what it says
     */
    public record RouteRow(int id, RouteDefinition definition) implements Row {}

    /**
     * A broker priority.
     *
     * @param id its id
     * @param name its name
     * @param contract id of its contract; null: any
     * @param localService id of its local service; null: any
     * @param remoteService name of its remote service; null: any
     * @param level 1 to 10
     */
    public record PriorityRow(
            int id, String name, Integer contract, Integer localService, String remoteService, int level)
            implements Row {

        /** Level of what no priority matches. */
        public static final int DEFAULT_LEVEL = BrokerPriorityDefinition.DEFAULT_LEVEL;
    }

    /**
     * A remote service binding.
     *
     * @param id its id
     * @param definition what it says
     */
    public record BindingRow(int id, RemoteServiceBindingDefinition definition) implements Row {}

    /**
     * An event notification.
     *
     * @param id its id
     * @param definition what it says; its queue's name without a schema
     * @param queue id of its queue; null: the database
     * @param creator id of the principal that has created it
     * @param created when, in milliseconds of the epoch
     * @param group conversation group of its dialog
     * @param ended whether the service has ended the dialog, so that no more messages come
     */
    public record EventNotificationRow(
            int id,
            EventNotificationDefinition definition,
            Integer queue,
            int creator,
            long created,
            UUID group,
            boolean ended)
            implements Row {

        /** Its name with its scope, as no other has it. */
        public String key() {
            return key(definition.name(), definition.queue());
        }

        /** The key of a name on a queue, or on the database. */
        public static String key(String name, String queue) {
            return name + (queue == null ? " ON DATABASE" : " ON QUEUE " + queue);
        }

        /** The same after the service has ended the dialog. */
        public EventNotificationRow asEnded() {
            return new EventNotificationRow(id, definition, queue, creator, created, group, true);
        }
    }

    /**
     * A certificate.
     *
     * @param id its id
     * @param name its name
     * @param encoded X.509, DER
     * @param privateKey its private key, PKCS #8, encrypted by the master key; null without
     * @param active whether dialogs may begin with it
     */
    public record CertificateRow(int id, String name, byte[] encoded, byte[] privateKey, boolean active)
            implements Row {

        @Override
        public String toString() {
            return "CertificateRow[" + name + "]";
        }
    }

    /**
     * A login of the server; rows of master only.
     *
     * @param id its id; none of a user is the same
     * @param name its name
     * @param verifier what its password is compared with, or null
     * @param certificate name of the certificate that proves it, or null
     * @param enabled whether it may come
     */
    public record LoginRow(int id, String name, String verifier, String certificate, boolean enabled) implements Row {}

    /**
     * The network endpoint of the server; a row of master only.
     *
     * @param id its id
     * @param definition what it says
     */
    public record NetworkEndpointRow(int id, NetworkEndpointDefinition definition) implements Row {}

    /**
     * A service, contract or message type that has been dropped and whose row stays as long as conversations need it.
     *
     * @param object id of the object
     */
    public record DroppedRow(int object) implements Row {

        @Override
        public int id() {
            return -object;
        }
    }

    /**
     * An event whose message hasn't been sent yet. It is no definition, but stored with one: with what has happened.
     *
     * @param id its id
     * @param notification id of the notification that is told
     * @param event what has happened
     * @param queue id of the queue to which
     * @param happened when, in milliseconds of the epoch
     */
    public record EventRow(int id, int notification, Event event, int queue, long happened) implements Row {}

    /**
     * The options of the database; one row.
     *
     * @param options what they are
     * @param masterKey the master key, encrypted; null without a key
     * @param brokenOffBelow conversations with smaller numbers have been broken off by ERROR_BROKER_CONVERSATIONS
     * @param offSince last queuing order that was given when delivery was turned off; of no meaning while it is on
     */
    public record OptionsRow(DatabaseOptions options, String masterKey, long brokenOffBelow, long offSince)
            implements Row {

        /** Its id. */
        public static final int ID = 0;

        /** The options of a database as it is made. */
        public static final OptionsRow DEFAULT = new OptionsRow(DatabaseOptions.DEFAULT, null, 0, 0);

        @Override
        public int id() {
            return ID;
        }
    }
}
