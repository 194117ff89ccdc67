package org.parley.engine.catalog;

import java.util.List;
import org.parley.ContractDefinition;
import org.parley.ContractDefinition.SentBy;
import org.parley.MessageTypeDefinition;
import org.parley.MessageTypeDefinition.Validation;
import org.parley.QueueDefinition;
import org.parley.ServiceDefinition;

/**
 * What a definition asks for, as it was written: lists keep an entry that stands twice, which is an error for
 * {@link CatalogEditor} to find.
 */
sealed interface DefinitionStatement {

    /** CREATE MESSAGE TYPE. */
    record CreateMessageType(String name, Validation validation) implements DefinitionStatement {

        static CreateMessageType of(MessageTypeDefinition definition) {
            return new CreateMessageType(definition.name(), definition.validation());
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

        /** A message type and who may send it. */
        record Entry(String messageType, SentBy sentBy) {}
    }

    /** CREATE QUEUE. */
    record CreateQueue(String name, boolean on) implements DefinitionStatement {

        static CreateQueue of(QueueDefinition definition) {
            return new CreateQueue(definition.name(), definition.on());
        }
    }

    /** ALTER QUEUE ... WITH STATUS. */
    record AlterQueue(String name, boolean on) implements DefinitionStatement {}

    /** CREATE SERVICE. */
    record CreateService(String name, String queue, List<String> contracts) implements DefinitionStatement {

        static CreateService of(ServiceDefinition definition) {
            return new CreateService(definition.name(), definition.queue(), List.copyOf(definition.contracts()));
        }
    }

    /** A statement about users and permissions. */
    record Security(SecurityStatement wanted) implements DefinitionStatement {}
}
