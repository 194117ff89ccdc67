package org.parley.cli.diagnose;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.parley.BrokerConnection;
import org.parley.BrokerPriorityDefinition;
import org.parley.Catalog;
import org.parley.ContractDefinition;
import org.parley.DatabaseOptions;
import org.parley.MessageTypeDefinition;
import org.parley.PermissionDefinition;
import org.parley.ProcedureDefinition;
import org.parley.QueueDefinition;
import org.parley.RouteDefinition;
import org.parley.Securable;
import org.parley.ServiceDefinition;
import org.parley.UserDefinition;
import org.parley.XmlSchemaCollectionDefinition;

/** What a database holds, at one moment. */
public record Definitions(
        String name,
        UUID broker,
        DatabaseOptions options,
        List<MessageTypeDefinition> messageTypes,
        List<XmlSchemaCollectionDefinition> schemas,
        List<ContractDefinition> contracts,
        List<QueueDefinition> queues,
        List<ServiceDefinition> services,
        List<RouteDefinition> routes,
        List<BrokerPriorityDefinition> priorities,
        List<ProcedureDefinition> procedures,
        List<UserDefinition> users,
        List<PermissionDefinition> permissions,
        Map<Securable, String> owners) {

    private static final String DBO = "dbo";

    /** Reads those of a database. */
    public static Definitions of(BrokerConnection connection) {
        Catalog catalog = connection.catalog();
        return new Definitions(
                connection.database(),
                connection.brokerInstance(),
                catalog.options(),
                catalog.messageTypes(),
                catalog.xmlSchemaCollections(),
                catalog.contracts(),
                catalog.queues(),
                catalog.services(),
                catalog.routes(),
                catalog.brokerPriorities(),
                catalog.procedures(),
                catalog.users(),
                catalog.permissions(),
                catalog.owners());
    }

    Optional<MessageTypeDefinition> messageType(String wanted) {
        return find(messageTypes, MessageTypeDefinition::name, wanted);
    }

    Optional<XmlSchemaCollectionDefinition> schemaCollection(String wanted) {
        return find(schemas, XmlSchemaCollectionDefinition::name, wanted);
    }

    Optional<ContractDefinition> contract(String wanted) {
        return find(contracts, ContractDefinition::name, wanted);
    }

    Optional<QueueDefinition> queue(String wanted) {
        return find(queues, QueueDefinition::name, wanted);
    }

    Optional<ServiceDefinition> service(String wanted) {
        return find(services, ServiceDefinition::name, wanted);
    }

    Optional<UserDefinition> user(String wanted) {
        return find(users, UserDefinition::name, wanted);
    }

    /** The procedure of a name of one to three parts. */
    Optional<ProcedureDefinition> procedure(String wanted) {
        String last =
                wanted.substring(wanted.lastIndexOf('.') + 1).replace("[", "").replace("]", "");
        return find(procedures, ProcedureDefinition::name, last);
    }

    String owner(Securable object) {
        return owners.getOrDefault(object, DBO);
    }

    private static <T> Optional<T> find(List<T> all, Function<T, String> name, String wanted) {
        return all.stream().filter(each -> name.apply(each).equals(wanted)).findFirst();
    }
}
