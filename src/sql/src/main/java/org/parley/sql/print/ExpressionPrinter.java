package org.parley.sql.print;

import java.util.List;
import java.util.Set;
import org.parley.sql.ast.Expression;
import org.parley.sql.ast.Query;
import org.parley.sql.ast.TypeName;

/** Prints expressions; parentheses stand only where the tree would be another one without them. */
final class ExpressionPrinter extends Rules<Expression> {

    private static final Set<String> WITHOUT_PARENTHESES =
            Set.of("CURRENT_TIMESTAMP", "CURRENT_USER", "SESSION_USER", "SYSTEM_USER", "USER");
    private static final Set<String> KEYWORDS = Set.of("COALESCE", "NULLIF", "LEFT", "RIGHT");
    private static final Set<String> COMPARISONS = Set.of("=", "<>", "<", "<=", ">", ">=");
    private static final Set<String> PRODUCTS = Set.of("*", "/", "%");

    private static final String NATIONAL = "national ";
    private static final String VARYING = " varying";

    private static final int OR = 1;
    private static final int AND = 2;
    private static final int NOT = 3;
    private static final int PREDICATE = 4;
    private static final int SUM = 5;
    private static final int PRODUCT = 6;
    private static final int SIGN = 7;
    private static final int ATOM = 8;

    private final Output out;
    private final QueryPrinter queries;

    ExpressionPrinter(Output out) {
        this.out = out;
        this.queries = new QueryPrinter(out, this);
        on(Expression.Null.class, it -> out.words("NULL"));
        on(Expression.Number.class, it -> out.words(it.text()));
        on(Expression.Text.class, it -> out.words((it.national() ? "N" : "") + Output.quoted(it.value())));
        on(Expression.Bytes.class, it -> out.words("0x" + it.digits()));
        on(Expression.Variable.class, it -> out.words(it.name()));
        on(Expression.SystemVariable.class, it -> out.words(it.name()));
        on(Expression.Column.class, it -> out.name(it.name()));
        on(Expression.Unary.class, this::unary);
        on(Expression.Operation.class, this::operation);
        on(Expression.Logical.class, this::logical);
        on(Expression.Not.class, it -> {
            out.words("NOT");
            atLeast(NOT, it.operand());
        });
        on(Expression.IsNull.class, it -> {
            atLeast(SUM, it.operand());
            out.words(it.negated() ? "IS NOT NULL" : "IS NULL");
        });
        on(Expression.In.class, this::in);
        on(Expression.Like.class, this::like);
        on(Expression.Between.class, this::between);
        on(Expression.Exists.class, it -> subquery("EXISTS", it.query()));
        on(Expression.Subquery.class, it -> out.parentheses(() -> queries.query(it.query())));
        on(Expression.Case.class, this::caseOf);
        on(Expression.Cast.class, this::cast);
        on(Expression.Convert.class, this::convert);
        on(Expression.Call.class, this::call);
        on(Expression.XmlMethod.class, this::method);
    }

    QueryPrinter queries() {
        return queries;
    }

    /** An expression, in parentheses when it binds less than it must here. */
    private void atLeast(int binding, Expression expression) {
        if (binding(expression) < binding) {
            out.parentheses(() -> print(expression));
        } else {
            print(expression);
        }
    }

    private static int binding(Expression expression) {
        if (expression instanceof Expression.Logical logical) {
            return logical.and() ? AND : OR;
        }
        if (expression instanceof Expression.Not) {
            return NOT;
        }
        if (expression instanceof Expression.Operation operation) {
            return COMPARISONS.contains(operation.operator()) ? PREDICATE : arithmetic(operation.operator());
        }
        if (expression instanceof Expression.IsNull
                || expression instanceof Expression.In
                || expression instanceof Expression.Like
                || expression instanceof Expression.Between) {
            return PREDICATE;
        }
        return expression instanceof Expression.Unary ? SIGN : ATOM;
    }

    private static int arithmetic(String operator) {
        return PRODUCTS.contains(operator) ? PRODUCT : SUM;
    }

    /** A space stays between two signs: {@code --} begins a comment. */
    private void unary(Expression.Unary unary) {
        out.words(unary.operator());
        if (unary.operand() instanceof Expression.Unary) {
            print(unary.operand());
        } else {
            atLeast(ATOM, unary.operand());
        }
    }

    private void operation(Expression.Operation operation) {
        boolean comparison = COMPARISONS.contains(operation.operator());
        int binding = comparison ? SUM : arithmetic(operation.operator());
        atLeast(binding, operation.left());
        out.words(operation.operator());
        atLeast(comparison ? binding : binding + 1, operation.right());
    }

    private void logical(Expression.Logical logical) {
        int binding = logical.and() ? AND : OR;
        atLeast(binding, logical.left());
        out.words(logical.and() ? "AND" : "OR");
        atLeast(binding + 1, logical.right());
    }

    private void in(Expression.In in) {
        atLeast(SUM, in.operand());
        out.words(in.negated() ? "NOT IN" : "IN");
        if (in.query() == null) {
            list(in.list());
        } else {
            out.parentheses(() -> queries.query(in.query()));
        }
    }

    private void like(Expression.Like like) {
        atLeast(SUM, like.operand());
        out.words(like.negated() ? "NOT LIKE" : "LIKE");
        atLeast(SUM, like.pattern());
        out.optional("ESCAPE", like.escape(), escape -> atLeast(SUM, escape));
    }

    private void between(Expression.Between between) {
        atLeast(SUM, between.operand());
        out.words(between.negated() ? "NOT BETWEEN" : "BETWEEN");
        atLeast(SUM, between.low());
        out.words("AND");
        atLeast(SUM, between.high());
    }

    private void subquery(String word, Query query) {
        out.words(word).parentheses(() -> queries.query(query));
    }

    private void caseOf(Expression.Case chosen) {
        out.words("CASE");
        if (chosen.operand() != null) {
            print(chosen.operand());
        }
        for (Expression.When when : chosen.whens()) {
            out.words("WHEN");
            print(when.condition());
            out.words("THEN");
            print(when.value());
        }
        out.optional("ELSE", chosen.otherwise(), this::print).words("END");
    }

    private void cast(Expression.Cast cast) {
        out.words(cast.attempt() ? "TRY_CAST(" : "CAST(");
        print(cast.operand());
        out.words("AS");
        type(cast.type());
        out.mark(")");
    }

    private void convert(Expression.Convert convert) {
        out.words(convert.attempt() ? "TRY_CONVERT(" : "CONVERT(");
        type(convert.type());
        out.mark(",");
        print(convert.operand());
        if (convert.style() != null) {
            out.mark(",");
            print(convert.style());
        }
        out.mark(")");
    }

    private void call(Expression.Call call) {
        if (WITHOUT_PARENTHESES.contains(call.name())) {
            out.words(call.name());
            return;
        }
        out.words((KEYWORDS.contains(call.name()) ? call.name() : Output.delimited(call.name())) + "(");
        if (call.star()) {
            out.words("*");
        } else {
            if (call.distinct()) {
                out.words("DISTINCT");
            }
            out.list(call.arguments(), this::print);
        }
        out.mark(")");
    }

    private void method(Expression.XmlMethod method) {
        if (isReceiver(method.target())) {
            print(method.target());
        } else {
            out.parentheses(() -> print(method.target()));
        }
        out.mark("." + method.method() + "(")
                .list(method.arguments(), this::print)
                .mark(")");
    }

    private static boolean isReceiver(Expression target) {
        return target instanceof Expression.Variable
                || target instanceof Expression.Column
                || target instanceof Expression.Cast
                || target instanceof Expression.Convert
                || target instanceof Expression.Subquery
                || target instanceof Expression.XmlMethod
                || target instanceof Expression.Call call && !WITHOUT_PARENTHESES.contains(call.name());
    }

    void list(List<Expression> expressions) {
        out.parentheses(() -> out.list(expressions, this::print));
    }

    void type(TypeName type) {
        typeName(type.name());
        if (type.collection() != null) {
            out.mark("(").name(type.collection()).mark(")");
        } else if (!type.arguments().isEmpty()) {
            out.mark("(")
                    .list(type.arguments(), it -> out.words(it == TypeName.MAX ? "max" : it.toString()))
                    .mark(")");
        }
    }

    private void typeName(String name) {
        if (name.equals("xml") || name.equals("double precision")) {
            out.words(name);
        } else if (name.startsWith(NATIONAL)) {
            out.words("national");
            typeName(name.substring(NATIONAL.length()));
        } else if (name.endsWith(VARYING)) {
            out.name(name.substring(0, name.length() - VARYING.length())).words("varying");
        } else {
            out.name(name);
        }
    }
}
