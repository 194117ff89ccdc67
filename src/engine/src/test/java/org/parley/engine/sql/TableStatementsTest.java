package org.parley.engine.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.parley.engine.sql.Script.columns;
import static org.parley.engine.sql.Script.count;
import static org.parley.engine.sql.Script.rows;
import static org.parley.engine.sql.Script.run;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.parley.LocalConnection;
import org.parley.engine.ExpenseHome;

class TableStatementsTest {

    @RegisterExtension
    final ExpenseHome home = new ExpenseHome();

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
                    .containsExactly("Id int", "customer nvarchar(50)", "Twice decimal(21,2)");
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
