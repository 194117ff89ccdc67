package org.parley.ra.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.parley.BrokerException;

class SettingsTest {

    private static final Path ABSOLUTE = Path.of("somewhere").toAbsolutePath();

    @Test
    void valuesAreTrimmedAndEqualOnesAreEqual() {
        Settings settings = Settings.of(ABSOLUTE + "/./x", " a, b ,,a", " CREATE QUEUE q ", " 5 ");
        assertThat(settings)
                .isEqualTo(new Settings(
                        ABSOLUTE.resolve("x"), List.of("a", "b"), "CREATE QUEUE q", Duration.ofSeconds(5)));
        assertThat(Settings.of("h", null, null, "1").databases()).isEmpty();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "0", "3601", "ten", "1.5"})
    void lockTimeoutOutOfRange(String value) {
        assertThatThrownBy(() -> Settings.of("home", "a", "", value))
                .isInstanceOf(BrokerException.class)
                .hasMessageContaining("'lockTimeoutSeconds'")
                .hasMessageContaining("1 to 3600");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "a\0b"})
    void noHome(String value) {
        assertThatThrownBy(() -> Settings.of(value, "a", "", "1")).hasMessageContaining("'home'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jboss.server.data.dir", "com.sun.aas.instanceRoot", "server.output.dir", "catalina.base"})
    void relativeHomeIsBelowTheServersData(String property) {
        assertThat(homeWhere(property, ABSOLUTE)).isEqualTo(ABSOLUTE.resolve("h"));
    }

    @Test
    void relativeHomeIsBelowTheWorkingDirectoryWhereTheServersDataAreTemporary() {
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"), "payaramicro-rt123");
        assertThat(homeWhere("com.sun.aas.instanceRoot", temporary))
                .isEqualTo(Path.of("h").toAbsolutePath());
    }

    private static Path homeWhere(String property, Path value) {
        String before = System.setProperty(property, value.toString());
        try {
            return Settings.of("h", "", "", "1").home();
        } finally {
            if (before == null) {
                System.clearProperty(property);
            } else {
                System.setProperty(property, before);
            }
        }
    }
}
