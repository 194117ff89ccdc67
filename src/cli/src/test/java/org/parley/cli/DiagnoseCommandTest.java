package org.parley.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.parley.LocalConnection;
import org.parley.Parley;

class DiagnoseCommandTest {

    @TempDir
    Path directory;

    private Run run() {
        return Run.inHome(directory.resolve("home"));
    }

    private void define(String database, String statements) {
        try (Parley parley = Parley.open(directory.resolve("home"));
                LocalConnection connection = parley.connect(database)) {
            connection.catalog().define(statements);
        }
    }

    @Test
    void tellsWhatIsMissingAndTheStatementThatMendsIt() {
        define("shop", "CREATE QUEUE q; CREATE SERVICE Shop ON QUEUE q");
        define("stock", "CREATE QUEUE q WITH STATUS = OFF; CREATE SERVICE Warehouse ON QUEUE q ([DEFAULT])");

        Run.Result result = run().parley("diagnose", "--from", "Shop", "--to", "Warehouse", "--encryption", "off");

        assertThat(result.out())
                .contains(
                        "From service 'Shop' in database 'shop' to service 'Warehouse' in database 'stock' on contract 'DEFAULT':",
                        "Missing 916 in shop: ",
                        "    ALTER DATABASE CURRENT SET TRUSTWORTHY ON;",
                        "Missing 9617 in stock: ",
                        "    ALTER QUEUE [q] WITH STATUS = ON;",
                        "Note in stock: No procedure is activated",
                        "2 things are missing.");
        assertThat(result.status()).isEqualTo(1);

        run().sql("shop", "ALTER DATABASE CURRENT SET TRUSTWORTHY ON;");
        run().sql("stock", "ALTER QUEUE [q] WITH STATUS = ON;");
        Run.Result mended = run().parley("diagnose", "--from", "Shop", "--to", "Warehouse", "--encryption", "off");
        assertThat(mended.out()).contains("Nothing is missing.");
        assertThat(mended.status()).isZero();
    }

    @Test
    void rowsForPrograms() {
        define("shop", "CREATE QUEUE q WITH STATUS = OFF; CREATE SERVICE s ON QUEUE q ([DEFAULT])");

        Run.Result result = run().parley("diagnose", "--from", "s", "--to", "s", "--format", "json");

        assertThat(result.out().lines())
                .anyMatch(line ->
                        line.startsWith("{\"missing\":true,\"number\":9617,\"database\":\"shop\",\"text\":\"Queue"))
                .anyMatch(line -> line.startsWith("{\"missing\":false,\"number\":null,"));
    }

    @Test
    void aServiceThatNoDatabaseHasNeedsAPlace() {
        define("shop", "CREATE QUEUE q");
        define("stock", "CREATE QUEUE q");

        Run.Result unplaced = run().parley("diagnose", "--from", "Shop", "--to", "Warehouse");
        assertThat(unplaced.err()).contains("choose one with --from-database: [shop, stock]");
        assertThat(unplaced.status()).isEqualTo(2);

        Run.Result placed = run().parley("diagnose", "--from", "Shop", "--to", "Warehouse", "--from-database", "shop");
        assertThat(placed.out()).contains("Missing 8423 in shop", "Missing 9796 in shop");
        assertThat(placed.status()).isEqualTo(1);
    }
}
