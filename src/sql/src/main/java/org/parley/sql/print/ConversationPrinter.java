package org.parley.sql.print;

import org.parley.sql.ast.ConversationStatement;
import org.parley.sql.ast.ConversationStatement.Named;
import org.parley.sql.ast.Expression;

/** Prints statements on conversations. */
final class ConversationPrinter extends Rules<ConversationStatement> {

    private final Output out;
    private final ExpressionPrinter expressions;

    ConversationPrinter(Output out, ExpressionPrinter expressions) {
        this.out = out;
        this.expressions = expressions;
        on(ConversationStatement.BeginDialog.class, this::beginDialog);
        on(ConversationStatement.BeginTimer.class, this::beginTimer);
        on(ConversationStatement.Send.class, this::send);
        on(ConversationStatement.Receive.class, this::receive);
        on(
                ConversationStatement.GetConversationGroup.class,
                it -> out.words("GET CONVERSATION GROUP")
                        .words(it.variable())
                        .words("FROM")
                        .name(it.queue()));
        on(ConversationStatement.MoveConversation.class, this::move);
        on(ConversationStatement.EndConversation.class, this::end);
        on(ConversationStatement.WaitFor.class, this::waitFor);
    }

    private void named(Named named) {
        if (named.name() == null) {
            out.words(named.variable());
        } else {
            out.name(named.name());
        }
    }

    private void beginDialog(ConversationStatement.BeginDialog begin) {
        out.words("BEGIN DIALOG CONVERSATION").words(begin.variable()).words("FROM SERVICE");
        named(begin.fromService());
        out.words("TO SERVICE");
        expressions.print(begin.toService());
        if (begin.broker() != null) {
            out.mark(",");
            expressions.print(begin.broker());
        }
        out.optional("ON CONTRACT", begin.contract(), this::named);
        String before = "WITH";
        if (begin.relation() != null) {
            String relation = begin.relation().group() ? "RELATED_CONVERSATION_GROUP" : "RELATED_CONVERSATION";
            option(before, relation, begin.relation().id());
            before = ",";
        }
        if (begin.lifetime() != null) {
            option(before, "LIFETIME", begin.lifetime());
            before = ",";
        }
        if (begin.encryption() != null) {
            separate(before);
            out.words("ENCRYPTION =").onOff(begin.encryption());
        }
    }

    private void option(String before, String name, Expression value) {
        separate(before);
        out.words(name).words("=");
        expressions.print(value);
    }

    private void separate(String before) {
        if (before.equals(",")) {
            out.mark(before);
        } else {
            out.words(before);
        }
    }

    private void beginTimer(ConversationStatement.BeginTimer begin) {
        out.words("BEGIN CONVERSATION TIMER").parentheses(() -> expressions.print(begin.handle()));
        out.words("TIMEOUT =");
        expressions.print(begin.timeout());
    }

    private void send(ConversationStatement.Send send) {
        out.words("SEND ON CONVERSATION");
        if (send.handles().size() == 1) {
            expressions.print(send.handles().get(0));
        } else {
            expressions.list(send.handles());
        }
        out.optional("MESSAGE TYPE", send.messageType(), this::named);
        if (send.body() != null) {
            out.parentheses(() -> expressions.print(send.body()));
        }
    }

    private void receive(ConversationStatement.Receive receive) {
        out.words("RECEIVE");
        out.optional("TOP", receive.top(), top -> out.parentheses(() -> expressions.print(top)));
        expressions.queries().items(receive.items());
        out.words("FROM").name(receive.queue()).optional("INTO", receive.intoTable(), out::words);
        if (receive.condition() != null) {
            out.words("WHERE")
                    .words(receive.condition().group() ? "conversation_group_id" : "conversation_handle")
                    .words("=");
            expressions.print(receive.condition().id());
        }
    }

    private void move(ConversationStatement.MoveConversation move) {
        out.words("MOVE CONVERSATION");
        expressions.print(move.handle());
        out.words("TO");
        expressions.print(move.group());
    }

    private void end(ConversationStatement.EndConversation end) {
        out.words("END CONVERSATION");
        expressions.print(end.handle());
        if (end.failure() != null) {
            out.words("WITH ERROR =");
            expressions.print(end.failure().code());
            out.words("DESCRIPTION =");
            expressions.print(end.failure().description());
        } else if (end.cleanup()) {
            out.words("WITH CLEANUP");
        }
    }

    private void waitFor(ConversationStatement.WaitFor wait) {
        out.words("WAITFOR").parentheses(() -> print(wait.statement()));
        if (wait.timeout() != null) {
            out.mark(",").words("TIMEOUT");
            expressions.print(wait.timeout());
        }
    }
}
