package org.parley.sql.table;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.parley.BrokerConnection;
import org.parley.sql.ast.DataStatement;
import org.parley.sql.ast.Expression;
import org.parley.sql.parse.BatchParser;
import org.parley.sql.value.Session;
import org.parley.sql.value.Value;

/** A store that has tables, and remembers what it is asked to run. */
final class FakeStore implements DataScope {

    private final Map<String, List<String[]>> tables = new TreeMap<>();
    private final List<String> texts = new ArrayList<>();
    private final List<Object> parameters = new ArrayList<>();
    Isolation isolation = Isolation.READ_COMMITTED;

    /** A table of the current schema; names of columns with their types, as the store's dictionary has them. */
    FakeStore table(String name, String... columns) {
        List<String[]> rows = new ArrayList<>();
        for (int i = 0; i < columns.length; i += 2) {
            rows.add(new String[] {"APP", name, "T", columns[i], columns[i + 1], null, null});
        }
        tables.put(name, rows);
        return this;
    }

    /** Runs a statement and tells the text that the store got last. */
    String run(String statement) {
        texts.clear();
        parameters.clear();
        new Tables().run((DataStatement) BatchParser.parse(statement).get(0), this);
        return texts.get(texts.size() - 1);
    }

    /** What its question marks stood for. */
    List<Object> parameters() {
        return parameters;
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(FakeStore.class.getClassLoader(), new Class<?>[] {type}, handler));
    }

    @Override
    public BrokerConnection connection() {
        Connection sql = proxy(Connection.class, (self, method, arguments) -> switch (method.getName()) {
            case "getSchema" -> "APP";
            case "prepareStatement" -> statement((String) arguments[0]);
            default -> throw new UnsupportedOperationException(method.toString());
        });
        return proxy(BrokerConnection.class, (self, method, arguments) -> switch (method.getName()) {
            case "sql" -> sql;
            case "database" -> "db";
            default -> throw new UnsupportedOperationException(method.toString());
        });
    }

    private PreparedStatement statement(String text) {
        boolean dictionary = text.contains("SYS.SYSTABLES");
        if (!dictionary) {
            texts.add(text);
        }
        List<String[]> rows = new ArrayList<>();
        return proxy(PreparedStatement.class, (self, method, arguments) -> {
            if (method.getName().startsWith("set")) {
                if (dictionary) {
                    tables.forEach((name, columns) -> {
                        if (Dictionary.stored(name).equals(arguments[1])) {
                            rows.addAll(columns);
                        }
                    });
                } else {
                    parameters.add(method.getName().equals("setNull") ? null : arguments[1]);
                }
                return null;
            }
            return switch (method.getName()) {
                case "executeQuery", "getGeneratedKeys" -> rows(rows.iterator());
                case "executeUpdate" -> 0;
                case "close" -> null;
                default -> throw new UnsupportedOperationException(method.toString());
            };
        });
    }

    private static ResultSet rows(Iterator<String[]> rows) {
        String[][] row = {null};
        return proxy(ResultSet.class, (self, method, arguments) -> switch (method.getName()) {
            case "next" -> {
                row[0] = rows.hasNext() ? rows.next() : null;
                yield row[0] != null;
            }
            case "getString", "getObject" -> row[0][(Integer) arguments[0] - 1];
            case "close" -> null;
            default -> throw new UnsupportedOperationException(method.toString());
        });
    }

    @Override
    public void assign(String name, String operator, Value value) {
        throw new UnsupportedOperationException();
    }

    @Override
    public TableValue table(String name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void identity(Long value) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Isolation isolation() {
        return isolation;
    }

    @Override
    public <T> T undivided(Supplier<T> steps) {
        return steps.get();
    }

    @Override
    public Value variable(Expression.Variable variable) {
        return Value.of(7);
    }

    @Override
    public Queries queries() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Session session() {
        throw new UnsupportedOperationException();
    }
}
