package org.parley.sql.run;

import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Savepoint;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.parley.BrokerConnection;
import org.parley.BrokerException;
import org.parley.Catalog;
import org.parley.Conversation;
import org.parley.DatabaseOptions;
import org.parley.Message;
import org.parley.MessageTypeDefinition.Validation;
import org.parley.ProcedureDefinition;
import org.parley.spi.BrokerClock;
import org.parley.spi.ScriptSession;

/** A session without an engine: says what it was asked for, and gives what it was told to give. */
final class FakeSession implements ScriptSession {

    /** The handle of every conversation that is begun. */
    static final UUID HANDLE = new UUID(0x1111, 1);

    /** The group of every message. */
    static final UUID GROUP = new UUID(0x2222, 2);

    final List<String> calls = new ArrayList<>();
    final Deque<List<Message>> queued = new ArrayDeque<>();
    final Map<String, ProcedureDefinition> procedures = new TreeMap<>();
    final Map<String, BrokerException> failures = new TreeMap<>();
    boolean managed;
    boolean open;
    private final List<String> databases = new ArrayList<>(List.of("Here", "There"));
    private final Deque<String> users = new ArrayDeque<>(List.of("dbo"));
    private String database = "Here";
    private Instant now = Instant.parse("2026-01-02T03:04:05Z");
    private Object kept;

    static Message message(String type, String body) {
        byte[] bytes = body == null ? null : body.getBytes(StandardCharsets.UTF_16LE);
        return new Message(
                HANDLE,
                GROUP,
                3,
                "Desk",
                "Contract",
                type,
                bytes,
                7,
                5,
                Instant.EPOCH,
                65536,
                65537,
                65538,
                Validation.NONE,
                null);
    }

    private Object called(String name, Object... arguments) {
        String call = name + (arguments == null || arguments.length == 0 ? "" : Arrays.deepToString(arguments));
        calls.add(call);
        BrokerException failure = failures.remove(name);
        if (failure != null) {
            throw failure;
        }
        return null;
    }

    private <T> T fake(Class<T> type, String prefix, Map<String, Function<Object[], Object>> answers) {
        return type.cast(Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    Function<Object[], Object> answer = answers.get(method.getName());
                    boolean asks = answer != null
                            && method.getName()
                                    .matches(
                                            "database|catalog|sql|procedures?|handle|toString|options|ownedBy|getSchema|prepareStatement");
                    if (!asks) {
                        called(prefix + method.getName(), arguments);
                    }
                    if (answer != null) {
                        return answer.apply(arguments);
                    }
                    return method.getReturnType() == List.class
                            ? List.of()
                            : method.getReturnType() == Optional.class ? Optional.empty() : null;
                }));
    }

    @Override
    public BrokerConnection connection() {
        return fake(
                BrokerConnection.class,
                "",
                Map.of(
                        "database",
                        arguments -> database,
                        "begin",
                        arguments -> conversation(HANDLE),
                        "conversation",
                        arguments -> conversation((UUID) arguments[0]),
                        "receive",
                        arguments -> queued.isEmpty() ? List.of() : queued.poll(),
                        "getConversationGroup",
                        arguments -> queued.isEmpty() ? Optional.empty() : Optional.of(GROUP),
                        "catalog",
                        arguments -> catalog(),
                        "sql",
                        arguments -> sql(),
                        "transmissionStatus",
                        arguments -> ""));
    }

    private Conversation conversation(UUID handle) {
        return fake(Conversation.class, "conversation.", Map.of("handle", arguments -> handle));
    }

    @Override
    public Catalog catalog() {
        return fake(
                Catalog.class,
                "catalog.",
                Map.of(
                        "procedure",
                        arguments -> Optional.ofNullable(procedures.get((String) arguments[0])),
                        "procedures",
                        arguments -> List.copyOf(procedures.values()),
                        "options",
                        arguments -> DatabaseOptions.DEFAULT,
                        "ownedBy",
                        arguments -> catalog()));
    }

    private Connection sql() {
        return fake(
                Connection.class,
                "sql.",
                Map.of(
                        "setSavepoint",
                        arguments -> fake(Savepoint.class, "", Map.of("toString", none -> "savepoint")),
                        "getSchema",
                        arguments -> "APP",
                        "prepareStatement",
                        arguments -> {
                            throw new BrokerException(208, "There are no tables.");
                        }));
    }

    void procedure(String name, String body) {
        procedures.put(name, new ProcedureDefinition(name, "CREATE PROCEDURE " + name + " AS\n" + body, null));
    }

    @Override
    public String user() {
        return users.peek();
    }

    @Override
    public String userName(int id) {
        return id == 1 ? "dbo" : null;
    }

    @Override
    public void use(String name) {
        called("use", name);
        if (!databases.contains(name)) {
            throw new BrokerException(911, "There is no database '" + name + "'.");
        }
        database = name;
    }

    @Override
    public List<String> databases() {
        return databases;
    }

    @Override
    public void createDatabase(String name, UUID brokerInstance, DatabaseOptions options) {
        called("createDatabase", name, brokerInstance, options);
        databases.add(name);
    }

    @Override
    public void attachDatabase(String name) {
        called("attachDatabase", name);
        databases.add(name);
    }

    @Override
    public void dropDatabase(String name) {
        called("dropDatabase", name);
        if (!databases.remove(name)) {
            throw new BrokerException(3701, "There is no database '" + name + "'.");
        }
    }

    @Override
    public void changeDefinitions(Runnable change) {
        change.run();
    }

    @Override
    public boolean managed() {
        return managed;
    }

    @Override
    public boolean inTransaction() {
        return open;
    }

    @Override
    public void begin() {
        called("begin");
        open = true;
    }

    @Override
    public void commit() {
        open = false;
        called("commit");
    }

    @Override
    public void rollback() {
        open = false;
        called("rollback");
    }

    @Override
    public void executeAs(String user) {
        called("executeAs", user);
        users.push(user);
    }

    @Override
    public ProcedureDefinition enter(String procedure) {
        ProcedureDefinition found = procedures.get(procedure);
        if (found == null) {
            throw new BrokerException(2812, "There is no procedure '" + procedure + "'.");
        }
        users.push(found.executeAs() == null ? user() : found.executeAs());
        return found;
    }

    @Override
    public void revert() {
        called("revert");
        if (users.size() > 1) {
            users.pop();
        }
    }

    @Override
    public Object kept(Supplier<?> first) {
        if (kept == null) {
            kept = first.get();
        }
        return kept;
    }

    /** Waits are over at once: the time moves on to their end. */
    @Override
    public BrokerClock clock() {
        return new BrokerClock() {
            @Override
            public Instant instant() {
                return now;
            }

            @Override
            public Alarm at(Instant due, Runnable task) {
                calls.add("waits " + Duration.between(now, due));
                now = due;
                task.run();
                return () -> {};
            }
        };
    }
}
