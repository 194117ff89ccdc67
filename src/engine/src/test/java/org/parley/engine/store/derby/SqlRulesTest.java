package org.parley.engine.store.derby;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.parley.ErrorNumbers;
import org.parley.engine.security.Access;
import org.parley.engine.security.PrincipalTable;
import org.parley.engine.store.SecurityRows;
import org.parley.engine.store.SecurityRows.MemberRow;
import org.parley.engine.store.SecurityRows.UserRow;
import org.parley.engine.store.SqlCaller;

class SqlRulesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  -- nothing\n",
                "SELECT * FROM APP.ORDERS",
                "select a from orders where b = 'PARLEY_STORE.MESSAGES'",
                "SELECT A FROM ORDERS -- PARLEY_STORE.MESSAGES\n WHERE A = 1",
                "SELECT A /* PARLEY_STORE.MESSAGES /* nested */ PARLEY_STORE.X */ FROM ORDERS",
                "SELECT A FROM ORDERS FOR UPDATE",
                "SELECT A FROM ORDERS WITH RR",
                "SELECT PARLEY_STORE FROM ORDERS",
                "SELECT A PARLEY_STORE FROM ORDERS",
                "SELECT * FROM \"parley\".T",
                "SELECT * FROM PARLEYS.T",
                "SELECT * FROM NOT_PARLEY.T",
                "SELECT 'it''s PARLEY_STORE.X' FROM ORDERS",
                "SELECT * FROM PARLEY_STORE.MESSAGES WITH UR",
                "select count(*) from parley_store.messages m join app.orders o on m.endpoint = o.id with ur",
                "(SELECT A FROM APP.T) UNION (SELECT ENDPOINT FROM PARLEY_STORE.MESSAGES) WITH UR",
                "SELECT * FROM PARLEY.CONVERSATION_ENDPOINTS",
                "VALUES PARLEY.GET_TRANSMISSION_STATUS('x')",
                "INSERT INTO SEEN SELECT STATE FROM PARLEY.CONVERSATION_ENDPOINTS",
                "DELETE FROM SEEN WHERE A IN (SELECT STATE FROM PARLEY.CONVERSATION_ENDPOINTS)",
                "UPDATE SEEN SET A = (SELECT COUNT(*) FROM PARLEY.SERVICES)",
                "VALUES 1",
                "VALUES CURRENT_TIMESTAMP",
                "INSERT INTO ORDERS VALUES (1, 'PARLEY_STORE')",
                "insert into app.orders select * from app.old",
                "UPDATE ORDERS SET A = 1 WHERE B = ?",
                "UPDATE ORDERS SET A = 1 WHERE CURRENT OF C",
                "DELETE FROM ORDERS",
                "MERGE INTO ORDERS USING OLD ON ORDERS.A = OLD.A WHEN MATCHED THEN DELETE",
                "TRUNCATE TABLE ORDERS",
                "LOCK TABLE ORDERS IN EXCLUSIVE MODE",
                "CREATE TABLE ORDERS (A INT)",
                "CREATE UNIQUE INDEX I ON ORDERS (A)",
                "CREATE VIEW V AS SELECT A FROM ORDERS",
                "CREATE SEQUENCE S",
                "CREATE SCHEMA SHOP",
                "CREATE SYNONYM S FOR ORDERS",
                "CREATE TRIGGER T AFTER INSERT ON ORDERS DELETE FROM OLD",
                "DECLARE GLOBAL TEMPORARY TABLE T (A INT) NOT LOGGED",
                "ALTER TABLE ORDERS ADD COLUMN B INT",
                "DROP TABLE ORDERS",
                "RENAME TABLE ORDERS TO OLD",
                "SET SCHEMA SHOP",
                "SET SCHEMA 'SHOP'",
                "SET CURRENT SCHEMA = SHOP",
                "SET SCHEMA \"parley\"",
                "SET CONSTRAINTS ALL DEFERRED",
                "CALL SYSCS_UTIL.SYSCS_SET_RUNTIMESTATISTICS(1)",
                "{call SYSCS_UTIL.SYSCS_SET_RUNTIMESTATISTICS(?)}",
                "CALL SYSCS_UTIL.SYSCS_UPDATE_STATISTICS('APP', 'ORDERS', NULL)",
            })
    void allowed(String sql) {
        assertThatCode(() -> SqlRules.check(sql, false, Access.OWNER_OF_DATABASE))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM PARLEY_STORE.MESSAGES",
                "SELECT * FROM parley_store.messages",
                "SELECT * FROM \"PARLEY_STORE\".MESSAGES",
                "SELECT * FROM PARLEY_STORE . \"MESSAGES\"",
                "SELECT * FROM PARLEY_STORE /* here */ . -- and\n MESSAGES",
                "SELECT * FROM PARLEY_STORE.MESSAGES WITH RR",
                "SELECT * FROM PARLEY_STORE.MESSAGES -- WITH UR",
                "SELECT * FROM PARLEY_STORE.MESSAGES WHERE BODY = ' WITH UR",
                "SELECT * FROM PARLEY_STORE.MESSAGES FOR UPDATE",
                "SELECT * FROM PARLEY_STORE.MESSAGES FOR UPDATE OF BODY WITH UR",
                "(SELECT A FROM APP.T) UNION (SELECT ENDPOINT FROM PARLEY_STORE.MESSAGES)",
                "VALUES (SELECT COUNT(*) FROM PARLEY_STORE.MESSAGES)",
                "/* /* */ */ DELETE FROM PARLEY_STORE.MESSAGES",
                "/**/ DELETE FROM PARLEY_STORE.MESSAGES",
                "-- x\r\nDELETE FROM PARLEY_STORE.MESSAGES",
                "-- x\rDELETE FROM PARLEY_STORE.MESSAGES",
                "DELETE FROM parley_store.MESSAGES",
                "delete from \"PARLEY_STORE\".\"MESSAGES\" where 1 = 0",
                "INSERT INTO PARLEY_STORE.MESSAGES VALUES (1)",
                "INSERT INTO ORDERS SELECT ENDPOINT FROM PARLEY_STORE.MESSAGES",
                "UPDATE PARLEY_STORE.QUEUES SET IS_ON = TRUE",
                "UPDATE ORDERS SET A = (SELECT COUNT(*) FROM PARLEY_STORE.MESSAGES)",
                "MERGE INTO PARLEY_STORE.TIMERS USING ORDERS ON A = B WHEN MATCHED THEN DELETE",
                "TRUNCATE TABLE PARLEY_STORE.MESSAGES",
                "LOCK TABLE PARLEY_STORE.MESSAGES IN SHARE MODE",
                "CREATE TABLE PARLEY_STORE.MINE (A INT)",
                "CREATE TABLE T AS SELECT * FROM PARLEY_STORE.MESSAGES WITH NO DATA",
                "CREATE TABLE T (A BIGINT REFERENCES PARLEY_STORE.ENDPOINTS)",
                "CREATE INDEX PARLEY_STORE.I ON PARLEY_STORE.MESSAGES (QUEUING_ORDER)",
                "CREATE VIEW V AS SELECT * FROM PARLEY_STORE.MESSAGES",
                "CREATE SYNONYM S FOR PARLEY_STORE.MESSAGES",
                "CREATE TRIGGER T AFTER INSERT ON ORDERS DELETE FROM PARLEY_STORE.MESSAGES",
                "CREATE TRIGGER T AFTER INSERT ON PARLEY_STORE.MESSAGES DELETE FROM ORDERS",
                "CREATE SCHEMA PARLEY_STORE",
                "CREATE SCHEMA AUTHORIZATION PARLEY_STORE",
                "DROP SCHEMA PARLEY_STORE RESTRICT",
                "DROP TABLE PARLEY_STORE.MESSAGES",
                "ALTER TABLE PARLEY_STORE.MESSAGES LOCKSIZE TABLE",
                "RENAME TABLE PARLEY_STORE.MESSAGES TO M",
                "RENAME INDEX PARLEY_STORE.I TO J",
                "GRANT ALL PRIVILEGES ON PARLEY_STORE.MESSAGES TO PUBLIC",
                "REVOKE SELECT ON TABLE PARLEY_STORE.MESSAGES FROM PUBLIC",
                "CREATE PROCEDURE P() LANGUAGE JAVA PARAMETER STYLE JAVA EXTERNAL NAME 'a.B.c'",
                "CREATE FUNCTION F() RETURNS INT LANGUAGE JAVA PARAMETER STYLE JAVA EXTERNAL NAME 'a.B.c'",
                "CREATE TYPE T EXTERNAL NAME 'a.B' LANGUAGE JAVA",
                "CREATE DERBY AGGREGATE A FOR INT EXTERNAL NAME 'a.B'",
                "SET SCHEMA PARLEY_STORE",
                "SET SCHEMA parley_store",
                "SET SCHEMA 'PARLEY_STORE'",
                "SET SCHEMA \"PARLEY_STORE\"",
                "SET CURRENT SCHEMA PARLEY_STORE",
                "SET CURRENT SCHEMA = PARLEY_STORE",
                "SET CURRENT SQLID PARLEY_STORE",
                "SET SCHEMA ?",
                "SET ISOLATION TO SERIALIZABLE",
                "SET CURRENT ISOLATION = UR",
                "SET CONSTRAINTS PARLEY_STORE.MESSAGES_KEY DEFERRED",
                "SET ROLE ADMIN",
                "SAVEPOINT S ON ROLLBACK RETAIN CURSORS",
                "ROLLBACK TO SAVEPOINT S",
                "RELEASE SAVEPOINT S",
                "COMMIT",
                "ROLLBACK",
                "CALL SYSCS_UTIL.SYSCS_SET_DATABASE_PROPERTY('derby.locks.waitTimeout', '1')",
                "{call SYSCS_UTIL.SYSCS_FREEZE_DATABASE()}",
                "{ ? = call SYSCS_UTIL.SYSCS_COMPRESS_TABLE('PARLEY_STORE', 'MESSAGES', 1)}",
                "CALL SYSCS_UTIL.SYSCS_CHECKPOINT_DATABASE()",
                "CALL SYSCS_UTIL.SYSCS_IMPORT_TABLE('PARLEY_STORE', 'MESSAGES', 'f', null, null, null, 0)",
                "CALL SYSCS_UTIL.SYSCS_UPDATE_STATISTICS('PARLEY_STORE', 'MESSAGES', NULL)",
                "CALL SYSCS_UTIL.SYSCS_UPDATE_STATISTICS(?, ?, NULL)",
                "CALL SYSCS_UTIL.SYSCS_UPDATE_STATISTICS('PARLEY_' || 'STORE', 'MESSAGES', NULL)",
                "{call SYSCS_UTIL.SYSCS_DROP_STATISTICS(UPPER('parley_store'), 'MESSAGES', NULL)}",
                "CALL \"SYSCS_UTIL\".\"SYSCS_SET_USER_ACCESS\"('a', 'b')",
                "CALL SQLJ.INSTALL_JAR('a', 'b', 0)",
                "CALL APP.MINE()",
                "EXECUTE STATEMENT X",
                "EXPLAIN SELECT 1",
                "SELEC 1",
                "\"SELECT\" 1",
                "; DELETE FROM PARLEY_STORE.MESSAGES",
                "INSERT INTO PARLEY.SERVICES VALUES (1)",
                "UPDATE \"PARLEY\".SERVICES SET NAME = 'x'",
                "DELETE FROM parley . SERVICES",
                "MERGE INTO PARLEY.SERVICES USING ORDERS ON A = B WHEN MATCHED THEN DELETE",
                "DROP VIEW PARLEY.SERVICES",
                "DROP SCHEMA PARLEY RESTRICT",
                "CREATE TABLE PARLEY.MINE (A INT)",
                "CREATE VIEW V AS SELECT * FROM PARLEY.SERVICES",
                "CREATE SCHEMA AUTHORIZATION PARLEY",
                "SET SCHEMA PARLEY",
                "SET SCHEMA 'PARLEY'",
                "SET SCHEMA SYSCS_DIAG",
                "SELECT * FROM PARLEY_STORE.USERS WITH UR",
                "SELECT * FROM PARLEY_STORE.\"USERS\" WITH UR",
                "SELECT VERIFIER FROM parley_store /* . */ . --\n users WITH UR",
                "SELECT (SELECT MASTER_KEY FROM PARLEY_STORE.OPTIONS) FROM APP.T WITH UR",
                "VALUES SYSCS_UTIL.SYSCS_CHECK_TABLE('PARLEY_' || 'STORE', 'MESSAGES')",
                "VALUES SYSCS_CHECK_TABLE('PARLEY_' || 'STORE', 'MESSAGES')",
                "CREATE VIEW V AS SELECT SYSCS_UTIL.SYSCS_CHECK_TABLE('A', 'B') X FROM T",
                "CREATE TRIGGER T AFTER INSERT ON ORDERS CALL SYSCS_UTIL.SYSCS_EXPORT_QUERY('SELECT * FROM PARLEY'"
                        + " || '_STORE.USERS', 'f', NULL, NULL, NULL)",
                "CREATE TRIGGER T AFTER INSERT ON ORDERS FOR EACH ROW {call SYSCS_UTIL.SYSCS_CHECKPOINT_DATABASE()}",
            })
    void refused(String sql) {
        assertThatThrownBy(() -> SqlRules.check(sql, false, Access.OWNER_OF_DATABASE))
                .isInstanceOfSatisfying(SQLException.class, e -> {
                    assertThat(e.getErrorCode()).isEqualTo(ErrorNumbers.NOT_ALLOWED_IN_SQL);
                    assertThat(e.getSQLState()).isIn("25000", "42501");
                    assertThat(e.getMessage()).containsIgnoringCase("allowed");
                });
    }

    private static SqlCaller user(String name) {
        return new PrincipalTable(new SecurityRows(
                        List.of(new UserRow(5, "anna", null), new UserRow(6, "otto", null)),
                        List.of(new MemberRow(PrincipalTable.DB_OWNER, 6)),
                        List.of(),
                        List.of()))
                .access(name)
                .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM PARLEY_STORE.MESSAGES WITH UR",
                "select * from parley_store.messages with ur",
                "SELECT * FROM parley_\u017ftore.MESSAGES WITH UR",
                "SELECT * FROM \"PARLEY_STORE\" . \"MESSAGES\" WITH UR",
                "SELECT * FROM APP.T --DERBY-PROPERTIES constraint=null\n, PARLEY_STORE.MESSAGES M WITH UR",
                "SELECT (SELECT COUNT(*) FROM PARLEY_STORE.ENDPOINTS) FROM APP.T WITH UR",
                "(SELECT A FROM APP.T) UNION (SELECT ENDPOINT FROM PARLEY_STORE.MESSAGES) WITH UR",
                "VALUES (SELECT COUNT(*) FROM PARLEY_STORE.MESSAGES) WITH UR",
                "WITH X AS (SELECT 1 FROM PARLEY_STORE.MESSAGES) SELECT * FROM X",
                "INSERT INTO ORDERS SELECT ENDPOINT FROM PARLEY_STORE.MESSAGES",
                "SELECT * FROM TABLE (PARLEY_STORE.QUEUE_ROWS(65540)) Q WITH UR",
                "VALUES {fn LENGTH((SELECT MAX(HANDLE) FROM PARLEY_STORE.ENDPOINTS))} WITH UR",
                "SET SCHEMA PARLEY_STORE",
                "SELECT * FROM SYSCS_DIAG.STATEMENT_CACHE",
                "SELECT * FROM TABLE (SYSCS_DIAG.ERROR_LOG_READER('/etc/passwd')) T",
                "SELECT * FROM NEW org.apache.derby.diag.ErrorLogReader('/etc/passwd') T",
            })
    void refusedToNamedUsers(String sql) {
        assertThatThrownBy(() -> SqlRules.check(sql, false, user("anna")))
                .isInstanceOfSatisfying(SQLException.class, e -> {
                    assertThat(e.getErrorCode()).isEqualTo(ErrorNumbers.PERMISSION_DENIED);
                    assertThat(e.getSQLState()).isEqualTo("42501");
                    assertThat(e.getMessage()).contains("'anna'", "dbo and members of db_owner");
                });
    }

    @Test
    void membersOfDbOwnerReadTheEnginesTablesAsDboDoes() {
        SqlCaller otto = user("otto");
        assertThatCode(() -> SqlRules.check("SELECT * FROM PARLEY_STORE.MESSAGES WITH UR", false, otto))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> SqlRules.check("SELECT * FROM PARLEY_STORE.MESSAGES", false, otto))
                .isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> SqlRules.check("SELECT * FROM PARLEY_STORE.USERS WITH UR", false, otto))
                .hasMessageContaining("proofs of passwords");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM ORDERS WHERE A = 'PARLEY_STORE'",
                "SELECT * FROM ORDERS -- PARLEY_STORE.MESSAGES",
                "SELECT * FROM PARLEY.CONVERSATION_ENDPOINTS",
                "SELECT * FROM OrderQueue",
                "INSERT INTO ORDERS VALUES (1, 'SYSCS_DIAG')",
                "CREATE TRIGGER T AFTER INSERT ON A REFERENCING NEW AS N FOR EACH ROW INSERT INTO B VALUES (N.X)",
                "SELECT USERS.A FROM APP.USERS",
            })
    void allowedToNamedUsers(String sql) {
        assertThatCode(() -> SqlRules.check(sql, false, user("anna"))).doesNotThrowAnyException();
    }

    @Test
    void updatableResultOfParleysTablesIsRefused() {
        assertThatThrownBy(() ->
                        SqlRules.check("SELECT * FROM PARLEY_STORE.MESSAGES WITH UR", true, Access.OWNER_OF_DATABASE))
                .isInstanceOf(SQLException.class);
    }

    /** A verdict is kept for the next time. */
    @Test
    void whatOneWasAllowedOthersAreNot() throws SQLException {
        String sql = "SELECT BODY FROM PARLEY_STORE.MESSAGES WITH UR";
        for (int again = 0; again < 2; again++) {
            assertThat(SqlRules.check(sql, false, Access.OWNER_OF_DATABASE)).isFalse();
            assertThatThrownBy(() -> SqlRules.check(sql, true, Access.OWNER_OF_DATABASE))
                    .isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> SqlRules.check(sql, false, user("anna")))
                    .hasMessageContaining("denied to user 'anna'");
            for (int other = 0; other < 1000; other++) {
                assertThat(SqlRules.check("SET SCHEMA S" + other, false, Access.OWNER_OF_DATABASE))
                        .isTrue();
            }
        }
    }

    @Test
    void tellsWhatSetsTheSchema() throws SQLException {
        assertThat(SqlRules.check("SET SCHEMA SHOP", false, Access.OWNER_OF_DATABASE))
                .isTrue();
        assertThat(SqlRules.check("SELECT 1 FROM T", false, Access.OWNER_OF_DATABASE))
                .isFalse();
    }
}
