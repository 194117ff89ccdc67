package org.parley.engine.store.derby;

import java.io.InputStream;
import java.io.Reader;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import org.parley.engine.store.Store;

/**
 * A statement of the JDBC face, of any of the three kinds. Remembers its settings and parameters, so that it can be
 * opened again on the connection where it is next used.
 */
final class GuardedStatement extends Guarded {

    private final SqlFace.Opener opener;
    private final boolean updatable;
    private boolean setsSchema;
    private boolean prepared;

    private final Map<String, Setting> settings = new LinkedHashMap<>();
    private Statement proxy;
    private JdbcSource source;
    private Statement real;
    private boolean batch;
    private boolean closed;

    private record Setting(Method method, Object[] arguments) {

        boolean parameter() {
            return arguments.length > 1 && !method.getName().equals("registerOutParameter");
        }

        /** One value for each parameter and each kind of setting. */
        String key() {
            return parameter()
                    ? String.valueOf(arguments[0])
                    : method.getName() + (arguments.length > 1 ? arguments[0] : "");
        }

        boolean stream() {
            return arguments.length > 1 && (arguments[1] instanceof InputStream || arguments[1] instanceof Reader);
        }
    }

    GuardedStatement(SqlFace face, SqlFace.Opener opener, boolean updatable, boolean setsSchema) {
        super(face);
        this.opener = opener;
        this.updatable = updatable;
        this.setsSchema = setsSchema;
    }

    /** The statement that the user gets; a text is prepared at once, so that its errors come here. */
    Statement open(Store.Hold hold, Class<? extends Statement> type, boolean text) throws SQLException {
        prepared = text;
        proxy = (Statement)
                Proxy.newProxyInstance(GuardedStatement.class.getClassLoader(), new Class<?>[] {type}, this);
        if (text) {
            bind(hold, face.source());
        }
        return proxy;
    }

    @Override
    Object guard(Store.Hold hold, Object self, Method method, Object[] arguments) throws Throwable {
        String name = method.getName();
        if (name.equals("close")) {
            close(hold);
            return null;
        }
        if (name.equals("isClosed")) {
            return closed;
        }
        if (closed) {
            throw new SQLException("The statement is closed.", "XJ012");
        }
        if (arguments != null && (name.startsWith("set") || name.equals("registerOutParameter"))) {
            return set(hold, new Setting(method, arguments));
        }
        if (name.equals("clearParameters")) {
            settings.values().removeIf(Setting::parameter);
        }
        boolean executes = name.startsWith("execute");
        if (executes || name.equals("addBatch")) {
            return run(hold, method, arguments, executes);
        }
        if (name.equals("clearBatch")) {
            batch = false;
        }
        if (!live(hold)) {
            bind(hold, face.source());
        }
        return call(new Call(source, real, method, arguments), face, proxy);
    }

    private Object set(Store.Hold hold, Setting setting) throws Throwable {
        settings.put(setting.key(), setting);
        return live(hold) ? call(new Call(source, real, setting.method, setting.arguments), face, proxy) : null;
    }

    private Object run(Store.Hold hold, Method method, Object[] arguments, boolean executes) throws Throwable {
        if (!prepared && arguments != null && arguments[0] instanceof String sql) {
            setsSchema |= face.check(sql, updatable);
        }
        JdbcSource now = face.source();
        if (now != source || !live(hold)) {
            if (batch) {
                batch = false;
                throw SqlRules.refused("25000", "The batch was begun in a transaction that has ended; add it again.");
            }
            bind(hold, now);
        }
        batch = !executes;
        Object result = call(new Call(source, real, method, arguments), face, proxy);
        if (executes) {
            // A stream can be read once.
            settings.values().removeIf(Setting::stream);
            if (setsSchema) {
                setsSchema = prepared;
                face.schemaSet(source);
            }
        }
        return result;
    }

    private boolean live(Store.Hold hold) {
        return source != null && source.usable() && hold.covers(source);
    }

    private void bind(Store.Hold hold, JdbcSource to) throws SQLException {
        if (!hold.covers(to)) {
            throw SqlRules.refused("25000", "The transaction of this connection has changed meanwhile.");
        }
        if (live(hold)) {
            release();
        }
        source = to;
        try {
            real = opener.open(to.jdbc());
            to.opened(real);
        } catch (SQLException e) {
            source = null;
            to.failed(e);
            throw e;
        }
        for (Setting each : settings.values()) {
            try {
                each.method.invoke(real, each.arguments);
            } catch (ReflectiveOperationException e) {
                throw new SQLException("The statement's settings could not be repeated: " + e.getCause(), "XJ001", e);
            }
        }
    }

    private void release() throws SQLException {
        source.closed(real);
        real.close();
    }

    /** What lives in a transaction that this connection is no longer in is closed when that one ends. */
    private void close(Store.Hold hold) throws SQLException {
        if (!closed) {
            closed = true;
            if (live(hold)) {
                release();
            }
        }
    }
}
