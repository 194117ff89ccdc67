package org.parley.sql.parse;

import java.util.List;
import org.parley.sql.ast.DefinitionStatement;
import org.parley.sql.ast.DefinitionStatement.ExecuteAs;
import org.parley.sql.ast.DefinitionStatement.QueueOption;
import org.parley.sql.ast.Expression;
import org.parley.sql.ast.ObjectName;
import org.parley.sql.parse.StatementParser.ActivationOptionContext;
import org.parley.sql.parse.StatementParser.AlterQueueContext;
import org.parley.sql.parse.StatementParser.CreateQueueContext;
import org.parley.sql.parse.StatementParser.PoisonOptionContext;
import org.parley.sql.parse.StatementParser.QueueOptionContext;
import org.parley.sql.parse.StatementParser.QueueStorageContext;

/** Makes definitions of queues. */
final class QueueBuilder extends StatementParserBaseVisitor<DefinitionStatement> {

    @Override
    public DefinitionStatement visitCreateQueue(CreateQueueContext context) {
        return new DefinitionStatement.Queue(
                Terms.at(context),
                false,
                Terms.objectName(context.objectName()),
                DefinitionBuilder.owner(context.authorization()),
                options(context.queueOption()),
                Terms.name(context.name()));
    }

    @Override
    public DefinitionStatement visitAlterQueue(AlterQueueContext context) {
        ObjectName name = Terms.objectName(context.objectName());
        return context.queueStorage() == null
                ? new DefinitionStatement.Queue(
                        Terms.at(context), true, name, null, options(context.queueOption()), null)
                : new DefinitionStatement.QueueStorage(Terms.at(context), name, storage(context.queueStorage()));
    }

    private static String storage(QueueStorageContext context) {
        return context.name() == null
                ? Terms.words(context)
                : "MOVE TO [" + Terms.name(context.name()).replace("]", "]]") + "]";
    }

    private static List<QueueOption> options(List<QueueOptionContext> contexts) {
        Terms.once(contexts);
        return Terms.all(contexts, QueueBuilder::option);
    }

    private static QueueOption option(QueueOptionContext context) {
        if (context.onOff() != null) {
            return new DefinitionStatement.Switch(Terms.upper(context.getStart().getText()), Terms.on(context.onOff()));
        }
        if (context.REDELIVERY_DELAY() != null) {
            return new DefinitionStatement.RedeliveryDelay(Terms.number(context.INTEGER()));
        }
        if (context.POISON_MESSAGE_HANDLING() != null) {
            return poison(context.poisonOption());
        }
        return context.DROP() == null
                ? activation(context.activationOption())
                : new DefinitionStatement.Activation(true, null, null, null, null);
    }

    private static QueueOption activation(List<ActivationOptionContext> options) {
        Terms.once(options);
        Boolean on = null;
        ObjectName procedure = null;
        Expression readers = null;
        ExecuteAs executeAs = null;
        for (ActivationOptionContext option : options) {
            if (option.STATUS() != null) {
                on = Terms.on(option.onOff());
            } else if (option.PROCEDURE_NAME() != null) {
                procedure = Terms.objectName(option.objectName());
            } else if (option.MAX_QUEUE_READERS() != null) {
                readers = Terms.number(option.INTEGER());
            } else {
                executeAs = option.TEXT() == null
                        ? new ExecuteAs(Terms.upper(option.getStop().getText()), null)
                        : new ExecuteAs("USER", Terms.text(option.TEXT()));
            }
        }
        return new DefinitionStatement.Activation(false, on, procedure, readers, executeAs);
    }

    private static QueueOption poison(List<PoisonOptionContext> options) {
        Terms.once(options);
        Boolean on = null;
        String action = null;
        for (PoisonOptionContext option : options) {
            if (option.STATUS() != null) {
                on = Terms.on(option.onOff());
            } else {
                action = Terms.upper(option.getStop().getText());
            }
        }
        return new DefinitionStatement.PoisonMessages(on, action);
    }
}
