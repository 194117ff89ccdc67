package org.parley.engine.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.parley.engine.sql.Script.columns;
import static org.parley.engine.sql.Script.count;
import static org.parley.engine.sql.Script.rows;
import static org.parley.engine.sql.Script.run;
import static org.parley.testkit.Eventually.eventually;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.parley.LocalConnection;
import org.parley.engine.ExpenseHome;
import org.parley.engine.Expenses;

class TableStatementsTest {

    @RegisterExtension
    final ExpenseHome home = new ExpenseHome();

    @Test
    void statementsGiveWhatTransactSqlSays() {
        try (LocalConnection connection = home.connect()) {
            assertThat(Cases.run("tables.txt", connection)).isGreaterThan(120);
        }
    }

    @Test
    void wrongStatementsAreToldWhatIsWrong() {
        try (LocalConnection connection = home.connect()) {
            assertThat(Cases.run("table-errors.txt", connection)).isGreaterThan(100);
        }
    }

    @Test
    void textAndNamesComeBackAsTheyWereWritten() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        try (LocalConnection connection = home.connect()) {
            for (int i = 0; i < 40; i++) {
                String table = "N" + i + text(random);
                String column = "c" + text(random);
                String value = text(random);
                String script = "CREATE TABLE " + name(table) + " (Id INT, " + name(column) + " NVARCHAR(100) DEFAULT "
                        + quoted(value)
                        + ", CHECK (" + name(column) + " = " + quoted(value) + "));"
                        + " INSERT " + name(table) + " (Id) VALUES (1);"
                        + " INSERT " + name(table) + " VALUES (2, " + quoted(value) + "), (3, " + quoted(value) + ");"
                        + " DECLARE @t TABLE (v NVARCHAR(100)); INSERT @t VALUES (" + quoted(value) + ");"
                        + " SELECT " + name(column) + " FROM " + name(table) + " WHERE " + name(column) + " = "
                        + quoted(value)
                        + " AND " + name(column) + " IN (SELECT v FROM @t) ORDER BY Id";
                assertThat(rows(connection, script))
                        .as("seed %d: %s", seed, script)
                        .containsExactly(value, value, value);
            }
        }
    }

    private static String text(Random random) {
        int[] all =
                "ab'\"'--/**/;?[]%_\\\n\u00e4\ud83d\ude00{}(): =<>".codePoints().toArray();
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(12); i >= 0; i--) {
            text.appendCodePoint(all[random.nextInt(all.length)]);
        }
        return text.toString();
    }

    private static String quoted(String text) {
        return "N'" + text.replace("'", "''") + "'";
    }

    private static String name(String name) {
        return "[" + name.replace("]", "]]") + "]";
    }

    @Test
    void messagesAndTablesGoTogether() throws Exception {
        try (LocalConnection connection = home.connect()) {
            Expenses.submit(connection, "<expense><amount>5</amount></expense>");
            eventually()
                    .becomes(
                            "messages",
                            () -> rows(connection, "SELECT COUNT(*) FROM ExpenseQueue"),
                            List.of("1")::equals);
            assertThat(
                            rows(
                                    connection,
                                    "SELECT message_sequence_number, CAST(message_body AS XML).value('(/expense/amount)[1]', 'int')"
                                            + " FROM ExpenseQueue WHERE CAST(message_body AS VARCHAR(MAX)) LIKE '%amount%' OR DATALENGTH(message_body) < 5"))
                    .hasSize(1);
            run(
                    connection,
                    "CREATE TABLE Kept (Handle UNIQUEIDENTIFIER PRIMARY KEY, Body VARBINARY(MAX), Kind NVARCHAR(256))");
            String script = "DECLARE @m TABLE (h UNIQUEIDENTIFIER, b VARBINARY(MAX), k SYSNAME);"
                    + " BEGIN TRANSACTION;"
                    + " RECEIVE conversation_handle, message_body, message_type_name FROM ExpenseQueue INTO @m;"
                    + " INSERT Kept SELECT h, b, k FROM @m; %s";
            run(connection, String.format(script, "ROLLBACK"));
            assertThat(rows(connection, "SELECT COUNT(*) FROM Kept")).containsExactly("0");
            run(connection, String.format(script, "COMMIT"));
            assertThat(rows(
                            connection,
                            "SELECT e.state, DATALENGTH(k.Body) FROM Kept k JOIN sys.conversation_endpoints e"
                                    + " ON e.conversation_handle = k.Handle"))
                    .containsExactly("CO|37");
        }
    }

    @Test
    void tableIsMadeFilledReadChangedAndDropped() {
        try (LocalConnection connection = home.connect()) {
            run(
                    connection,
                    "CREATE TABLE dbo.Orders (Id INT IDENTITY(1,1) PRIMARY KEY, Customer NVARCHAR(50) NOT NULL,"
                            + " Amount DECIMAL(10,2) NULL, Paid BIT DEFAULT 0, At DATETIME2 DEFAULT GETDATE())");
            assertThat(count(connection, "INSERT INTO Orders (Customer, Amount) VALUES (N'Ann', 10.5)"))
                    .isEqualTo(1);
            assertThat(count(
                            connection,
                            "INSERT Orders (Customer, Amount, Paid) VALUES ('Bob', 20, 1), ('Cid', NULL, 0)"))
                    .isEqualTo(2);
            assertThat(rows(connection, "SELECT Id, Customer, Amount, Paid FROM Orders ORDER BY Id"))
                    .containsExactly("1|Ann|10.50|false", "2|Bob|20.00|true", "3|Cid|-|false");
            assertThat(columns(connection, "SELECT Id, customer, Amount * 2 AS Twice FROM Orders"))
                    .containsExactly("Id int", "customer nvarchar(50)", "Twice decimal(12,2)");
            assertThat(count(
                            connection,
                            "UPDATE Orders SET Amount = Amount + 1, Customer = UPPER(Customer) WHERE Paid = 1"))
                    .isEqualTo(1);
            assertThat(
                            rows(
                                    connection,
                                    "SELECT TOP 1 Customer + ' ' + CAST(Amount AS VARCHAR(20)) FROM Orders WHERE Amount IS NOT NULL ORDER BY Amount DESC"))
                    .containsExactly("BOB 21.00");
            assertThat(count(connection, "DELETE FROM Orders WHERE Customer LIKE 'C%'"))
                    .isEqualTo(1);
            assertThat(rows(connection, "SELECT COUNT(*), SUM(Amount), MIN(Customer) FROM Orders"))
                    .containsExactly("2|31.50|Ann");
            run(connection, "DROP TABLE Orders");
        }
    }

    @Test
    void tableVariableIsRead() {
        try (LocalConnection connection = home.connect()) {
            assertThat(rows(
                            connection,
                            "DECLARE @t TABLE (a INT IDENTITY PRIMARY KEY, b NVARCHAR(20), c VARBINARY(MAX), d DATETIME2, e UNIQUEIDENTIFIER, f FLOAT, g BIT);"
                                    + " INSERT @t (b, c, d, e, f, g) VALUES ('x', 0x0102, '2020-01-02 03:04:05', '6F9619FF-8B86-D011-B42D-00C04FC964FF', 1.5, 1);"
                                    + " INSERT @t (b) SELECT b + 'y' FROM @t;"
                                    + " UPDATE @t SET b = b + '!' WHERE a = 2;"
                                    + " SELECT * FROM @t ORDER BY a"))
                    .containsExactly(
                            "1|x|0x0102|2020-01-02T03:04:05|6f9619ff-8b86-d011-b42d-00c04fc964ff|1.5|true",
                            "2|xy!|-|-|-|-|-");
        }
    }

    @Test
    void viewsOfTheSystemAndQueuesAreRead() {
        try (LocalConnection connection = home.connect()) {
            assertThat(rows(connection, "SELECT name FROM sys.service_queues WHERE name LIKE 'Expense%' ORDER BY name"))
                    .isNotEmpty();
            assertThat(rows(connection, "SELECT COUNT(*) FROM dbo.[ExpenseQueue] WITH (NOLOCK)"))
                    .containsExactly("0");
            assertThat(rows(
                            connection,
                            "IF EXISTS (SELECT * FROM sys.services WHERE name = 'none') SELECT 1 ELSE SELECT 2"))
                    .containsExactly("2");
        }
    }
}
