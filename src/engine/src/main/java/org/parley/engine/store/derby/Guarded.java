package org.parley.engine.store.derby;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.parley.engine.store.SqlCaller;
import org.parley.engine.store.Store;

/** What stands before Derby's JDBC objects: tells the source of each failure, and lets nothing lead past the guard. */
abstract class Guarded implements InvocationHandler {

    final SqlFace face;

    Guarded(SqlFace face) {
        this.face = face;
    }

    @Override
    public final Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        return switch (method.getName()) {
            case "equals" -> proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            case "toString" -> getClass().getSimpleName() + '@' + Integer.toHexString(System.identityHashCode(proxy));
            case "getConnection" -> face;
            case "unwrap" -> unwrap(proxy, (Class<?>) arguments[0]);
            case "isWrapperFor" -> ((Class<?>) arguments[0]).isInstance(proxy);
            default -> guardHeld(proxy, method, arguments);
        };
    }

    /** A transaction manager, or a time-out, ends the transaction before it or after it, and never gives its connection away meanwhile. */
    private Object guardHeld(Object proxy, Method method, Object[] arguments) throws Throwable {
        Store.Hold hold = face.hold();
        try {
            return guard(hold, proxy, method, arguments);
        } finally {
            hold.release();
        }
    }

    /** Does what the method asks for. Touches nothing of Derby's that the hold doesn't cover: another thread may be ending it. */
    abstract Object guard(Store.Hold hold, Object proxy, Method method, Object[] arguments) throws Throwable;

    private static Object unwrap(Object proxy, Class<?> type) throws SQLException {
        if (type.isInstance(proxy)) {
            return proxy;
        }
        throw SqlRules.refused("0A000", "There is no way past Parley's guard to a " + type.getName() + ".");
    }

    /** Calls Derby; a result set comes back guarded. */
    static Object call(Call call, SqlFace face, Statement owner) throws Throwable {
        SqlCaller caller = face.caller();
        if (!caller.everything()) {
            ViewFunctions.askedBy(caller);
        }
        try {
            Object result = call.method().invoke(call.target(), call.arguments());
            return result instanceof ResultSet rows ? guarded(rows, call.source(), face, owner) : result;
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof SQLException failure) {
                call.source().failed(failure);
                throw ViewFunctions.told(failure);
            }
            throw e.getCause();
        } finally {
            if (!caller.everything()) {
                ViewFunctions.answered();
            }
            call.source().leaveThread();
        }
    }

    /**
     * A call of one of Derby's objects.
     *
     * @param source where the object lives
     * @param target the object
     * @param method what is called
     * @param arguments with what, or null
     */
    record Call(JdbcSource source, Object target, Method method, Object[] arguments) {}

    private static ResultSet guarded(ResultSet rows, JdbcSource source, SqlFace face, Statement owner) {
        return (ResultSet) Proxy.newProxyInstance(
                Guarded.class.getClassLoader(),
                new Class<?>[] {ResultSet.class},
                new GuardedResult(face, source, rows, owner));
    }
}
