package org.parley.sql.table;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.parley.sql.ScriptError;
import org.parley.sql.ast.ObjectName;
import org.parley.sql.ast.Query;
import org.parley.sql.value.Value;

/** Translates FROM: each source gets an alias of its own, and its columns become visible. */
final class SourceTranslator {

    private static final Set<String> WITHOUT_LOCKS = Set.of("NOLOCK", "READUNCOMMITTED");
    private static final Set<String> UNTIL_THE_END = Set.of("HOLDLOCK", "SERIALIZABLE", "UPDLOCK", "XLOCK", "TABLOCKX");
    private static final Set<String> WITHOUT_EFFECT = Set.of(
            "ROWLOCK", "PAGLOCK", "TABLOCK", "NOWAIT", "READCOMMITTED", "READCOMMITTEDLOCK", "NOEXPAND", "FORCESEEK");

    private final Translation translation;
    private final Names names;

    SourceTranslator(Translation translation, Names names) {
        this.translation = translation;
        this.names = names;
    }

    List<SqlQuery.Source> sources(List<Query.Source> from) {
        List<SqlQuery.Source> sources = new ArrayList<>();
        from.forEach(each -> sources.add(source(each)));
        return sources;
    }

    private SqlQuery.Source source(Query.Source source) {
        translation.down();
        try {
            if (source instanceof Query.Table table) {
                return table(table);
            }
            if (source instanceof Query.VariableTable variable) {
                return variable(variable);
            }
            return source instanceof Query.Derived derived ? derived(derived) : join((Query.Join) source);
        } finally {
            translation.up();
        }
    }

    private SqlQuery.Source table(Query.Table table) {
        isolate(table.hints());
        SystemTable system = SystemTable.find(table.name());
        if (system != null) {
            int alias = translation.nextAlias();
            String schema = table.alias() == null ? table.name().before(1) : null;
            names.add(new Names.Visible(called(table.name().last(), table.alias()), schema, system.seen(alias)));
            return new SqlQuery.Rows(system.packing().pack(system.rows(translation)), alias);
        }
        Relation relation = translation.dictionary().relation(table.name());
        int alias = translation.nextAlias();
        names.add(visible(relation, table.name(), table.alias(), alias));
        return new SqlQuery.Table(relation.name(), alias);
    }

    static Names.Visible visible(Relation relation, ObjectName name, String alias, int number) {
        List<Names.Seen> columns = new ArrayList<>();
        for (Relation.Column each : relation.columns()) {
            String shown = relation.view() ? each.name().toLowerCase(Locale.ROOT) : each.name();
            columns.add(new Names.Seen(shown, each.type(), new Sql.Column(number, each.name()), false, columns.size()));
        }
        return new Names.Visible(called(name.last(), alias), alias == null ? name.before(1) : null, columns);
    }

    private static String called(String name, String alias) {
        return alias == null ? name : alias;
    }

    private void isolate(List<String> hints) {
        for (String hint : hints) {
            if (WITHOUT_LOCKS.contains(hint)) {
                translation.isolate(Isolation.READ_UNCOMMITTED);
            } else if (UNTIL_THE_END.contains(hint)) {
                translation.isolate(Isolation.SERIALIZABLE);
            } else if (hint.equals("REPEATABLEREAD")) {
                translation.isolate(Isolation.REPEATABLE_READ);
            } else if (!WITHOUT_EFFECT.contains(hint) && !hint.startsWith("INDEX")) {
                throw new ScriptError(
                        321,
                        "'" + hint
                                + "' is no hint that tables take; allowed are NOLOCK, READUNCOMMITTED, HOLDLOCK, SERIALIZABLE,"
                                + " REPEATABLEREAD, UPDLOCK, XLOCK, TABLOCKX, and without effect ROWLOCK, PAGLOCK, TABLOCK, NOWAIT,"
                                + " READCOMMITTED and INDEX.");
            }
        }
    }

    private SqlQuery.Source variable(Query.VariableTable source) {
        TableVariable variable = (TableVariable) translation.scope().table(source.variable());
        int alias = translation.nextAlias();
        names.add(new Names.Visible(
                called(source.variable(), source.alias()),
                null,
                variable.packing().seen(alias)));
        return new SqlQuery.Rows(variable.packing().pack(variable.rows()), alias);
    }

    private SqlQuery.Source derived(Query.Derived derived) {
        Nested nested = new QueryTranslator(translation).nested(derived.query(), null);
        int alias = translation.nextAlias();
        List<String> called = derived.columns();
        if (!called.isEmpty() && called.size() != nested.columns().size()) {
            throw new ScriptError(
                    called.size() > nested.columns().size() ? 8158 : 8159,
                    "'" + derived.alias() + "' names " + called.size() + " columns, and its query has "
                            + nested.columns().size() + ".");
        }
        List<Names.Seen> columns = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < nested.columns().size(); i++) {
            Nested.Column column = nested.columns().get(i);
            String name = called.isEmpty() ? column.name() : called.get(i);
            if (name.isEmpty()) {
                throw new ScriptError(
                        8155, "Column " + (i + 1) + " of '" + derived.alias() + "' has no name; give it one with AS.");
            }
            if (!seen.add(name.toUpperCase(Locale.ROOT))) {
                throw new ScriptError(8156, "Column '" + name + "' stands twice in '" + derived.alias() + "'.");
            }
            Sql sql = new Sql.Column(alias, SqlQuery.column(i));
            columns.add(new Names.Seen(name, column.type(), sql, column.anyCase(), i));
        }
        names.add(new Names.Visible(derived.alias(), null, columns));
        return new SqlQuery.Derived(nested.query(), alias);
    }

    private SqlQuery.Source join(Query.Join join) {
        if (join.kind().equals("FULL")) {
            translation.enterFullJoin();
            try {
                return full(join);
            } finally {
                translation.leaveFullJoin();
            }
        }
        return join(join, SqlQuery.JoinKind.valueOf(join.kind()));
    }

    private SqlQuery.Join join(Query.Join join, SqlQuery.JoinKind kind) {
        SqlQuery.Source left = source(join.left());
        SqlQuery.Source right = source(join.right());
        return new SqlQuery.Join(kind, left, right, join.condition() == null ? null : condition(join));
    }

    private Sql condition(Query.Join join) {
        return new ExpressionTranslator(translation, names).condition(join.condition());
    }

    /** The store has none: it is a LEFT JOIN, and behind its rows those of the right side that have no partner. */
    private SqlQuery.Source full(Query.Join join) {
        Names both = new Names(null);
        SqlQuery.Source matched = new SourceTranslator(translation, both).join(join, SqlQuery.JoinKind.LEFT);
        Names alone = new Names(null);
        SqlQuery.Source unmatched = new SourceTranslator(translation, alone).source(join.right());
        SourceTranslator inside = new SourceTranslator(translation, new Names(alone));
        SqlQuery.Source partners = inside.source(join.left());
        Sql partner = new Sql.Exists(new SqlQuery(select(List.of(new Sql.Whole(1)), partners, inside.condition(join))));
        List<Names.Seen> columns = columns(both);
        List<Names.Seen> own = columns(alone);
        int missing = columns.size() - own.size();
        List<Sql> ofUnmatched = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            Value none = new Value(columns.get(i).type(), null);
            ofUnmatched.add(
                    i < missing
                            ? Coercion.parameter(none)
                            : own.get(i - missing).sql());
        }
        SqlQuery.Body rows = new SqlQuery.Combined(
                select(columns.stream().map(Names.Seen::sql).toList(), matched, null),
                SqlQuery.SetOperator.UNION,
                true,
                select(ofUnmatched, unmatched, new Sql.Not(partner)));
        int alias = translation.nextAlias();
        both.sources().forEach(each -> names.add(each.seenFrom(alias, columns)));
        return new SqlQuery.Derived(new SqlQuery(rows), alias);
    }

    private static List<Names.Seen> columns(Names names) {
        return names.sources().stream().flatMap(each -> each.columns().stream()).toList();
    }

    private static SqlQuery.Select select(List<Sql> items, SqlQuery.Source from, Sql where) {
        return new SqlQuery.Select(false, items, List.of(from), where, List.of(), null);
    }
}
