package org.parley.sql.run;

import org.parley.Catalog;
import org.parley.sql.ast.DefinitionStatement.Drop;
import org.parley.sql.ast.DefinitionStatement.Kind;
import org.parley.sql.ast.ObjectName;

/** DROP of what a database or the server holds. */
final class DropRunner {

    private final DefinitionContext definitions;

    DropRunner(DefinitionContext definitions) {
        this.definitions = definitions;
    }

    void register(DefinitionSteps steps) {
        steps.does(Drop.class, this::drop);
    }

    private void drop(Drop drop) {
        if (drop.kind() == Kind.MASTER_KEY) {
            DefinitionContext.drop(drop.ifExists(), definitions.catalog()::dropMasterKey);
            return;
        }
        for (ObjectName name : drop.names()) {
            DefinitionContext.drop(drop.ifExists(), () -> drop(drop.kind(), name));
        }
    }

    private void drop(Kind kind, ObjectName name) {
        Catalog catalog = definitions.catalog();
        String last = name.last();
        switch (kind) {
            case MESSAGE_TYPE -> catalog.dropMessageType(DefinitionContext.stored(last));
            case CONTRACT -> catalog.dropContract(DefinitionContext.stored(last));
            case QUEUE -> catalog.dropQueue(definitions.local(name));
            case SERVICE -> catalog.dropService(DefinitionContext.stored(last));
            case ROUTE -> catalog.dropRoute(last);
            case REMOTE_SERVICE_BINDING -> catalog.dropRemoteServiceBinding(last);
            case BROKER_PRIORITY -> catalog.dropBrokerPriority(last);
            case XML_SCHEMA_COLLECTION -> catalog.dropXmlSchemaCollection(definitions.local(name));
            case PROCEDURE -> catalog.dropProcedure(definitions.local(name));
            case ENDPOINT -> catalog.dropNetworkEndpoint(last);
            case CERTIFICATE -> catalog.dropCertificate(last);
            case USER -> catalog.dropUser(last);
            case LOGIN -> catalog.dropLogin(last);
            case DATABASE -> throw definitions.noDefinition("DROP DATABASE '" + last + "'");
            case MASTER_KEY -> throw new IllegalArgumentException("A master key has no name.");
        }
    }
}
