package org.parley.cli.diagnose;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.parley.BrokerPriorityDefinition;
import org.parley.ContractDefinition;
import org.parley.MessageTypeDefinition;
import org.parley.ServiceDefinition;

/** Statements that make in one database what another one has. */
final class Statements {

    private Statements() {}

    /** Makes a contract, and the message types that are missing for it. */
    static String contract(ContractDefinition contract, Definitions like, Definitions in) {
        return types(contract, like, in) + contract(contract);
    }

    private static String types(ContractDefinition contract, Definitions like, Definitions in) {
        StringBuilder text = new StringBuilder();
        for (String type : new TreeMap<>(contract.sentBy()).keySet()) {
            if (in.messageType(type).isEmpty()) {
                MessageTypeDefinition known = like.messageType(type).orElseThrow();
                text.append(schemas(known, like, in))
                        .append("CREATE MESSAGE TYPE ")
                        .append(Quoted.name(type))
                        .append(" VALIDATION = ")
                        .append(validation(known))
                        .append(";\n");
            }
        }
        return text.toString();
    }

    private static String contract(ContractDefinition contract) {
        Map<String, ContractDefinition.SentBy> sorted = new TreeMap<>(contract.sentBy());
        return "CREATE CONTRACT " + Quoted.name(contract.name()) + " ("
                + sorted.entrySet().stream()
                        .map(each -> Quoted.name(each.getKey()) + " SENT BY " + each.getValue())
                        .collect(Collectors.joining(", "))
                + ");";
    }

    /** Drops a contract with what keeps it, and makes all anew. */
    static String contractAnew(ContractDefinition contract, Definitions like, Definitions in) {
        String name = Quoted.name(contract.name());
        List<ServiceDefinition> accepting = in.services().stream()
                .filter(service -> service.contracts().contains(contract.name()))
                .toList();
        List<BrokerPriorityDefinition> levels = in.priorities().stream()
                .filter(priority -> contract.name().equals(priority.contract()))
                .toList();
        StringBuilder text = new StringBuilder();
        levels.forEach(level -> text.append("DROP BROKER PRIORITY ")
                .append(Quoted.name(level.name()))
                .append(";\n"));
        accepting.forEach(service -> text.append(alter(service, "DROP", name)));
        text.append("DROP CONTRACT ").append(name).append(";\n");
        text.append(contract(contract, like, in)).append("\n");
        accepting.forEach(service -> text.append(alter(service, "ADD", name)));
        levels.forEach(level -> text.append(priority(level)));
        return text.toString().stripTrailing();
    }

    private static String alter(ServiceDefinition service, String how, String contract) {
        return "ALTER SERVICE " + Quoted.name(service.name()) + " (" + how + " CONTRACT " + contract + ");\n";
    }

    private static String priority(BrokerPriorityDefinition level) {
        return "CREATE BROKER PRIORITY " + Quoted.name(level.name()) + " FOR CONVERSATION SET (CONTRACT_NAME = "
                + Quoted.name(level.contract()) + ", LOCAL_SERVICE_NAME = "
                + (level.localService() == null ? "ANY" : Quoted.name(level.localService()))
                + ", REMOTE_SERVICE_NAME = "
                + (level.remoteService() == null ? "ANY" : Quoted.text(level.remoteService())) + ", PRIORITY_LEVEL = "
                + level.level() + ");\n";
    }

    /** Gives a message type the validation that it has elsewhere. */
    static String validation(MessageTypeDefinition type, Definitions like, Definitions in) {
        return schemas(type, like, in) + "ALTER MESSAGE TYPE " + Quoted.name(type.name()) + " VALIDATION = "
                + validation(type) + ";";
    }

    private static String validation(MessageTypeDefinition type) {
        return type.schemaCollection() == null
                ? type.validation().name()
                : "VALID_XML WITH SCHEMA COLLECTION " + Quoted.name(type.schemaCollection());
    }

    private static String schemas(MessageTypeDefinition type, Definitions like, Definitions in) {
        String wanted = type.schemaCollection();
        if (wanted == null || in.schemaCollection(wanted).isPresent()) {
            return "";
        }
        return "CREATE XML SCHEMA COLLECTION " + Quoted.name(wanted) + " AS "
                + Quoted.text(String.join(
                        "\n", like.schemaCollection(wanted).orElseThrow().schemas())) + ";\n";
    }

    /** Makes a service, with a queue of its own. */
    static String service(String service, String contract, Definitions in) {
        String name = service.substring(service.lastIndexOf('/') + 1).replaceAll("[^\\p{L}\\p{Nd}_]", "") + "Queue";
        String queue = name;
        for (int i = 2; isUsed(queue, in); i++) {
            queue = name + i;
        }
        return (in.queue(queue).isPresent() ? "" : "CREATE QUEUE " + Quoted.name(queue) + ";\n") + "CREATE SERVICE "
                + Quoted.name(service) + " ON QUEUE " + Quoted.name(queue)
                + (contract == null ? "" : " (" + Quoted.name(contract) + ")") + ";";
    }

    private static boolean isUsed(String queue, Definitions in) {
        return in.services().stream().anyMatch(service -> service.queue().equals(queue));
    }
}
