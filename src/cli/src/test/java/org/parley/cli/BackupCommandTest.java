package org.parley.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.parley.Dialog;
import org.parley.LocalConnection;
import org.parley.Parley;
import org.parley.Receive;

class BackupCommandTest {

    @TempDir
    Path directory;

    private Path home() {
        return directory.resolve("home");
    }

    private Path copy() {
        return directory.resolve("copy");
    }

    private Run run() {
        return Run.inHome(home()).with("PARLEY_DATABASE", "shop");
    }

    @Test
    void restoresWhatWasSavedInAnotherHome() {
        try (Parley parley = Parley.open(home());
                LocalConnection shop = parley.connect("shop")) {
            shop.catalog().define("CREATE QUEUE Q; CREATE SERVICE [//s] ON QUEUE Q ([DEFAULT])");
            shop.begin(Dialog.between("//s", "//s")).send("DEFAULT", "kept");
        }
        assertThat(run().parley("backup", copy().toString()))
                .isEqualTo(new Run.Result(0, "Database 'shop' was copied to " + copy() + ".\n", ""));
        Path other = directory.resolve("other");
        Run elsewhere = Run.inHome(other).with("PARLEY_DATABASE", "store");
        assertThat(elsewhere
                        .parley("restore", "--broker", "enable_broker", copy().toString())
                        .status())
                .isZero();
        try (Parley parley = Parley.open(other);
                LocalConnection store = parley.connect("store")) {
            assertThat(store.receive(Receive.from("Q")))
                    .singleElement()
                    .satisfies(message -> assertThat(message.text()).isEqualTo("kept"));
        }
    }

    @Test
    void saysWhatKeepsThemFromIt() {
        assertThat(run().parley("restore", copy().toString()).err())
                .contains("Msg 5120")
                .contains(copy().toString());
        run().sql("shop", "SELECT 1");
        assertThat(run().parley("backup", directory.toString()).err()).contains("Msg 50005");
        assertThat(run().parley("backup", copy().toString()).status()).isZero();
        assertThat(run().parley("restore", copy().toString()).err()).contains("Msg 1801");
        assertThat(Run.inHome(home())
                        .parley("backup", "--database", "nobody", copy() + "2")
                        .err())
                .contains("Msg 911");
    }
}
