package org.parley.sql.print;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import org.parley.sql.ast.DefinitionStatement;
import org.parley.sql.ast.DefinitionStatement.AnyName;
import org.parley.sql.ast.DefinitionStatement.Kind;
import org.parley.sql.ast.Expression;
import org.parley.sql.ast.ObjectName;
import org.parley.sql.ast.Position;
import org.parley.sql.ast.SecurityDefinition;
import org.parley.sql.ast.SecurityDefinition.PrivateKey;
import org.parley.sql.ast.SecurityDefinition.Securable;
import org.parley.sql.ast.ServerDefinition;
import org.parley.sql.ast.Statement;

/** Makes random definitions of all kinds, of those shapes that a text can have. */
class RandomDefinitions extends Dice {

    private static final Position AT = Position.NONE;

    RandomDefinitions(long seed) {
        super(seed);
    }

    Statement definition() {
        return one(this::object, this::object, this::server, this::security, this::keys);
    }

    DefinitionStatement.Procedure procedure(List<Statement> body) {
        ObjectName name = objectName();
        DefinitionStatement.ExecuteAs executeAs = maybe(() -> executeAs("CALLER"));
        String form = pick("CREATE", "ALTER", "CREATE OR ALTER");
        List<String> parameters = list(0, this::variable);
        StringBuilder text = new StringBuilder(form).append(" PROCEDURE ").append(new Output().name(name));
        text.append(parameters.isEmpty() ? "" : " " + String.join(" int, ", parameters) + " int");
        if (executeAs != null) {
            text.append(" WITH EXECUTE AS ")
                    .append(executeAs.user() == null ? executeAs.context() : Output.quoted(executeAs.user()));
        }
        text.append(" AS ").append(Printer.print(body));
        text.setLength(text.length() - 1);
        return new DefinitionStatement.Procedure(AT, form, name, parameters, executeAs, body, text.toString());
    }

    private DefinitionStatement.ExecuteAs executeAs(String other) {
        return yes()
                ? new DefinitionStatement.ExecuteAs("USER", text())
                : new DefinitionStatement.ExecuteAs(pick("SELF", "OWNER", other), null);
    }

    private Statement object() {
        return one(
                this::drop,
                this::messageType,
                () -> new DefinitionStatement.Contract(AT, name(), maybe(this::name), list(1, this::entry)),
                () -> new DefinitionStatement.Queue(
                        AT, false, objectName(), maybe(this::name), queueOptions(0), maybe(this::name)),
                () -> new DefinitionStatement.Queue(AT, true, objectName(), null, queueOptions(1), null),
                () -> new DefinitionStatement.QueueStorage(
                        AT, objectName(), pick("REBUILD", "REORGANIZE", "MOVE TO [a b]")),
                () -> new DefinitionStatement.Service(AT, name(), maybe(this::name), objectName(), list(0, this::name)),
                () -> new DefinitionStatement.AlterService(
                        AT,
                        name(),
                        maybe(this::objectName),
                        list(0, () -> new DefinitionStatement.ContractChange(yes(), name()))),
                this::route,
                this::binding,
                this::priority,
                () -> new DefinitionStatement.EventNotification(
                        AT, name(), scope(), yes(), list(1, this::word), text(), text()),
                () -> new DefinitionStatement.DropEventNotification(AT, list(1, this::name), scope()),
                this::schemas);
    }

    private Statement drop() {
        Kind kind = pick(Kind.values());
        List<ObjectName> names =
                switch (kind) {
                    case MASTER_KEY -> List.of();
                    case QUEUE, XML_SCHEMA_COLLECTION -> List.of(objectName());
                    case PROCEDURE -> list(1, this::objectName);
                    case DATABASE -> list(1, () -> ObjectName.of(name()));
                    default -> List.of(ObjectName.of(name()));
                };
        return new DefinitionStatement.Drop(AT, kind, kind != Kind.MASTER_KEY && yes(), names);
    }

    private Statement messageType() {
        boolean alter = yes();
        DefinitionStatement.Validation validation = pick(DefinitionStatement.Validation.values());
        boolean written = alter || yes();
        return new DefinitionStatement.MessageType(
                AT,
                alter,
                name(),
                alter ? null : maybe(this::name),
                written ? validation : null,
                written && validation == DefinitionStatement.Validation.VALID_XML ? objectName() : null);
    }

    private DefinitionStatement.Entry entry() {
        return new DefinitionStatement.Entry(name(), pick(DefinitionStatement.Side.values()));
    }

    private List<DefinitionStatement.QueueOption> queueOptions(int least) {
        List<Supplier<DefinitionStatement.QueueOption>> all = new ArrayList<>(List.of(
                () -> new DefinitionStatement.Switch("STATUS", yes()),
                () -> new DefinitionStatement.Switch("RETENTION", yes()),
                () -> new DefinitionStatement.RedeliveryDelay(whole()),
                this::activation,
                () -> yes()
                        ? new DefinitionStatement.PoisonMessages(maybeOn(), pick("DISABLE_QUEUE", "SUSPEND_GROUP"))
                        : new DefinitionStatement.PoisonMessages(yes(), null)));
        Collections.shuffle(all, new java.util.Random(below(1000)));
        List<DefinitionStatement.QueueOption> options = new ArrayList<>();
        for (Supplier<DefinitionStatement.QueueOption> option : all.subList(0, least + below(4))) {
            options.add(option.get());
        }
        return options;
    }

    private DefinitionStatement.QueueOption activation() {
        return rarely(4)
                ? new DefinitionStatement.Activation(true, null, null, null, null)
                : new DefinitionStatement.Activation(
                        false, yes(), maybe(this::objectName), maybe(this::whole), maybe(() -> executeAs("SELF")));
    }

    private Statement route() {
        boolean alter = yes();
        return new DefinitionStatement.Route(
                AT,
                alter,
                name(),
                maybe(this::name),
                maybe(this::text),
                maybe(this::text),
                maybe(this::whole),
                text(),
                maybe(this::text));
    }

    private Statement binding() {
        return yes()
                ? new DefinitionStatement.Binding(AT, false, name(), maybe(this::name), text(), name(), maybeOn())
                : new DefinitionStatement.Binding(AT, true, name(), null, null, maybe(this::name), yes());
    }

    private Statement priority() {
        boolean alter = yes();
        return new DefinitionStatement.Priority(
                AT,
                alter,
                name(),
                maybe(this::anyName),
                maybe(this::anyName),
                maybe(this::anyName),
                alter || yes() ? new DefinitionStatement.Level(maybe(this::whole)) : null);
    }

    private AnyName anyName() {
        return new AnyName(maybe(this::name));
    }

    private DefinitionStatement.Scope scope() {
        return yes()
                ? new DefinitionStatement.Scope("QUEUE", objectName())
                : new DefinitionStatement.Scope(pick("SERVER", "DATABASE"), null);
    }

    private Statement schemas() {
        boolean add = yes();
        Expression schemas = yes() ? new Expression.Text(text(), yes()) : new Expression.Variable(AT, variable());
        return new DefinitionStatement.XmlSchemaCollection(
                AT, add, objectName(), add ? null : maybe(this::name), schemas);
    }

    private Statement server() {
        return one(
                () -> new ServerDefinition.CreateDatabase(
                        AT,
                        name(),
                        yes(),
                        list(0, this::databaseOption),
                        pick(List.<String>of(), List.of("(NAME = [a b], SIZE = 10 MB)", "LOG (NAME = x)"))),
                () -> new ServerDefinition.AlterDatabase(
                        AT,
                        maybe(this::name),
                        list(1, this::databaseOption),
                        pick(null, "ROLLBACK IMMEDIATE", "NO_WAIT", "ROLLBACK AFTER 5")),
                this::endpoint);
    }

    private ServerDefinition.DatabaseOption databaseOption() {
        return one(
                () -> new ServerDefinition.DatabaseOption(pick("ENABLE_BROKER", "NEW_BROKER"), null, null),
                () -> new ServerDefinition.DatabaseOption(pick("TRUSTWORTHY", "HONOR_BROKER_PRIORITY"), yes(), null),
                () -> new ServerDefinition.DatabaseOption("BROKER_INSTANCE", null, text()));
    }

    private Statement endpoint() {
        boolean alter = yes();
        String encryption = maybe(() -> pick("DISABLED", "SUPPORTED", "REQUIRED"));
        boolean algorithms = encryption != null && !encryption.equals("DISABLED");
        return new ServerDefinition.Endpoint(
                AT,
                alter,
                name(),
                maybe(this::name),
                maybe(() -> pick("STARTED", "STOPPED", "DISABLED")),
                alter ? maybe(this::whole) : whole(),
                maybe(() -> pick("ALL", "10.0.0.1", "::1")),
                list(0, this::authentication),
                encryption,
                algorithms ? list(0, () -> pick("AES", "RC4")) : List.of(),
                maybeOn(),
                maybe(this::whole));
    }

    private ServerDefinition.Authentication authentication() {
        return yes()
                ? new ServerDefinition.Authentication("CERTIFICATE", name())
                : new ServerDefinition.Authentication("WINDOWS", pick(null, "NTLM", "NEGOTIATE"));
    }

    private Statement security() {
        return one(
                () -> new SecurityDefinition.User(
                        AT, false, name(), pick(null, "WITHOUT LOGIN"), null, null, maybe(this::name)),
                () -> new SecurityDefinition.User(
                        AT, false, name(), pick("FOR LOGIN", "FOR CERTIFICATE"), name(), null, maybe(this::name)),
                () -> new SecurityDefinition.User(AT, yes(), name(), "PASSWORD", null, text(), maybe(this::name)),
                () -> new SecurityDefinition.User(
                        AT, true, name(), "FOR LOGIN", name(), maybe(this::text), maybe(this::name)),
                () -> new SecurityDefinition.Login(AT, yes(), name(), text(), null, null),
                () -> new SecurityDefinition.Login(AT, false, name(), null, name(), null),
                () -> new SecurityDefinition.Login(AT, true, name(), null, null, yes()),
                () -> new SecurityDefinition.RoleMember(AT, name(), yes(), name()),
                this::permit,
                () -> new SecurityDefinition.Authorization(AT, securable(), maybe(this::principal)));
    }

    private Statement permit() {
        String verb = pick("GRANT", "DENY", "REVOKE");
        return new SecurityDefinition.Permit(
                AT,
                verb,
                list(1, () -> pick("SEND", "VIEW DEFINITION", "CREATE QUEUE", "ALTER", "ALL")),
                maybe(this::securable),
                list(1, this::principal),
                !verb.equals("DENY") && yes(),
                !verb.equals("GRANT") && yes());
    }

    private String principal() {
        return rarely(4) ? "public" : name();
    }

    private Securable securable() {
        return one(
                () -> new Securable(pick(null, "OBJECT", "QUEUE", "XML SCHEMA COLLECTION"), objectName()),
                () -> new Securable(pick("MESSAGE TYPE", "SERVICE", "CONTRACT", "USER"), ObjectName.of(name())));
    }

    private Statement keys() {
        return one(
                () -> new SecurityDefinition.MasterKey(AT, pick(null, "REGENERATE", "FORCE REGENERATE"), text()),
                () -> new SecurityDefinition.MasterKey(AT, pick("ADD", "DROP"), maybe(this::text)),
                () -> new SecurityDefinition.OpenMasterKey(AT, maybe(this::text)),
                () -> new SecurityDefinition.Certificate(
                        AT,
                        false,
                        name(),
                        maybe(this::name),
                        "SUBJECT",
                        text(),
                        null,
                        maybe(this::text),
                        maybe(this::text),
                        maybeOn()),
                () -> new SecurityDefinition.Certificate(
                        AT,
                        false,
                        name(),
                        maybe(this::name),
                        "FILE",
                        text(),
                        maybe(this::privateKey),
                        null,
                        null,
                        maybeOn()),
                () -> new SecurityDefinition.Certificate(
                        AT,
                        false,
                        name(),
                        null,
                        "BINARY",
                        pick("", "CAFE"),
                        maybe(this::privateKey),
                        null,
                        null,
                        maybeOn()),
                () -> new SecurityDefinition.Certificate(
                        AT, true, name(), null, null, null, privateKey(), null, null, null),
                () -> new SecurityDefinition.Certificate(AT, true, name(), null, null, null, null, null, null, yes()),
                () -> new SecurityDefinition.BackupCertificate(AT, name(), text(), maybe(this::privateKey)));
    }

    private PrivateKey privateKey() {
        return new PrivateKey(text(), maybe(this::text), maybe(this::text));
    }
}
