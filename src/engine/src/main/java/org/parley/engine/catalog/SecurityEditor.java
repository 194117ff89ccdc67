package org.parley.engine.catalog;

import java.util.Collection;
import java.util.Locale;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.parley.BrokerException;
import org.parley.MessageTypeDefinition;
import org.parley.Permission;
import org.parley.Securable;
import org.parley.engine.catalog.DefinitionStatement.AddXmlSchemas;
import org.parley.engine.catalog.DefinitionStatement.AlterMessageType;
import org.parley.engine.catalog.DefinitionStatement.AlterProcedure;
import org.parley.engine.catalog.DefinitionStatement.AlterQueue;
import org.parley.engine.catalog.DefinitionStatement.AlterService;
import org.parley.engine.catalog.DefinitionStatement.CreateContract;
import org.parley.engine.catalog.DefinitionStatement.CreateEventNotification;
import org.parley.engine.catalog.DefinitionStatement.CreateMessageType;
import org.parley.engine.catalog.DefinitionStatement.CreateProcedure;
import org.parley.engine.catalog.DefinitionStatement.CreateQueue;
import org.parley.engine.catalog.DefinitionStatement.CreateService;
import org.parley.engine.catalog.DefinitionStatement.CreateXmlSchemaCollection;
import org.parley.engine.catalog.DefinitionStatement.Drop;
import org.parley.engine.catalog.DefinitionStatement.DropEventNotification;
import org.parley.engine.catalog.DefinitionStatement.SetOption;
import org.parley.engine.catalog.SecurityStatement.AlterAuthorization;
import org.parley.engine.catalog.SecurityStatement.AlterRole;
import org.parley.engine.catalog.SecurityStatement.AlterUser;
import org.parley.engine.catalog.SecurityStatement.CreateUser;
import org.parley.engine.catalog.SecurityStatement.DropUser;
import org.parley.engine.catalog.SecurityStatement.MapUser;
import org.parley.engine.catalog.SecurityStatement.Owned;
import org.parley.engine.catalog.SecurityStatement.Permit;
import org.parley.engine.security.Access;
import org.parley.engine.security.KeyErrors;
import org.parley.engine.security.PrincipalEditor;
import org.parley.engine.security.PrincipalTable;
import org.parley.engine.security.SecurityErrors;
import org.parley.engine.store.CatalogRows;
import org.parley.engine.store.CatalogWriter;
import org.parley.engine.store.SecurityRows.UserRow;

/**
 * Beside a {@link CatalogEditor}: says whether its caller may do what a statement asks for, makes the caller the owner of
 * what is created, and applies the statements about users and permissions (service-broker.md, section 5.9).
 */
final class SecurityEditor {

    private final Access caller;
    private final IntSupplier nextId;
    private final PrincipalEditor principals;
    private final UserEditor users;
    private int ownerOfNew;

    SecurityEditor(PrincipalTable before, Access caller, Supplier<CatalogWriter> writer, IntSupplier nextId) {
        this.caller = caller;
        this.nextId = nextId;
        this.principals = new PrincipalEditor(before, () -> writer.get().security());
        this.users = new UserEditor(principals);
        this.ownerOfNew = caller.principal();
    }

    /** An id for an object that is being made, which gets its owner. */
    int nextId() {
        int id = nextId.getAsInt();
        principals.setOwner(id, ownerOfNew);
        return id;
    }

    /** Users and permissions as they are now. */
    PrincipalTable table() {
        return principals.table();
    }

    /** Principals and permissions for a snapshot; those of objects that are gone are gone. */
    PrincipalTable principals(CatalogSnapshot after) {
        // what has been dropped and isn't forgotten still acts as its owner
        principals.forgetAllBut(id -> after.has(id) || after.dropped().contains(id));
        return principals.table();
    }

    /** Refuses what the caller may not do. Statements about users and permissions are judged when they are applied. */
    void check(DefinitionStatement statement, CatalogEditor objects) {
        if (caller.everything() || statement instanceof DefinitionStatement.Security) {
            return;
        }
        Securable changed = changed(statement);
        if (changed != null) {
            checkChange(changed, objects);
            if (statement instanceof AlterService service) {
                checkReferences(service.queue(), service.added(), objects);
            } else if (statement instanceof AlterMessageType type) {
                checkReference(type.definition(), objects);
            }
            return;
        }
        if (statement instanceof DefinitionStatement.Server && !caller.databaseOwner()) {
            throw SecurityErrors.notServerOwner(caller, "change logins or the network endpoint of the server");
        }
        boolean ofDatabase = statement instanceof SetOption
                || statement instanceof DefinitionStatement.NewBroker
                || statement instanceof DefinitionStatement.ErrorConversations
                || statement instanceof DefinitionStatement.Key;
        if (ofDatabase && !caller.databaseOwner()) {
            throw SecurityErrors.notOwner(caller, "change options, the master key or certificates of the database");
        }
        if (!caller.definer()) {
            throw SecurityErrors.notDefiner(caller, verb(statement));
        }
        if (statement instanceof CreateContract contract) {
            contract.entries().forEach(entry -> checkReference(Securable.messageType(entry.messageType()), objects));
        } else if (statement instanceof CreateMessageType type) {
            checkReference(type.definition(), objects);
        } else if (statement instanceof CreateService service) {
            checkReferences(service.queue(), service.contracts(), objects);
        }
    }

    /** The object that a statement changes or drops, if permissions on it decide. */
    private static Securable changed(DefinitionStatement statement) {
        if (statement instanceof AlterQueue queue) {
            return Securable.queue(Queue.nameOf(queue.name()));
        } else if (statement instanceof AlterService service) {
            return Securable.service(service.name());
        } else if (statement instanceof AlterMessageType type) {
            return Securable.messageType(type.definition().name());
        } else if (statement instanceof CreateEventNotification notification) {
            return queueOrNull(notification.definition().queue());
        } else if (statement instanceof DropEventNotification notification) {
            return queueOrNull(notification.queue());
        } else if (statement instanceof DefinitionStatement.Key key
                && key.wanted().changed() != null) {
            return Securable.certificate(key.wanted().changed());
        } else if (statement instanceof AddXmlSchemas add) {
            return Securable.xmlSchemaCollection(XmlSchemaCollection.nameOf(add.name()));
        } else if (statement instanceof AlterProcedure procedure) {
            return Securable.procedure(procedure.definition().name());
        } else if (statement instanceof Drop drop) {
            return switch (drop.kind()) {
                case QUEUE -> Securable.queue(Queue.nameOf(drop.name()));
                case SERVICE -> Securable.service(drop.name());
                case CONTRACT -> Securable.contract(drop.name());
                case MESSAGE_TYPE -> Securable.messageType(drop.name());
                case XML_SCHEMA_COLLECTION -> Securable.xmlSchemaCollection(XmlSchemaCollection.nameOf(drop.name()));
                case PROCEDURE -> Securable.procedure(drop.name());
                case ROUTE, BINDING, PRIORITY -> null;
            };
        }
        return null;
    }

    private static Securable queueOrNull(String name) {
        return name == null ? null : Securable.queue(Queue.nameOf(name));
    }

    /** Refuses a service on a queue or contracts that the caller may not refer to; the queue may be null. */
    void checkReferences(String queue, Collection<String> contracts, CatalogEditor objects) {
        if (caller.everything()) {
            return;
        }
        if (queue != null) {
            checkReference(Securable.queue(Queue.nameOf(queue)), objects);
        }
        contracts.forEach(name -> checkReference(Securable.contract(name), objects));
    }

    /** Refuses what only those may who make definitions. */
    void checkDefiner(String what) {
        if (!caller.everything() && !caller.definer()) {
            throw SecurityErrors.notDefiner(caller, "run " + what);
        }
    }

    /** Name of the caller. */
    String self() {
        return caller.name();
    }

    /** Refuses to let a procedure act as somebody else. */
    void checkActsAs(String user) {
        if (!user.equals(caller.name()) && !caller.databaseOwner()) {
            throw SecurityErrors.notOwner(caller, "name '" + user + "' in EXECUTE AS");
        }
    }

    private static String verb(DefinitionStatement statement) {
        String name = statement.getClass().getSimpleName();
        return "run " + name.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toUpperCase(Locale.ROOT);
    }

    /** Refuses a change or drop of an object; one that doesn't exist is somebody else's error. */
    void checkChange(Securable object, CatalogEditor objects) {
        Integer id = objects.idOf(object);
        if (id != null && !caller.may(Permission.ALTER, id) && !caller.may(Permission.CONTROL, id)) {
            throw denied(Permission.ALTER, object);
        }
    }

    private void checkReference(MessageTypeDefinition type, CatalogEditor objects) {
        if (type.schemaCollection() != null) {
            checkReference(Securable.xmlSchemaCollection(XmlSchemaCollection.nameOf(type.schemaCollection())), objects);
        }
    }

    private void checkReference(Securable object, CatalogEditor objects) {
        Integer id = objects.idOf(object);
        // what this transaction has made isn't in the table that the caller's access comes from
        boolean own = id != null && principals.table().ownerOf(id).equals(caller.name());
        if (id != null && !own && !caller.may(Permission.REFERENCES, id)) {
            throw denied(Permission.REFERENCES, object);
        }
    }

    private BrokerException denied(Permission permission, Securable object) {
        return SecurityErrors.denied(caller, permission, object.kind().shown(), object.name());
    }

    /** Applies a statement about users and permissions. */
    void apply(SecurityStatement statement, CatalogEditor objects) {
        if (statement instanceof Permit permit) {
            permit(permit, objects);
        } else if (statement instanceof AlterAuthorization change) {
            authorize(change, objects);
        } else if (statement instanceof Owned owned) {
            create(owned, objects);
        } else if (!caller.databaseOwner()) {
            throw SecurityErrors.notOwner(caller, "create, change or drop users");
        } else if (statement instanceof CreateUser user) {
            users.create(user);
        } else if (statement instanceof MapUser user) {
            users.create(user, objects);
        } else if (statement instanceof AlterUser user) {
            users.setPassword(user(user.name()), user.password());
        } else if (statement instanceof DropUser user) {
            users.drop(user(user.name()), objects.routes().bindingsOf(user.name()));
        } else if (statement instanceof AlterRole change) {
            int role = PrincipalTable.role(change.role())
                    .orElseThrow(() -> notFound("role", change.role(), "db_owner and db_ddladmin have members"));
            principals.setMember(role, user(change.user()).id(), change.member());
        }
    }

    /** A login goes: nothing is granted to it any more. */
    void forgetLogin(int id) {
        principals.forgetPermissionsOf(id);
    }

    private void permit(Permit wanted, CatalogEditor objects) {
        int id = existing(wanted.on(), objects);
        if (!caller.everything() && !caller.may(Permission.CONTROL, id)) {
            throw denied(Permission.CONTROL, wanted.on());
        }
        for (Permission permission : wanted.permissions()) {
            if (!permission.fits(wanted.on().kind())) {
                throw new BrokerException(
                        SecurityErrors.NOT_COMPATIBLE,
                        "There is no " + permission.shown() + " permission on a "
                                + wanted.on().kind().shown() + ", such as '"
                                + wanted.on().name() + "'.");
            }
            for (String name : wanted.principals()) {
                int principal = wanted.on().kind() == Securable.Kind.ENDPOINT
                        ? permittedLogin(name, objects)
                        : permitted(name, id);
                principals.set(id, principal, permission, wanted.granted());
            }
        }
    }

    /** Permissions on the network endpoint are for logins, or for everybody. */
    private static int permittedLogin(String name, CatalogEditor objects) {
        if ("public".equalsIgnoreCase(name)) {
            return PrincipalTable.PUBLIC;
        }
        Integer login = objects.login(name);
        if (login == null) {
            throw notFound("login", name, "CREATE LOGIN makes one");
        }
        return login;
    }

    private int permitted(String name, int object) {
        int principal = principals
                .table()
                .principal(name)
                .orElseThrow(() -> notFound("user or role", name, "CREATE USER makes one"));
        boolean special = principal == PrincipalTable.DBO
                || principal == PrincipalTable.DB_OWNER
                || principal == PrincipalTable.DB_DDLADMIN
                || principal == principals.table().owners().getOrDefault(object, PrincipalTable.DBO);
        if (special) {
            throw new BrokerException(
                    SecurityErrors.SPECIAL_PRINCIPAL,
                    "Nothing can be granted to, denied to or revoked from '" + name
                            + "': dbo, the fixed roles and the object's owner have what they have; allowed are other"
                            + " users and public.");
        }
        return principal;
    }

    private void authorize(AlterAuthorization wanted, CatalogEditor objects) {
        int id = existing(wanted.on(), objects);
        if (wanted.on().kind() == Securable.Kind.ENDPOINT) {
            if (!caller.databaseOwner()) {
                throw SecurityErrors.notServerOwner(
                        caller, "give endpoint '" + wanted.on().name() + "' to another");
            }
            objects.networkEndpoints()
                    .setOwner(wanted.on().name(), wanted.owner().equals("dbo") ? null : wanted.owner());
            return;
        }
        checkOwns(wanted.on(), wanted.owner());
        int owner = user(wanted.owner()).id();
        checkOwner(wanted.owner(), owner);
        if (!caller.everything() && !caller.may(Permission.TAKE_OWNERSHIP, id)) {
            throw denied(Permission.TAKE_OWNERSHIP, wanted.on());
        }
        principals.setOwner(id, owner);
    }

    /** A certificate proves who its owner is, so no role owns one. */
    private void checkOwns(Securable object, String owner) {
        if (object.kind() == Securable.Kind.CERTIFICATE
                && principals.table().user(owner).isEmpty()
                && principals.table().principal(owner).isPresent()) {
            throw new BrokerException(
                    KeyErrors.OWNED_BY_ROLE,
                    "Certificate '" + object.name() + "' can't belong to '" + owner + "', which is a role; allowed are"
                            + " users.");
        }
    }

    private void checkOwner(String name, int owner) {
        if (!caller.databaseOwner() && owner != caller.principal()) {
            throw SecurityErrors.notOwner(caller, "make '" + name + "' an owner");
        }
    }

    private void create(Owned wanted, CatalogEditor objects) {
        Securable object = made(wanted.create());
        if (object != null) {
            checkOwns(object, wanted.owner());
        }
        int owner = user(wanted.owner()).id();
        checkOwner(wanted.owner(), owner);
        ownerOfNew = owner;
        try {
            objects.apply(wanted.create());
        } finally {
            ownerOfNew = caller.principal();
        }
        Integer id = object == null ? null : objects.idOf(object);
        if (id != null && principals.table().owners().getOrDefault(id, PrincipalTable.DBO) != owner) {
            throw new BrokerException(
                    CatalogErrors.EXISTS_OTHERWISE,
                    "The " + object.kind().shown() + " '" + object.name() + "' exists with owner '"
                            + principals.table().ownerOf(id) + "' and can't be defined with owner '" + wanted.owner()
                            + "'; ALTER AUTHORIZATION gives it to another.");
        }
    }

    private static Securable made(DefinitionStatement create) {
        if (create instanceof CreateQueue queue) {
            return Securable.queue(Queue.nameOf(queue.name()));
        } else if (create instanceof CreateService service) {
            return Securable.service(service.name());
        } else if (create instanceof CreateContract contract) {
            return Securable.contract(contract.name());
        } else if (create instanceof DefinitionStatement.Key key
                && key.wanted() instanceof KeyStatement.CreateCertificate certificate) {
            return Securable.certificate(certificate.name());
        } else if (create instanceof CreateXmlSchemaCollection collection) {
            return Securable.xmlSchemaCollection(
                    XmlSchemaCollection.nameOf(collection.definition().name()));
        }
        if (create instanceof CreateProcedure procedure) {
            return Securable.procedure(Queue.nameOf(procedure.definition().name()));
        }
        return create instanceof CreateMessageType type
                ? Securable.messageType(type.definition().name())
                : null;
    }

    /** Refuses an owner of what is to be made. */
    void checkOwnerOfNew(String name) {
        checkOwner(name, user(name).id());
    }

    /** Refuses the name of a user that isn't there. */
    void checkUser(String name) {
        user(name);
    }

    private UserRow user(String name) {
        return principals.table().user(name).orElseThrow(() -> notFound("user", name, "CREATE USER makes one"));
    }

    private static int existing(Securable object, CatalogEditor objects) {
        Integer id = objects.idOf(object);
        if (id == null) {
            throw notFound(object.kind().shown(), object.name(), "names are compared as they are written");
        }
        if (id < CatalogRows.FIRST_USER_ID) {
            throw new BrokerException(
                    CatalogErrors.SYSTEM_OBJECT,
                    "The " + object.kind().shown() + " '" + object.name()
                            + "' belongs to the system: everybody may refer to it, and that can't be changed.");
        }
        return id;
    }

    private static BrokerException notFound(String kind, String name, String what) {
        return new BrokerException(
                SecurityErrors.NOT_FOUND, "There is no " + kind + " '" + Token.shortened(name) + "'; " + what + ".");
    }
}
