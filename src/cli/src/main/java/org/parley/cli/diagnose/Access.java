package org.parley.cli.diagnose;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.parley.Permission;
import org.parley.PermissionDefinition;
import org.parley.Securable;
import org.parley.UserDefinition;

/** What a user of a database may: an owner everything; else a denial beats every grant, its own, a role's or public's. */
final class Access {

    private final Definitions database;
    private final String user;
    private final Set<String> principals = new TreeSet<>(Set.of("public"));

    Access(Definitions database, String user) {
        this.database = database;
        this.user = user;
        principals.add(user);
        database.user(user).map(UserDefinition::roles).ifPresent(principals::addAll);
    }

    /** The statements after which it has the permission; empty when it has it. */
    Optional<String> needs(Permission permission, Securable on) {
        if (user.equals("dbo") || database.owner(on).equals(user)) {
            return Optional.empty();
        }
        List<PermissionDefinition> denials = rows(permission, on, false);
        boolean granted = ofRole(permission) || !rows(permission, on, true).isEmpty();
        if (granted && denials.isEmpty()) {
            return Optional.empty();
        }
        StringBuilder statements = new StringBuilder();
        denials.forEach(denial -> statements
                .append("REVOKE ")
                .append(denial.permission().shown())
                .append(on(on))
                .append(" FROM ")
                .append(Quoted.name(denial.principal()))
                .append(";\n"));
        if (!granted) {
            statements
                    .append("GRANT ")
                    .append(permission.shown())
                    .append(on(on))
                    .append(" TO ")
                    .append(Quoted.name(user))
                    .append(";");
        }
        return Optional.of(statements.toString().stripTrailing());
    }

    private List<PermissionDefinition> rows(Permission permission, Securable on, boolean granted) {
        return database.permissions().stream()
                .filter(row -> row.granted() == granted
                        && row.on().equals(on)
                        && principals.contains(row.principal())
                        && (row.permission() == permission || row.permission() == Permission.CONTROL))
                .toList();
    }

    private boolean ofRole(Permission permission) {
        return principals.contains("db_owner")
                || principals.contains("db_ddladmin")
                        && Set.of(Permission.ALTER, Permission.REFERENCES, Permission.VIEW_DEFINITION)
                                .contains(permission);
    }

    private static String on(Securable object) {
        boolean inSchema = object.kind() == Securable.Kind.QUEUE || object.kind() == Securable.Kind.PROCEDURE;
        String kind = inSchema ? "" : object.kind().shown().toUpperCase(Locale.ROOT) + "::";
        return " ON " + kind + Quoted.name(object.name());
    }
}
