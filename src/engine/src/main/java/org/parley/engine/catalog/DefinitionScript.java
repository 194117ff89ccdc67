package org.parley.engine.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.parley.BrokerException;
import org.parley.ContractDefinition.SentBy;
import org.parley.MessageTypeDefinition;
import org.parley.MessageTypeDefinition.Validation;
import org.parley.XmlSchemaCollectionDefinition;
import org.parley.engine.catalog.DefinitionStatement.AddXmlSchemas;
import org.parley.engine.catalog.DefinitionStatement.AlterMessageType;
import org.parley.engine.catalog.DefinitionStatement.AlterService;
import org.parley.engine.catalog.DefinitionStatement.CreateContract;
import org.parley.engine.catalog.DefinitionStatement.CreateMessageType;
import org.parley.engine.catalog.DefinitionStatement.CreateService;
import org.parley.engine.catalog.DefinitionStatement.CreateXmlSchemaCollection;
import org.parley.engine.catalog.DefinitionStatement.Drop;
import org.parley.engine.catalog.DefinitionStatement.Dropped;
import org.parley.engine.catalog.Token.Kind;

/**
 * Parses definition statements; what it takes is a part of the whole statement language, and it refuses by name what will
 * only come with that. Statements may be separated by semicolons, by GO on a line of its own, or by nothing.
 *
 * <p>Not one rule calls itself, so no input can exhaust the stack, and each token is looked at once.
 */
final class DefinitionScript {

    private static final String OBJECTS =
            "XML SCHEMA COLLECTION, MESSAGE TYPE, CONTRACT, QUEUE, SERVICE, ROUTE, REMOTE SERVICE BINDING,"
                    + " BROKER PRIORITY, MASTER KEY or EVENT NOTIFICATION";
    private static final String ALTERABLE =
            "XML SCHEMA COLLECTION, MESSAGE TYPE, QUEUE, SERVICE, ROUTE, REMOTE SERVICE BINDING, BROKER PRIORITY or DATABASE CURRENT";

    private final ScriptReader in;
    private final QueueScript queues;
    private final RouteScript routes;
    private final DatabaseScript databases;
    private final PermissionScript permissions;
    private final EventScript events;

    private DefinitionScript(String script) {
        in = new ScriptReader(script);
        queues = new QueueScript(in);
        routes = new RouteScript(in);
        databases = new DatabaseScript(in);
        permissions = new PermissionScript(in);
        events = new EventScript(in);
    }

    /**
     * A statement and where it begins.
     *
     * @param statement what it asks for
     * @param line its line, from 1
     * @param column its column, from 1
     */
    record Placed(DefinitionStatement statement, int line, int column) {}

    /** Whether a script is nothing but ALTER DATABASE with NEW_BROKER. */
    static boolean isNewBroker(String statements) {
        if (!statements.toUpperCase(Locale.ROOT).contains("NEW_BROKER")) {
            return false;
        }
        List<Placed> script = parse(statements);
        return script.size() == 1 && script.get(0).statement() instanceof DefinitionStatement.NewBroker;
    }

    /**
     * The statements of a script, in their order.
     *
     * @throws BrokerException with line, column, what was found and what was expected
     */
    static List<Placed> parse(String script) {
        return new DefinitionScript(script).statements();
    }

    private List<Placed> statements() {
        List<Placed> statements = new ArrayList<>();
        while (in.token().kind() != Kind.END) {
            if (in.token().kind() == Kind.GO || in.token().is(';')) {
                in.advance();
            } else {
                Token first = in.token();
                in.owner(null);
                DefinitionStatement statement = statement();
                DefinitionStatement owned = in.owner() == null
                        ? statement
                        : new DefinitionStatement.Security(new SecurityStatement.Owned(statement, in.owner()));
                statements.add(new Placed(owned, first.line(), first.column()));
            }
        }
        return statements;
    }

    private DefinitionStatement statement() {
        if (in.skip("CREATE")) {
            return create();
        }
        if (in.skip("ALTER")) {
            return alter();
        }
        if (in.skip("DROP")) {
            return drop();
        }
        DefinitionStatement permit = permissions.permitIfAny();
        if (permit != null) {
            return permit;
        }
        throw in.expected("CREATE, ALTER or DROP");
    }

    private DefinitionStatement create() {
        if (in.skip("USER")) {
            return permissions.createUser();
        }
        if (in.skip("XML")) {
            return createXmlSchemaCollection();
        }
        if (in.skip("MESSAGE")) {
            in.expect("TYPE");
            return createMessageType();
        }
        if (in.skip("CONTRACT")) {
            return createContract();
        }
        if (in.skip("QUEUE")) {
            return queues.create();
        }
        if (in.skip("SERVICE")) {
            return createService();
        }
        if (in.skip("ROUTE")) {
            return routes.createRoute();
        }
        if (in.skip("REMOTE")) {
            return routes.createBinding();
        }
        if (in.skip("BROKER")) {
            return databases.createPriority();
        }
        if (in.skip("MASTER")) {
            return databases.createMasterKey();
        }
        if (in.skip("EVENT")) {
            return events.create();
        }
        throw in.expected(OBJECTS);
    }

    private DefinitionStatement alter() {
        DefinitionStatement security = permissions.alterIfAny();
        if (security != null) {
            return security;
        }
        if (in.skip("XML")) {
            return addXmlSchemas();
        }
        if (in.skip("MESSAGE")) {
            in.expect("TYPE");
            String name = in.name("message type");
            in.expect("VALIDATION");
            return new AlterMessageType(messageType(name));
        }
        if (in.skip("QUEUE")) {
            return queues.alter();
        }
        if (in.skip("SERVICE")) {
            return alterService();
        }
        if (in.skip("ROUTE")) {
            return routes.alterRoute();
        }
        if (in.skip("REMOTE")) {
            return routes.alterBinding();
        }
        if (in.skip("BROKER")) {
            return databases.alterPriority();
        }
        if (in.skip("DATABASE")) {
            return databases.alterDatabase();
        }
        throw in.expected(ALTERABLE);
    }

    private DefinitionStatement drop() {
        if (in.skip("USER")) {
            return permissions.dropUser();
        }
        if (in.skip("XML")) {
            return new Drop(Dropped.XML_SCHEMA_COLLECTION, collectionName());
        }
        if (in.skip("MESSAGE")) {
            in.expect("TYPE");
            return new Drop(Dropped.MESSAGE_TYPE, in.name("message type"));
        }
        if (in.skip("CONTRACT")) {
            return new Drop(Dropped.CONTRACT, in.name("contract"));
        }
        if (in.skip("QUEUE")) {
            return new Drop(Dropped.QUEUE, in.queueName());
        }
        if (in.skip("SERVICE")) {
            return new Drop(Dropped.SERVICE, in.name("service"));
        }
        if (in.skip("ROUTE")) {
            return new Drop(Dropped.ROUTE, in.name("route"));
        }
        if (in.skip("REMOTE")) {
            in.expect("SERVICE");
            in.expect("BINDING");
            return new Drop(Dropped.BINDING, in.name("remote service binding"));
        }
        if (in.skip("BROKER")) {
            in.expect("PRIORITY");
            return new Drop(Dropped.PRIORITY, in.name("broker priority"));
        }
        if (in.skip("MASTER")) {
            in.expect("KEY");
            return new DefinitionStatement.Key(new KeyStatement.DropMasterKey());
        }
        if (in.skip("EVENT")) {
            return events.drop();
        }
        throw in.expected(OBJECTS);
    }

    private CreateXmlSchemaCollection createXmlSchemaCollection() {
        String name = collectionName();
        in.skipAuthorization();
        in.expect("AS");
        return new CreateXmlSchemaCollection(XmlSchemaCollectionDefinition.of(name, schemas()));
    }

    private AddXmlSchemas addXmlSchemas() {
        String name = collectionName();
        in.expect("ADD");
        return new AddXmlSchemas(name, schemas());
    }

    private String collectionName() {
        in.expect("SCHEMA");
        in.expect("COLLECTION");
        return in.schemaCollectionName();
    }

    private String schemas() {
        return in.text("XML schemas in quotes");
    }

    private CreateMessageType createMessageType() {
        String name = in.name("message type");
        in.skipAuthorization();
        return new CreateMessageType(
                in.skip("VALIDATION") ? messageType(name) : new MessageTypeDefinition(name, Validation.NONE));
    }

    /** Behind VALIDATION. */
    private MessageTypeDefinition messageType(String name) {
        in.expect('=');
        for (Validation validation : Validation.values()) {
            if (in.skip(validation.name())) {
                return new MessageTypeDefinition(
                        name, validation, validation == Validation.VALID_XML ? withSchemaCollection() : null);
            }
        }
        throw in.expected("NONE, EMPTY, WELL_FORMED_XML or VALID_XML");
    }

    private String withSchemaCollection() {
        in.expect("WITH");
        in.expect("SCHEMA");
        in.expect("COLLECTION");
        return in.schemaCollectionName();
    }

    private CreateContract createContract() {
        String name = in.name("contract");
        in.skipAuthorization();
        List<CreateContract.Entry> entries = new ArrayList<>();
        in.expect('(');
        do {
            String messageType = in.name("message type");
            in.expect("SENT");
            in.expect("BY");
            entries.add(new CreateContract.Entry(messageType, sentBy()));
        } while (in.skip(','));
        in.close();
        return new CreateContract(name, entries);
    }

    private SentBy sentBy() {
        for (SentBy side : SentBy.values()) {
            if (in.skip(side.name())) {
                return side;
            }
        }
        throw in.expected("INITIATOR, TARGET or ANY");
    }

    private CreateService createService() {
        String name = in.name("service");
        in.skipAuthorization();
        in.expect("ON");
        in.expect("QUEUE");
        String queue = in.queueName();
        return new CreateService(name, queue, in.skip('(') ? in.names("contract") : List.of());
    }

    private AlterService alterService() {
        String name = in.name("service");
        String queue = null;
        if (in.skip("ON")) {
            in.expect("QUEUE");
            queue = in.queueName();
        }
        List<AlterService.Change> changes = new ArrayList<>();
        if (in.skip('(')) {
            do {
                boolean add = in.skip("ADD");
                if (!add && !in.skip("DROP")) {
                    throw in.expected("ADD CONTRACT or DROP CONTRACT");
                }
                in.expect("CONTRACT");
                changes.add(new AlterService.Change(add, in.name("contract")));
            } while (in.skip(','));
            in.close();
        }
        return new AlterService(name, queue, changes);
    }
}
