package org.parley.sql.print;

import org.parley.sql.ast.DefinitionStatement;
import org.parley.sql.ast.DefinitionStatement.QueueOption;

/** Prints options of queues. */
final class QueueOptionPrinter extends Rules<QueueOption> {

    private final Output out;
    private final ExpressionPrinter expressions;

    QueueOptionPrinter(Output out, ExpressionPrinter expressions) {
        this.out = out;
        this.expressions = expressions;
        on(
                DefinitionStatement.Switch.class,
                it -> out.words(it.option()).words("=").onOff(it.on()));
        on(DefinitionStatement.RedeliveryDelay.class, it -> {
            out.words("REDELIVERY_DELAY =");
            expressions.print(it.milliseconds());
        });
        on(DefinitionStatement.Activation.class, this::activation);
        on(DefinitionStatement.PoisonMessages.class, this::poison);
    }

    private void activation(DefinitionStatement.Activation activation) {
        out.words("ACTIVATION");
        if (activation.drop()) {
            out.words("(DROP)");
            return;
        }
        Options parts = new Options(out, "(");
        parts.value("STATUS =", activation.on(), out::onOff);
        parts.value("PROCEDURE_NAME =", activation.procedure(), out::name);
        parts.value("MAX_QUEUE_READERS =", activation.maxReaders(), expressions::print);
        parts.value(
                "EXECUTE AS",
                activation.executeAs(),
                it -> out.words(it.user() == null ? it.context() : Output.quoted(it.user())));
        out.mark(")");
    }

    private void poison(DefinitionStatement.PoisonMessages poison) {
        out.words("POISON_MESSAGE_HANDLING");
        Options parts = new Options(out, "(");
        parts.value("STATUS =", poison.on(), out::onOff);
        parts.value("ACTION =", poison.action(), out::words);
        out.mark(")");
    }
}
