package org.parley.sql.value;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.UUID;
import org.parley.ScriptMessage;
import org.parley.sql.ast.ObjectName;

/** A session in database sales, at noon of 2 March 2024 in a place two hours east of Greenwich. */
final class TestSession implements Session {

    private static final Map<String, Integer> DATABASES = Map.of("master", 1, "sales", 5);

    private final ScriptMessage caught;

    TestSession(ScriptMessage caught) {
        this.caught = caught;
    }

    @Override
    public InstantSource clock() {
        return InstantSource.fixed(Instant.parse("2024-03-02T10:00:00.123456789Z"));
    }

    @Override
    public ZoneId zone() {
        return ZoneOffset.ofHours(2);
    }

    @Override
    public long rowCount() {
        return 3;
    }

    @Override
    public int error() {
        return 8429;
    }

    @Override
    public int transactions() {
        return 1;
    }

    @Override
    public int transactionState() {
        return -1;
    }

    @Override
    public Long identity() {
        return 42L;
    }

    @Override
    public ScriptMessage caught() {
        return caught;
    }

    @Override
    public int id() {
        return 51;
    }

    @Override
    public int nesting() {
        return 0;
    }

    @Override
    public String version() {
        return "Parley 1";
    }

    @Override
    public String server() {
        return "here";
    }

    @Override
    public String host() {
        return "desk";
    }

    @Override
    public String application() {
        return "tests";
    }

    @Override
    public String user() {
        return "dbo";
    }

    @Override
    public String login() {
        return "sa";
    }

    @Override
    public String originalLogin() {
        return "root";
    }

    @Override
    public String database() {
        return "sales";
    }

    @Override
    public Integer databaseId(String name) {
        return DATABASES.get(name);
    }

    @Override
    public String databaseName(int id) {
        return DATABASES.entrySet().stream()
                .filter(entry -> entry.getValue() == id)
                .map(Map.Entry::getKey)
                .findAny()
                .orElse(null);
    }

    @Override
    public Integer objectId(ObjectName name, String type) {
        return name.last().equals("Orders") && (type == null || type.equals("U")) ? 100 : null;
    }

    @Override
    public String objectName(int id) {
        return id == 100 ? "Orders" : null;
    }

    @Override
    public String userName(int id) {
        return id == 1 ? "dbo" : null;
    }

    @Override
    public String transmissionStatus(UUID handle) {
        return handle.getLeastSignificantBits() == 0 ? "" : "no route";
    }
}
