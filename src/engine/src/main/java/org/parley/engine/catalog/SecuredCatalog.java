package org.parley.engine.catalog;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.parley.Permission;
import org.parley.PermissionDefinition;
import org.parley.Securable;
import org.parley.UserDefinition;
import org.parley.engine.catalog.SecurityEdit.AlterAuthorization;
import org.parley.engine.catalog.SecurityEdit.AlterRole;
import org.parley.engine.catalog.SecurityEdit.AlterUser;
import org.parley.engine.catalog.SecurityEdit.CreateUser;
import org.parley.engine.catalog.SecurityEdit.DropUser;
import org.parley.engine.catalog.SecurityEdit.MapUser;
import org.parley.engine.catalog.SecurityEdit.Permit;
import org.parley.engine.security.PrincipalTable;
import org.parley.engine.store.CatalogRows.LoginRow;

/** The part of a catalog that is about principals and permissions. */
abstract class SecuredCatalog extends ProcedureCatalog {

    /** Makes an edit of what belongs to the server as a whole, and so to the database master. */
    abstract void runOnServer(CatalogEdit edit);

    private void run(SecurityEdit edit) {
        run(new CatalogEdit.Security(edit));
    }

    private void runOn(Securable object, SecurityEdit edit) {
        if (object.kind() == Securable.Kind.ENDPOINT) {
            runOnServer(new CatalogEdit.Security(edit));
        } else {
            run(edit);
        }
    }

    @Override
    public List<UserDefinition> users() {
        PrincipalTable table = snapshot().principals();
        return table.users().stream()
                .map(user -> new UserDefinition(
                        user.name(),
                        user.verifier() != null,
                        table.rolesOf(user.id()),
                        user.login(),
                        user.certificate()))
                .toList();
    }

    @Override
    public void createUser(String name) {
        run(new CreateUser(name, null));
    }

    @Override
    public void createUser(String name, char[] password) {
        run(new CreateUser(name, password));
    }

    @Override
    public void createUserForLogin(String name, String login) {
        run(new MapUser(name, Objects.requireNonNull(login, "login"), null));
    }

    @Override
    public void createUserForCertificate(String name, String certificate) {
        run(new MapUser(name, null, Objects.requireNonNull(certificate, "certificate")));
    }

    @Override
    public void setPassword(String user, char[] password) {
        run(new AlterUser(user, password));
    }

    @Override
    public void dropUser(String name) {
        run(new DropUser(name));
    }

    @Override
    public void addRoleMember(String role, String user) {
        run(new AlterRole(role, user, true));
    }

    @Override
    public void dropRoleMember(String role, String user) {
        run(new AlterRole(role, user, false));
    }

    @Override
    public void grant(Permission permission, Securable on, String... principals) {
        runOn(on, new Permit(permission, on, List.of(principals), true));
    }

    @Override
    public void deny(Permission permission, Securable on, String... principals) {
        runOn(on, new Permit(permission, on, List.of(principals), false));
    }

    @Override
    public void revoke(Permission permission, Securable on, String... principals) {
        runOn(on, new Permit(permission, on, List.of(principals), null));
    }

    @Override
    public void alterAuthorization(Securable on, String owner) {
        runOn(on, new AlterAuthorization(on, owner));
    }

    @Override
    public List<PermissionDefinition> permissions() {
        CatalogSnapshot now = snapshot();
        Map<Integer, Securable> objects = objects(now);
        return now.principals().permissions().stream()
                .map(row -> new PermissionDefinition(
                        principal(row.principal(), now),
                        Permission.valueOf(row.permission()),
                        objects.get(row.object()),
                        row.granted()))
                .sorted(Comparator.comparing(PermissionDefinition::principal)
                        .thenComparing(row -> row.on().kind())
                        .thenComparing(row -> row.on().name())
                        .thenComparing(PermissionDefinition::permission))
                .toList();
    }

    private static String principal(int id, CatalogSnapshot now) {
        return now.logins().stream()
                .filter(login -> login.id() == id)
                .map(LoginRow::name)
                .findFirst()
                .orElseGet(() -> now.principals().nameOf(id));
    }

    @Override
    public Map<Securable, String> owners() {
        CatalogSnapshot now = snapshot();
        Map<Integer, Securable> objects = objects(now);
        Map<Securable, String> owners = new HashMap<>();
        now.principals().owners().forEach((object, owner) -> {
            if (objects.containsKey(object)) {
                owners.put(objects.get(object), now.principals().nameOf(owner));
            }
        });
        return Map.copyOf(owners);
    }

    private static Map<Integer, Securable> objects(CatalogSnapshot now) {
        Map<Integer, Securable> objects = new HashMap<>();
        now.messageTypes().forEach(type -> objects.put(type.id(), Securable.messageType(type.name())));
        now.schemaCollections().forEach(each -> objects.put(each.id(), Securable.xmlSchemaCollection(each.name())));
        now.contracts().forEach(contract -> objects.put(contract.id(), Securable.contract(contract.name())));
        now.queues().forEach(queue -> objects.put(queue.id(), Securable.queue(queue.name())));
        now.services().forEach(service -> objects.put(service.id(), Securable.service(service.name())));
        now.procedures().forEach(procedure -> objects.put(procedure.id(), Securable.procedure(procedure.name())));
        now.certificates().forEach(each -> objects.put(each.id(), Securable.certificate(each.name())));
        now.networkEndpoints()
                .forEach(each -> objects.put(
                        each.id(), Securable.endpoint(each.definition().name())));
        return objects;
    }
}
