package org.parley.engine.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.parley.BrokerException;
import org.parley.ContractDefinition.SentBy;
import org.parley.MessageTypeDefinition.Validation;
import org.parley.engine.catalog.DefinitionStatement.AlterQueue;
import org.parley.engine.catalog.DefinitionStatement.CreateContract;
import org.parley.engine.catalog.DefinitionStatement.CreateMessageType;
import org.parley.engine.catalog.DefinitionStatement.CreateQueue;
import org.parley.engine.catalog.DefinitionStatement.CreateService;
import org.parley.engine.catalog.Token.Kind;

/**
 * Parses definition statements; what it takes is a part of the whole statement language, and it refuses by name what will
 * only come with that. Statements may be separated by semicolons, by GO on a line of its own, or by nothing.
 *
 * <p>Not one rule calls itself, so no input can exhaust the stack, and each token is looked at once.
 */
final class DefinitionScript {

    private final ScriptLexer lexer;
    private final PermissionScript permissions = new PermissionScript(this);
    private Token token;

    /** What AUTHORIZATION says in the statement that is being read, or null. */
    private String owner;

    private DefinitionScript(String script) {
        this.lexer = new ScriptLexer(script);
        this.token = lexer.read();
    }

    /**
     * A statement and where it begins.
     *
     * @param statement what it asks for
     * @param line its line, from 1
     * @param column its column, from 1
     */
    record Placed(DefinitionStatement statement, int line, int column) {}

    /**
     * The statements of a script, in their order.
     *
     * @throws BrokerException with line, column, what was found and what was expected
     */
    static List<Placed> parse(String script) {
        return new DefinitionScript(script).statements();
    }

    private List<Placed> statements() {
        List<Placed> statements = new ArrayList<>();
        while (token.kind() != Kind.END) {
            if (token.kind() == Kind.GO || token.is(';')) {
                advance();
            } else {
                Token first = token;
                owner = null;
                DefinitionStatement statement = statement();
                DefinitionStatement owned = owner == null
                        ? statement
                        : new DefinitionStatement.Security(new SecurityStatement.Owned(statement, owner));
                statements.add(new Placed(owned, first.line(), first.column()));
            }
        }
        return statements;
    }

    private DefinitionStatement statement() {
        if (skip("CREATE")) {
            return create();
        }
        DefinitionStatement permit = permissions.permitIfAny();
        if (permit != null) {
            return permit;
        }
        if (skip("DROP")) {
            expect("USER");
            return permissions.dropUser();
        }
        if (skip("ALTER")) {
            DefinitionStatement security = permissions.alterIfAny();
            if (security != null) {
                return security;
            }
            if (!skip("QUEUE")) {
                throw expected("QUEUE");
            }
            return alterQueue();
        }
        throw expected("CREATE or ALTER");
    }

    private DefinitionStatement create() {
        if (skip("MESSAGE")) {
            expect("TYPE");
            return createMessageType();
        }
        if (skip("CONTRACT")) {
            return createContract();
        }
        if (skip("QUEUE")) {
            return createQueue();
        }
        if (skip("SERVICE")) {
            return createService();
        }
        if (skip("USER")) {
            return permissions.createUser();
        }
        throw expected("MESSAGE TYPE, CONTRACT, QUEUE or SERVICE");
    }

    private CreateMessageType createMessageType() {
        String name = name("message type");
        skipAuthorization();
        if (!skip("VALIDATION")) {
            return new CreateMessageType(name, Validation.NONE);
        }
        expect('=');
        for (Validation validation : Validation.values()) {
            if (skip(validation.name())) {
                return new CreateMessageType(name, validation);
            }
        }
        if (token.is("VALID_XML")) {
            throw unsupported("VALIDATION = VALID_XML", "NONE, EMPTY or WELL_FORMED_XML");
        }
        throw expected("NONE, EMPTY or WELL_FORMED_XML");
    }

    private CreateContract createContract() {
        String name = name("contract");
        skipAuthorization();
        List<CreateContract.Entry> entries = new ArrayList<>();
        expect('(');
        do {
            String messageType = name("message type");
            expect("SENT");
            expect("BY");
            entries.add(new CreateContract.Entry(messageType, sentBy()));
        } while (skip(','));
        close();
        return new CreateContract(name, entries);
    }

    private SentBy sentBy() {
        for (SentBy side : SentBy.values()) {
            if (skip(side.name())) {
                return side;
            }
        }
        throw expected("INITIATOR, TARGET or ANY");
    }

    private CreateQueue createQueue() {
        String name = queueName();
        skipAuthorization();
        boolean on = !skip("WITH") || status();
        if (token.is("ON")) {
            throw unsupported("a filegroup", "the end of the statement");
        }
        return new CreateQueue(name, on);
    }

    private AlterQueue alterQueue() {
        String name = queueName();
        if (token.is("REBUILD") || token.is("REORGANIZE") || token.is("MOVE")) {
            throw unsupported("ALTER QUEUE ... " + token.text().toUpperCase(Locale.ROOT), "WITH STATUS");
        }
        expect("WITH");
        return new AlterQueue(name, status());
    }

    /** The options behind WITH, of which there is only one so far. */
    private boolean status() {
        for (String later : List.of("RETENTION", "ACTIVATION", "POISON_MESSAGE_HANDLING")) {
            if (token.is(later)) {
                throw unsupported("the queue option " + later, "STATUS");
            }
        }
        expect("STATUS");
        expect('=');
        boolean on = token.is("ON");
        if (!on && !token.is("OFF")) {
            throw expected("ON or OFF");
        }
        advance();
        if (skip(',')) {
            if (token.is("STATUS")) {
                throw new BrokerException(CatalogErrors.SYNTAX, here() + "STATUS stands twice; expected it once.");
            }
            // what follows the comma can only be an option that isn't there yet, or none at all
            boolean option = token.kind() == Kind.WORD && !ReservedWords.contains(token.text());
            throw option
                    ? unsupported("the queue option " + Token.shortened(token.text()), "STATUS alone")
                    : expected("a queue option");
        }
        return on;
    }

    private CreateService createService() {
        String name = name("service");
        skipAuthorization();
        expect("ON");
        expect("QUEUE");
        String queue = queueName();
        List<String> contracts = new ArrayList<>();
        if (skip('(')) {
            do {
                contracts.add(name("contract"));
            } while (skip(','));
            close();
        }
        return new CreateService(name, queue, contracts);
    }

    private void close() {
        if (!skip(')')) {
            throw expected("',' or ')'");
        }
    }

    private void skipAuthorization() {
        if (skip("AUTHORIZATION")) {
            owner = part("an owner");
        }
    }

    /** The name of an object that belongs to no schema. */
    String name(String kind) {
        Token first = token;
        String name = part("a " + kind + " name");
        if (token.is('.')) {
            throw new BrokerException(
                    CatalogErrors.TOO_MANY_PREFIXES,
                    place(first) + "the " + kind + " name has the prefix '" + Token.shortened(name)
                            + "'; it can have none, and a dot inside a name needs brackets: [a.b].");
        }
        return name;
    }

    String queueName() {
        Token first = token;
        String name = part("a queue name");
        if (skip('.')) {
            String schema = name;
            name = part("a queue name");
            if (token.is('.')) {
                throw new BrokerException(
                        CatalogErrors.TOO_MANY_PREFIXES,
                        place(first) + "the queue name has more prefixes than a schema; a definition takes effect in"
                                + " the session's own database.");
            }
            if (!schema.equalsIgnoreCase("dbo")) {
                throw new BrokerException(
                        CatalogErrors.TOO_MANY_PREFIXES,
                        place(first) + "there is no schema '" + Token.shortened(schema)
                                + "'; a queue's schema can be dbo.");
            }
        }
        return name;
    }

    /** One part of a name: delimited, or an ordinary identifier that isn't reserved. */
    String part(String what) {
        boolean word = token.kind() == Kind.WORD;
        if (word && ReservedWords.contains(token.text())) {
            throw new BrokerException(
                    CatalogErrors.SYNTAX,
                    here() + "found the keyword '" + token.text() + "', expected " + what
                            + "; as a name it is written [" + token.text() + "].");
        }
        if (!word && token.kind() != Kind.DELIMITED || word && token.text().startsWith("@")) {
            throw expected(what);
        }
        String text = token.text();
        advance();
        return text;
    }

    void expect(String keyword) {
        if (!skip(keyword)) {
            throw expected(keyword);
        }
    }

    void expect(char mark) {
        if (!skip(mark)) {
            throw expected("'" + mark + "'");
        }
    }

    boolean skip(String keyword) {
        boolean found = token.is(keyword);
        if (found) {
            advance();
        }
        return found;
    }

    boolean skip(char mark) {
        boolean found = token.is(mark);
        if (found) {
            advance();
        }
        return found;
    }

    boolean is(String keyword) {
        return token.is(keyword);
    }

    /** The characters of a text literal. */
    String literal(String what) {
        if (token.kind() != Kind.LITERAL) {
            throw expected(what);
        }
        String written = token.text();
        advance();
        return written.substring(written.indexOf('\'') + 1, written.length() - 1)
                .replace("''", "'");
    }

    private void advance() {
        token = lexer.read();
    }

    BrokerException expected(String what) {
        return new BrokerException(
                CatalogErrors.SYNTAX, here() + "found " + token.shown() + ", expected " + what + ".");
    }

    BrokerException unsupported(String what, String instead) {
        return new BrokerException(
                CatalogErrors.SYNTAX, here() + what + " isn't supported yet; expected " + instead + ".");
    }

    private String here() {
        return place(token);
    }

    private static String place(Token token) {
        return token.line() + ":" + token.column() + ": ";
    }
}
