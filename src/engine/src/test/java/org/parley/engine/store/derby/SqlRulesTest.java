package org.parley.engine.store.derby;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.parley.ErrorNumbers;

class SqlRulesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  -- nothing\n",
                "SELECT * FROM APP.ORDERS",
                "select a from orders where b = 'PARLEY.MESSAGES'",
                "SELECT A FROM ORDERS -- PARLEY.MESSAGES\n WHERE A = 1",
                "SELECT A /* PARLEY.MESSAGES /* nested */ PARLEY.X */ FROM ORDERS",
                "SELECT A FROM ORDERS FOR UPDATE",
                "SELECT A FROM ORDERS WITH RR",
                "SELECT PARLEY FROM ORDERS",
                "SELECT A PARLEY FROM ORDERS",
                "SELECT * FROM \"parley\".T",
                "SELECT * FROM PARLEYS.T",
                "SELECT * FROM NOT_PARLEY.T",
                "SELECT 'it''s PARLEY.X' FROM ORDERS",
                "SELECT * FROM PARLEY.MESSAGES WITH UR",
                "select count(*) from parley.messages m join app.orders o on m.endpoint = o.id with ur",
                "(SELECT A FROM APP.T) UNION (SELECT ENDPOINT FROM PARLEY.MESSAGES) WITH UR",
                "VALUES 1",
                "VALUES CURRENT_TIMESTAMP",
                "INSERT INTO ORDERS VALUES (1, 'PARLEY')",
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
        assertThatCode(() -> SqlRules.check(sql, false)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM PARLEY.MESSAGES",
                "SELECT * FROM parley.messages",
                "SELECT * FROM \"PARLEY\".MESSAGES",
                "SELECT * FROM PARLEY . \"MESSAGES\"",
                "SELECT * FROM PARLEY /* here */ . -- and\n MESSAGES",
                "SELECT * FROM PARLEY.MESSAGES WITH RR",
                "SELECT * FROM PARLEY.MESSAGES -- WITH UR",
                "SELECT * FROM PARLEY.MESSAGES WHERE BODY = ' WITH UR",
                "SELECT * FROM PARLEY.MESSAGES FOR UPDATE",
                "SELECT * FROM PARLEY.MESSAGES FOR UPDATE OF BODY WITH UR",
                "(SELECT A FROM APP.T) UNION (SELECT ENDPOINT FROM PARLEY.MESSAGES)",
                "VALUES (SELECT COUNT(*) FROM PARLEY.MESSAGES)",
                "/* /* */ */ DELETE FROM PARLEY.MESSAGES",
                "/**/ DELETE FROM PARLEY.MESSAGES",
                "-- x\r\nDELETE FROM PARLEY.MESSAGES",
                "-- x\rDELETE FROM PARLEY.MESSAGES",
                "DELETE FROM parley.MESSAGES",
                "delete from \"PARLEY\".\"MESSAGES\" where 1 = 0",
                "INSERT INTO PARLEY.MESSAGES VALUES (1)",
                "INSERT INTO ORDERS SELECT ENDPOINT FROM PARLEY.MESSAGES",
                "UPDATE PARLEY.QUEUES SET IS_ON = TRUE",
                "UPDATE ORDERS SET A = (SELECT COUNT(*) FROM PARLEY.MESSAGES)",
                "MERGE INTO PARLEY.TIMERS USING ORDERS ON A = B WHEN MATCHED THEN DELETE",
                "TRUNCATE TABLE PARLEY.MESSAGES",
                "LOCK TABLE PARLEY.MESSAGES IN SHARE MODE",
                "CREATE TABLE PARLEY.MINE (A INT)",
                "CREATE TABLE T AS SELECT * FROM PARLEY.MESSAGES WITH NO DATA",
                "CREATE TABLE T (A BIGINT REFERENCES PARLEY.ENDPOINTS)",
                "CREATE INDEX PARLEY.I ON PARLEY.MESSAGES (QUEUING_ORDER)",
                "CREATE VIEW V AS SELECT * FROM PARLEY.MESSAGES",
                "CREATE SYNONYM S FOR PARLEY.MESSAGES",
                "CREATE TRIGGER T AFTER INSERT ON ORDERS DELETE FROM PARLEY.MESSAGES",
                "CREATE TRIGGER T AFTER INSERT ON PARLEY.MESSAGES DELETE FROM ORDERS",
                "CREATE SCHEMA PARLEY",
                "CREATE SCHEMA AUTHORIZATION PARLEY",
                "DROP SCHEMA PARLEY RESTRICT",
                "DROP TABLE PARLEY.MESSAGES",
                "ALTER TABLE PARLEY.MESSAGES LOCKSIZE TABLE",
                "RENAME TABLE PARLEY.MESSAGES TO M",
                "RENAME INDEX PARLEY.I TO J",
                "GRANT ALL PRIVILEGES ON PARLEY.MESSAGES TO PUBLIC",
                "REVOKE SELECT ON TABLE PARLEY.MESSAGES FROM PUBLIC",
                "CREATE PROCEDURE P() LANGUAGE JAVA PARAMETER STYLE JAVA EXTERNAL NAME 'a.B.c'",
                "CREATE FUNCTION F() RETURNS INT LANGUAGE JAVA PARAMETER STYLE JAVA EXTERNAL NAME 'a.B.c'",
                "CREATE TYPE T EXTERNAL NAME 'a.B' LANGUAGE JAVA",
                "CREATE DERBY AGGREGATE A FOR INT EXTERNAL NAME 'a.B'",
                "SET SCHEMA PARLEY",
                "SET SCHEMA parley",
                "SET SCHEMA 'PARLEY'",
                "SET SCHEMA \"PARLEY\"",
                "SET CURRENT SCHEMA PARLEY",
                "SET CURRENT SCHEMA = PARLEY",
                "SET CURRENT SQLID PARLEY",
                "SET SCHEMA ?",
                "SET ISOLATION TO SERIALIZABLE",
                "SET CURRENT ISOLATION = UR",
                "SET CONSTRAINTS PARLEY.MESSAGES_KEY DEFERRED",
                "SET ROLE ADMIN",
                "SAVEPOINT S ON ROLLBACK RETAIN CURSORS",
                "ROLLBACK TO SAVEPOINT S",
                "RELEASE SAVEPOINT S",
                "COMMIT",
                "ROLLBACK",
                "CALL SYSCS_UTIL.SYSCS_SET_DATABASE_PROPERTY('derby.locks.waitTimeout', '1')",
                "{call SYSCS_UTIL.SYSCS_FREEZE_DATABASE()}",
                "{ ? = call SYSCS_UTIL.SYSCS_COMPRESS_TABLE('PARLEY', 'MESSAGES', 1)}",
                "CALL SYSCS_UTIL.SYSCS_CHECKPOINT_DATABASE()",
                "CALL SYSCS_UTIL.SYSCS_IMPORT_TABLE('PARLEY', 'MESSAGES', 'f', null, null, null, 0)",
                "CALL SYSCS_UTIL.SYSCS_UPDATE_STATISTICS('PARLEY', 'MESSAGES', NULL)",
                "CALL SYSCS_UTIL.SYSCS_UPDATE_STATISTICS(?, ?, NULL)",
                "CALL \"SYSCS_UTIL\".\"SYSCS_SET_USER_ACCESS\"('a', 'b')",
                "CALL SQLJ.INSTALL_JAR('a', 'b', 0)",
                "CALL APP.MINE()",
                "EXECUTE STATEMENT X",
                "EXPLAIN SELECT 1",
                "SELEC 1",
                "\"SELECT\" 1",
                "; DELETE FROM PARLEY.MESSAGES",
            })
    void refused(String sql) {
        assertThatThrownBy(() -> SqlRules.check(sql, false)).isInstanceOfSatisfying(SQLException.class, e -> {
            assertThat(e.getErrorCode()).isEqualTo(ErrorNumbers.NOT_ALLOWED_IN_SQL);
            assertThat(e.getSQLState()).isIn("25000", "42501");
            assertThat(e.getMessage()).containsIgnoringCase("allowed");
        });
    }

    @Test
    void updatableResultOfParleysTablesIsRefused() {
        assertThatThrownBy(() -> SqlRules.check("SELECT * FROM PARLEY.MESSAGES WITH UR", true))
                .isInstanceOf(SQLException.class);
    }

    @Test
    void tellsWhatSetsTheSchema() throws SQLException {
        assertThat(SqlRules.check("SET SCHEMA SHOP", false)).isTrue();
        assertThat(SqlRules.check("SELECT 1 FROM T", false)).isFalse();
    }
}
