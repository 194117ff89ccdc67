package org.parley.engine.catalog;

import java.util.Collection;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.parley.BrokerException;
import org.parley.MessageTypeDefinition;
import org.parley.Permission;
import org.parley.Securable;
import org.parley.engine.catalog.CatalogEdit.AddXmlSchemas;
import org.parley.engine.catalog.CatalogEdit.AlterMessageType;
import org.parley.engine.catalog.CatalogEdit.AlterProcedure;
import org.parley.engine.catalog.CatalogEdit.AlterQueue;
import org.parley.engine.catalog.CatalogEdit.AlterService;
import org.parley.engine.catalog.CatalogEdit.CreateContract;
import org.parley.engine.catalog.CatalogEdit.CreateEventNotification;
import org.parley.engine.catalog.CatalogEdit.CreateMessageType;
import org.parley.engine.catalog.CatalogEdit.CreateProcedure;
import org.parley.engine.catalog.CatalogEdit.CreateQueue;
import org.parley.engine.catalog.CatalogEdit.CreateService;
import org.parley.engine.catalog.CatalogEdit.CreateXmlSchemaCollection;
import org.parley.engine.catalog.CatalogEdit.Drop;
import org.parley.engine.catalog.CatalogEdit.DropEventNotification;
import org.parley.engine.catalog.CatalogEdit.SetOption;
import org.parley.engine.catalog.CatalogEdit.SetQueueStatus;
import org.parley.engine.catalog.SecurityEdit.AlterAuthorization;
import org.parley.engine.catalog.SecurityEdit.AlterRole;
import org.parley.engine.catalog.SecurityEdit.AlterUser;
import org.parley.engine.catalog.SecurityEdit.CreateUser;
import org.parley.engine.catalog.SecurityEdit.DropUser;
import org.parley.engine.catalog.SecurityEdit.MapUser;
import org.parley.engine.catalog.SecurityEdit.Owned;
import org.parley.engine.catalog.SecurityEdit.Permit;
import org.parley.engine.security.Access;
import org.parley.engine.security.KeyErrors;
import org.parley.engine.security.PrincipalEditor;
import org.parley.engine.security.PrincipalTable;
import org.parley.engine.security.SecurityErrors;
import org.parley.engine.store.CatalogRows;
import org.parley.engine.store.CatalogWriter;
import org.parley.engine.store.SecurityRows.UserRow;

/**
 * Beside a {@link CatalogEditor}: says whether its caller may do what an edit asks for, makes the caller the owner of
 * what is created, and applies the edits of users and permissions (service-broker.md, section 5.9).
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

    /** Refuses what the caller may not do. Edits of users and permissions are judged when they are applied. */
    void check(CatalogEdit edit, CatalogEditor objects) {
        if (caller.everything() || edit instanceof CatalogEdit.Security) {
            return;
        }
        Securable changed = changed(edit);
        if (changed != null) {
            checkChange(changed, objects);
            if (edit instanceof AlterMessageType type) {
                checkReference(type.definition(), objects);
            }
            return;
        }
        if (edit instanceof CatalogEdit.Server && !caller.databaseOwner()) {
            throw SecurityErrors.notServerOwner(caller, "change logins or the network endpoint of the server");
        }
        boolean ofDatabase = edit instanceof SetOption
                || edit instanceof CatalogEdit.NewBroker
                || edit instanceof CatalogEdit.ErrorConversations
                || edit instanceof CatalogEdit.Key;
        if (ofDatabase && !caller.databaseOwner()) {
            throw SecurityErrors.notOwner(caller, "change options, the master key or certificates of the database");
        }
        if (!caller.definer()) {
            throw SecurityErrors.notDefiner(caller, "run " + edit.statement());
        }
        if (edit instanceof CreateContract contract) {
            contract.definition()
                    .sentBy()
                    .keySet()
                    .forEach(type -> checkReference(Securable.messageType(type), objects));
        } else if (edit instanceof CreateMessageType type) {
            checkReference(type.definition(), objects);
        } else if (edit instanceof CreateService service) {
            checkReferences(service.definition().queue(), service.definition().contracts(), objects);
        }
    }

    /** The object that an edit changes or drops, if permissions on it decide. */
    private static Securable changed(CatalogEdit edit) {
        if (edit instanceof AlterQueue queue) {
            return queueOrNull(queue.definition().name());
        } else if (edit instanceof SetQueueStatus queue) {
            return queueOrNull(queue.name());
        } else if (edit instanceof AlterService service) {
            return Securable.service(service.definition().name());
        } else if (edit instanceof AlterMessageType type) {
            return Securable.messageType(type.definition().name());
        } else if (edit instanceof CreateEventNotification notification) {
            return queueOrNull(notification.definition().queue());
        } else if (edit instanceof DropEventNotification notification) {
            return queueOrNull(notification.queue());
        } else if (edit instanceof CatalogEdit.Key key && key.wanted().changed() != null) {
            return Securable.certificate(key.wanted().changed());
        } else if (edit instanceof AddXmlSchemas add) {
            return Securable.xmlSchemaCollection(XmlSchemaCollection.nameOf(add.name()));
        } else if (edit instanceof AlterProcedure procedure) {
            return Securable.procedure(procedure.definition().name());
        } else if (edit instanceof Drop drop) {
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

    /** Refuses a change or drop of an object; one that doesn't exist is somebody else's error. */
    void checkChange(Securable object, CatalogEditor objects) {
        Integer id = objects.idOf(object);
        if (id != null && !may(Permission.ALTER, id) && !may(Permission.CONTROL, id)) {
            throw denied(Permission.ALTER, object);
        }
    }

    /** What this transaction has made isn't in the table that the caller's access comes from. */
    private boolean may(Permission permission, int id) {
        return caller.may(permission, id) || principals.table().ownerOf(id).equals(caller.name());
    }

    private void checkReference(MessageTypeDefinition type, CatalogEditor objects) {
        if (type.schemaCollection() != null) {
            checkReference(Securable.xmlSchemaCollection(XmlSchemaCollection.nameOf(type.schemaCollection())), objects);
        }
    }

    private void checkReference(Securable object, CatalogEditor objects) {
        Integer id = objects.idOf(object);
        if (id != null && !may(Permission.REFERENCES, id)) {
            throw denied(Permission.REFERENCES, object);
        }
    }

    private BrokerException denied(Permission permission, Securable object) {
        return SecurityErrors.denied(caller, permission, object.kind().shown(), object.name());
    }

    /** Applies an edit of users and permissions. */
    void apply(SecurityEdit edit, CatalogEditor objects) {
        if (edit instanceof Permit permit) {
            permit(permit, objects);
        } else if (edit instanceof AlterAuthorization change) {
            authorize(change, objects);
        } else if (edit instanceof Owned owned) {
            create(owned, objects);
        } else if (!caller.databaseOwner()) {
            throw SecurityErrors.notOwner(caller, "create, change or drop users");
        } else if (edit instanceof CreateUser user) {
            users.create(user);
        } else if (edit instanceof MapUser user) {
            users.create(user, objects);
        } else if (edit instanceof AlterUser user) {
            users.setPassword(user(user.name()), user.password());
        } else if (edit instanceof DropUser user) {
            users.drop(user(user.name()), objects);
        } else if (edit instanceof AlterRole change) {
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
        if (!caller.everything() && !may(Permission.CONTROL, id)) {
            throw denied(Permission.CONTROL, wanted.on());
        }
        Permission permission = wanted.permission();
        if (!permission.fits(wanted.on().kind())) {
            throw new BrokerException(
                    SecurityErrors.NOT_COMPATIBLE,
                    "There is no " + permission.shown() + " permission on a "
                            + wanted.on().kind().shown() + ", such as '"
                            + wanted.on().name() + "'.");
        }
        for (String name : wanted.principals()) {
            int principal =
                    wanted.on().kind() == Securable.Kind.ENDPOINT ? permittedLogin(name, objects) : permitted(name, id);
            principals.set(id, principal, permission, wanted.granted());
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
        if (!caller.everything() && !may(Permission.TAKE_OWNERSHIP, id)) {
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

    private static Securable made(CatalogEdit create) {
        if (create instanceof CreateQueue queue) {
            return queueOrNull(queue.definition().name());
        } else if (create instanceof CreateService service) {
            return Securable.service(service.definition().name());
        } else if (create instanceof CreateContract contract) {
            return Securable.contract(contract.definition().name());
        } else if (create instanceof CatalogEdit.Key key
                && key.wanted() instanceof KeyEdit.CreateCertificate certificate) {
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
                SecurityErrors.NOT_FOUND,
                "There is no " + kind + " '" + CatalogErrors.shortened(name) + "'; " + what + ".");
    }
}
