package org.parley.sql.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.parley.sql.ScriptError;

class TranslationTest {

    private static final String ALPHABET = "ab'\"\"''--/**/;?[]%_\\\n\u00e4\u2028\ud83d\ude00{}()`$#@: \t=<>";

    private final FakeStore store = new FakeStore()
            .table(
                    "ORDERS",
                    "ID",
                    "INTEGER NOT NULL",
                    "NAME",
                    "VARCHAR(20)",
                    "PAID",
                    "BOOLEAN",
                    "NOTE",
                    "CLOB(2147483647)")
            .table("Kept \"as\" written", "A'b", "INTEGER");

    @ParameterizedTest
    @CsvSource(
            delimiterString = " ==> ",
            quoteCharacter = '^',
            value = {
                "SELECT Id FROM Orders ==> SELECT T1.\"ID\" AS C1 FROM \"APP\".\"ORDERS\" AS T1",
                "SELECT id, o.name FROM dbo.orders o ==> SELECT T1.\"ID\" AS C1, T1.\"NAME\" AS C2 FROM \"APP\".\"ORDERS\" AS T1",
                "SELECT 1 AS x FROM Orders WHERE Id = 2 ==> SELECT 1 AS C1 FROM \"APP\".\"ORDERS\" AS T1 WHERE (T1.\"ID\" = 2)",
                "SELECT Id FROM Orders WHERE Name = 'x' ==> SELECT T1.\"ID\" AS C1 FROM \"APP\".\"ORDERS\" AS T1 WHERE (T1.\"NAME\" = CAST(? AS VARCHAR(1)))",
                "SELECT Id FROM Orders WHERE Paid = 1 ==> SELECT T1.\"ID\" AS C1 FROM \"APP\".\"ORDERS\" AS T1 WHERE (CASE WHEN T1.\"PAID\" THEN 1 WHEN (NOT T1.\"PAID\") THEN 0 END = 1)",
                "SELECT TOP 3 Name + '!' FROM Orders ORDER BY Id DESC ==> SELECT (T1.\"NAME\" || CAST(? AS VARCHAR(1))) AS C1 FROM \"APP\".\"ORDERS\" AS T1 ORDER BY T1.\"ID\" DESC NULLS LAST FETCH NEXT ? ROWS ONLY",
                "SELECT COUNT(*) FROM Orders WITH (NOLOCK) ==> SELECT COUNT(*) AS C1 FROM \"APP\".\"ORDERS\" AS T1 WITH UR",
                "SELECT [a'b] FROM [kept \"as\" written] ==> SELECT T1.\"A'b\" AS C1 FROM \"APP\".\"Kept \"\"as\"\" written\" AS T1",
                "DELETE Orders WHERE Name IS NULL ==> DELETE FROM \"APP\".\"ORDERS\" AS T1 WHERE (T1.\"NAME\" IS NULL)",
                "UPDATE Orders SET Name = UPPER(Name), Id = @n ==> UPDATE \"APP\".\"ORDERS\" AS T1 SET \"NAME\" = UPPER(T1.\"NAME\"), \"ID\" = CAST(? AS INTEGER)",
                "INSERT Orders (Name, Id) VALUES ('x', 1 + 1) ==> INSERT INTO \"APP\".\"ORDERS\" (\"NAME\", \"ID\") VALUES (CAST(? AS VARCHAR(1)), CAST(? AS INTEGER))",
                "INSERT Orders (Id) SELECT Id FROM Orders ==> INSERT INTO \"APP\".\"ORDERS\" (\"ID\") SELECT T1.\"ID\" AS C1 FROM \"APP\".\"ORDERS\" AS T1",
                "CREATE TABLE t (a INT NOT NULL DEFAULT 5, b NVARCHAR(9) DEFAULT 'it''s', PRIMARY KEY (a)) ==> CREATE TABLE \"APP\".\"T\" (\"A\" INTEGER DEFAULT 5 NOT NULL, \"B\" VARCHAR(9) DEFAULT 'it''s', CONSTRAINT \"PK_T\" PRIMARY KEY (\"A\"))",
                "CREATE TABLE t (a UNIQUEIDENTIFIER, b BIT, c NVARCHAR(MAX), d VARBINARY(MAX), e DATETIME, f MONEY, g XML) ==> CREATE TABLE \"APP\".\"T\" (\"A\" CHAR(36), \"B\" BOOLEAN, \"C\" CLOB, \"D\" BLOB, \"E\" TIMESTAMP, \"F\" DECIMAL(19, 4), \"G\" CLOB)",
                "UPDATE Orders SET Id = DEFAULT WHERE Id = 1 ==> UPDATE \"APP\".\"ORDERS\" AS T1 SET \"ID\" = DEFAULT WHERE (T1.\"ID\" = 1)",
                "UPDATE TOP (2) Orders SET Name = Note WHERE Id = 1 ==> SELECT T1.\"NAME\", T1.\"NOTE\" FROM \"APP\".\"ORDERS\" AS T1 WHERE (T1.\"ID\" = 1) FOR UPDATE",
                "DELETE TOP (2) Orders ==> SELECT 1 FROM \"APP\".\"ORDERS\" AS T1 FOR UPDATE",
                "SELECT a.Id, b.Name FROM Orders a FULL JOIN Orders b ON a.Id = b.Id ==> SELECT T5.\"C1\" AS C1, T5.\"C6\" AS C2 FROM (SELECT T1.\"ID\" AS C1, T1.\"NAME\" AS C2, T1.\"PAID\" AS C3, T1.\"NOTE\" AS C4, T2.\"ID\" AS C5, T2.\"NAME\" AS C6, T2.\"PAID\" AS C7, T2.\"NOTE\" AS C8 FROM \"APP\".\"ORDERS\" AS T1 LEFT JOIN \"APP\".\"ORDERS\" AS T2 ON (T1.\"ID\" = T2.\"ID\") UNION ALL SELECT CAST(? AS INTEGER) AS C1, CAST(? AS VARCHAR(20)) AS C2, CAST(? AS BOOLEAN) AS C3, CAST(? AS CLOB) AS C4, T3.\"ID\" AS C5, T3.\"NAME\" AS C6, T3.\"PAID\" AS C7, T3.\"NOTE\" AS C8 FROM \"APP\".\"ORDERS\" AS T3 WHERE (NOT EXISTS (SELECT 1 AS C1 FROM \"APP\".\"ORDERS\" AS T4 WHERE (T4.\"ID\" = T3.\"ID\")))) AS T5",
                "DROP TABLE Orders ==> DROP TABLE \"APP\".\"ORDERS\"",
                "TRUNCATE TABLE Orders ==> TRUNCATE TABLE \"APP\".\"ORDERS\"",
                "CREATE INDEX i ON Orders (Name DESC) ==> CREATE INDEX \"APP\".\"I\" ON \"APP\".\"ORDERS\" (\"NAME\" DESC)",
            })
    void statementBecomesTheStores(String statement, String expected) {
        assertThat(store.run(statement)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "READ_UNCOMMITTED, , ' WITH UR'",
        "READ_COMMITTED, , ''",
        "REPEATABLE_READ, , ' WITH RS'",
        "SERIALIZABLE, , ' WITH RR'",
        "SERIALIZABLE, NOLOCK, ' WITH UR'",
        "READ_COMMITTED, REPEATABLEREAD, ' WITH RS'",
        "READ_COMMITTED, 'NOLOCK, HOLDLOCK', ' WITH RR'"
    })
    void aSelectTakesTheLocksOfTheSessionUnlessAHintSaysOthers(Isolation session, String hints, String expected) {
        store.isolation = session;
        assertThat(store.run("SELECT Id FROM Orders" + (hints == null ? "" : " WITH (" + hints + ")")))
                .isEqualTo("SELECT T1.\"ID\" AS C1 FROM \"APP\".\"ORDERS\" AS T1" + expected);
    }

    @Test
    void valuesAreBoundInTheirOrder() {
        store.run("SELECT TOP 3 Name + 'a' FROM Orders WHERE Note = N'b' AND Name LIKE 'c%' AND Id IN (1, @n)");
        assertThat(store.parameters()).containsExactly("a", "b", "c%", 7, 3L);
    }

    @Test
    void textNeverChangesTheShapeOfAStatement() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            String first = text(random, 0);
            String second = text(random, 0);
            String sql = store.run("SELECT N" + quoted(first) + ", Id FROM Orders WHERE Name = N" + quoted(second)
                    + " OR Note LIKE " + quoted("x" + first.replace("[", "")) + " ESCAPE '!'");
            assertThat(shape(sql, new ArrayList<>()))
                    .as("seed %d", seed)
                    .isIn(
                            "SELECT CAST(? AS VARCHAR(n)) AS C1, T1.I AS C2 FROM I.I AS T1 WHERE ((T1.I = CAST(? AS VARCHAR(n)))"
                                    + " OR (T1.I LIKE CAST(? AS VARCHAR(n))))",
                            "SELECT CAST(? AS VARCHAR(n)) AS C1, T1.I AS C2 FROM I.I AS T1 WHERE ((T1.I = CAST(? AS VARCHAR(n)))"
                                    + " OR (T1.I LIKE CAST(? AS VARCHAR(n)) ESCAPE CAST(? AS VARCHAR(n))))");
            assertThat(store.parameters().subList(0, 2)).as("seed %d", seed).containsExactly(first, second);
        }
    }

    @Test
    void namesNeverChangeTheShapeOfAStatement() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 1_000; i++) {
            String table = text(random, 1);
            String column = text(random, 1);
            FakeStore named = new FakeStore().table(table, column, "INTEGER");
            List<String> names = new ArrayList<>();
            String sql = named.run("SELECT " + bracketed(column) + " AS " + bracketed(column) + " FROM "
                    + bracketed(table) + " ORDER BY 1");
            assertThat(shape(sql, names))
                    .as("seed %d", seed)
                    .isEqualTo("SELECT T1.I AS C1 FROM I.I AS T1 ORDER BY C1 ASC NULLS FIRST");
            assertThat(names).as("seed %d", seed).containsExactly(column, "APP", table);
        }
    }

    @Test
    void definitionsHoldTextAndNamesAsTheyAre() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 1_000; i++) {
            String name = text(random, 1);
            String value = text(random, 0);
            List<String> held = new ArrayList<>();
            String sql = store.run("CREATE TABLE U (" + bracketed(name) + " NVARCHAR(100) DEFAULT N" + quoted(value)
                    + " CHECK (" + bracketed(name) + " <> N" + quoted(value) + "))");
            String made = Dictionary.stored(name);
            assertThat(shape(sql, held))
                    .as("seed %d", seed)
                    .isEqualTo(
                            "CREATE TABLE I.I (I VARCHAR(n) DEFAULT S, CONSTRAINT I CHECK ((I <> CAST(S AS VARCHAR(n)))))");
            assertThat(held).as("seed %d", seed).containsExactly("APP", "U", made, value, "CK_U_1", made, value);
        }
    }

    @Test
    void whatIsNestedTooDeeplyIsRefusedBeforeTheStoreGetsIt() {
        String deep = "Id" + " + Id".repeat(210);
        assertThatThrownBy(() -> store.run("SELECT " + deep + " FROM Orders"))
                .isInstanceOfSatisfying(
                        ScriptError.class, e -> assertThat(e.number()).isEqualTo(8631));
    }

    private static String text(Random random, int least) {
        StringBuilder text = new StringBuilder();
        int length = least + random.nextInt(12);
        for (int i = 0; i < length; i++) {
            text.appendCodePoint(codePoint(random));
        }
        return text.toString();
    }

    private static int codePoint(Random random) {
        int[] all = ALPHABET.codePoints().toArray();
        return all[random.nextInt(all.length)];
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    private static String bracketed(String name) {
        return "[" + name.replace("]", "]]") + "]";
    }

    /** A statement with I for each delimited identifier, S for each text, n for each length; what they hold is collected. */
    private static String shape(String sql, List<String> held) {
        StringBuilder shape = new StringBuilder();
        for (int i = 0; i < sql.length(); i++) {
            char c = sql.charAt(i);
            if (c != '"' && c != '\'') {
                shape.append(c);
                continue;
            }
            StringBuilder content = new StringBuilder();
            for (i++; sql.charAt(i) != c || i + 1 < sql.length() && sql.charAt(i + 1) == c; i++) {
                content.append(sql.charAt(i));
                i += sql.charAt(i) == c ? 1 : 0;
            }
            held.add(content.toString());
            shape.append(c == '"' ? 'I' : 'S');
        }
        return shape.toString().replaceAll("VARCHAR\\(\\d+\\)", "VARCHAR(n)");
    }
}
