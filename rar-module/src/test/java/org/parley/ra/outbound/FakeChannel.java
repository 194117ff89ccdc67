package org.parley.ra.outbound;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import javax.transaction.xa.XAResource;
import org.parley.BrokerConnection;
import org.parley.Conversation;
import org.parley.spi.Channel;
import org.parley.spi.ScriptListener;

/** A channel that writes down what is asked of it. */
final class FakeChannel implements Channel {

    static final UUID BEGUN = new UUID(7, 7);

    final List<String> trace = new ArrayList<>();
    final XAResource xaResource = fake(XAResource.class, "xa");
    private final String database;
    private final String user;
    RuntimeException error;
    boolean valid = true;
    boolean needsEnlistment;
    private UUID endpoint;

    FakeChannel(String database, String user) {
        this.database = database;
        this.user = user;
    }

    @SuppressWarnings("unchecked")
    <T> T fake(Class<T> type, String name) {
        return (T) Proxy.newProxyInstance(
                FakeChannel.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    trace.add(name + "." + method.getName() + (arguments == null ? "" : Arrays.toString(arguments)));
                    if (error != null) {
                        throw error;
                    }
                    Class<?> result = method.getReturnType();
                    if (method.getName().equals("handle")) {
                        return BEGUN;
                    }
                    if (result == int.class) {
                        return 0;
                    }
                    if (result == boolean.class) {
                        return false;
                    }
                    return result.isInterface() && result != List.class ? fake(result, method.getName()) : null;
                });
    }

    @Override
    public BrokerConnection session() {
        return fake(BrokerConnection.class, "session");
    }

    Conversation conversation() {
        return fake(Conversation.class, "conversation");
    }

    @Override
    public void execute(String script, ScriptListener listener) {
        call("execute");
    }

    @Override
    public XAResource xaResource() {
        return xaResource;
    }

    @Override
    public void begin() {
        call("begin");
    }

    @Override
    public void beginManaged() {
        call("beginManaged");
    }

    @Override
    public void commit() {
        call("commit");
    }

    @Override
    public void rollback() {
        call("rollback");
    }

    @Override
    public void allowOutsideTransaction(boolean allowed) {
        trace.add("allowOutsideTransaction " + allowed);
    }

    @Override
    public boolean needsEnlistment() {
        return needsEnlistment;
    }

    @Override
    public String database() {
        return database;
    }

    @Override
    public String user() {
        return user;
    }

    @Override
    public UUID boundTo() {
        return endpoint;
    }

    @Override
    public void bind(UUID handle) {
        endpoint = handle;
    }

    @Override
    public boolean isValid() {
        return valid;
    }

    @Override
    public void cleanup() {
        endpoint = null;
        call("cleanup");
    }

    @Override
    public void close() {
        call("close");
    }

    private void call(String name) {
        trace.add(name);
        if (error != null) {
            throw error;
        }
    }
}
