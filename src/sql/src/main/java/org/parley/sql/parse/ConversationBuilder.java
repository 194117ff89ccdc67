package org.parley.sql.parse;

import org.parley.sql.ast.ConversationStatement;
import org.parley.sql.ast.Expression;
import org.parley.sql.parse.StatementParser.BeginDialogContext;
import org.parley.sql.parse.StatementParser.BeginTimerContext;
import org.parley.sql.parse.StatementParser.DialogOptionContext;
import org.parley.sql.parse.StatementParser.EndConversationContext;
import org.parley.sql.parse.StatementParser.GetConversationGroupContext;
import org.parley.sql.parse.StatementParser.MoveConversationContext;
import org.parley.sql.parse.StatementParser.ReceiveContext;
import org.parley.sql.parse.StatementParser.SendContext;
import org.parley.sql.parse.StatementParser.WaitForContext;

/** Makes statements on conversations. */
final class ConversationBuilder extends StatementParserBaseVisitor<ConversationStatement> {

    private final ExpressionBuilder expressions;
    private final QueryBuilder queries;

    ConversationBuilder(ExpressionBuilder expressions, QueryBuilder queries) {
        this.expressions = expressions;
        this.queries = queries;
    }

    @Override
    public ConversationStatement visitBeginDialog(BeginDialogContext context) {
        Terms.once(context.dialogOption());
        ConversationStatement.Relation relation = null;
        Expression lifetime = null;
        Boolean encryption = null;
        for (DialogOptionContext option : context.dialogOption()) {
            Expression value = Terms.constant(option.constant());
            if (option.ENCRYPTION() != null) {
                encryption = Terms.on(option.onOff());
            } else if (option.LIFETIME() != null) {
                lifetime = value;
            } else if (relation == null) {
                relation = new ConversationStatement.Relation(option.RELATED_CONVERSATION_GROUP() != null, value);
            } else {
                throw SyntaxError.at(
                        SyntaxError.SYNTAX,
                        option.getStart(),
                        option.getStart().getText(),
                        "one of the two",
                        "a dialog is related to a conversation or to a group; expected one of the two.");
            }
        }
        return new ConversationStatement.BeginDialog(
                Terms.at(context),
                Terms.variable(context.VARIABLE()),
                Terms.named(context.initiator, "service"),
                Terms.constant(context.service),
                Terms.constant(context.broker),
                Terms.named(context.contract, "contract"),
                relation,
                lifetime,
                encryption);
    }

    @Override
    public ConversationStatement visitBeginTimer(BeginTimerContext context) {
        return new ConversationStatement.BeginTimer(
                Terms.at(context), Terms.constant(context.handle), expressions.value(context.timeout));
    }

    @Override
    public ConversationStatement visitSend(SendContext context) {
        return new ConversationStatement.Send(
                Terms.at(context),
                Terms.all(context.constant(), Terms::constant),
                Terms.named(context.nameOrVariable(), "message type"),
                expressions.value(context.body));
    }

    @Override
    public ConversationStatement visitReceive(ReceiveContext context) {
        ConversationStatement.Condition condition = context.WHERE() == null
                ? null
                : new ConversationStatement.Condition(
                        context.CONVERSATION_GROUP_ID() != null, Terms.constant(context.constant()));
        return new ConversationStatement.Receive(
                Terms.at(context),
                queries.top(context.top()),
                queries.items(context.item()),
                Terms.objectName(context.objectName()),
                Terms.variable(context.VARIABLE()),
                condition);
    }

    @Override
    public ConversationStatement visitGetConversationGroup(GetConversationGroupContext context) {
        return new ConversationStatement.GetConversationGroup(
                Terms.at(context), Terms.variable(context.VARIABLE()), Terms.objectName(context.objectName()));
    }

    @Override
    public ConversationStatement visitMoveConversation(MoveConversationContext context) {
        return new ConversationStatement.MoveConversation(
                Terms.at(context), Terms.constant(context.handle), Terms.constant(context.group));
    }

    @Override
    public ConversationStatement visitEndConversation(EndConversationContext context) {
        ConversationStatement.Failure failure = context.code == null
                ? null
                : new ConversationStatement.Failure(Terms.constant(context.code), Terms.constant(context.description));
        return new ConversationStatement.EndConversation(
                Terms.at(context), Terms.constant(context.handle), failure, context.CLEANUP() != null);
    }

    @Override
    public ConversationStatement visitWaitFor(WaitForContext context) {
        ConversationStatement waiting =
                context.receive() == null ? visit(context.getConversationGroup()) : visit(context.receive());
        return new ConversationStatement.WaitFor(Terms.at(context), waiting, Terms.constant(context.constant()));
    }
}
