package org.parley.sql.run;

import java.time.InstantSource;
import java.time.ZoneId;
import java.util.UUID;
import org.parley.ScriptMessage;
import org.parley.sql.ast.ObjectName;
import org.parley.sql.value.Session;

/** What functions and variables of the system tell of a run. */
final class SessionFacts implements Session {

    private static final String PRODUCT = "Parley";

    private final ScriptRun run;
    private final ObjectNumbers numbers;

    SessionFacts(ScriptRun run) {
        this.run = run;
        this.numbers = new ObjectNumbers(run.session());
    }

    @Override
    public InstantSource clock() {
        return run.session().clock();
    }

    @Override
    public ZoneId zone() {
        return ZoneId.systemDefault();
    }

    @Override
    public long rowCount() {
        return run.state().rowCount();
    }

    @Override
    public int error() {
        return run.state().error();
    }

    @Override
    public int transactions() {
        return run.state().transactions().count();
    }

    @Override
    public int transactionState() {
        return run.state().transactions().state();
    }

    @Override
    public Long identity() {
        return run.state().identity();
    }

    @Override
    public ScriptMessage caught() {
        return run.state().handled();
    }

    @Override
    public int id() {
        return 1;
    }

    @Override
    public int nesting() {
        return run.calls().nested();
    }

    @Override
    public String version() {
        return PRODUCT;
    }

    @Override
    public String server() {
        return PRODUCT;
    }

    @Override
    public String host() {
        return PRODUCT;
    }

    @Override
    public String application() {
        return PRODUCT;
    }

    @Override
    public String user() {
        return run.session().user();
    }

    @Override
    public String login() {
        return run.session().user();
    }

    @Override
    public String originalLogin() {
        return run.session().user();
    }

    @Override
    public String database() {
        return run.session().connection().database();
    }

    @Override
    public Integer databaseId(String name) {
        return numbers.database(name);
    }

    @Override
    public String databaseName(int id) {
        return numbers.databaseName(id);
    }

    @Override
    public Integer objectId(ObjectName name, String type) {
        return numbers.object(name, type);
    }

    @Override
    public String objectName(int id) {
        return numbers.objectName(id);
    }

    @Override
    public String userName(int id) {
        return run.session().userName(id);
    }

    @Override
    public String transmissionStatus(UUID handle) {
        return run.session().connection().transmissionStatus(handle);
    }
}
