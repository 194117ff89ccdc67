package org.parley.ra.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import org.apache.derby.jdbc.EmbeddedDriver;
import org.assertj.core.util.Lists;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.parley.Dialog;

class EngineLoaderTest {

    @TempDir
    Path own;

    private EngineLoader loader;

    @BeforeEach
    void openLoader() throws Exception {
        loader = new EngineLoader(new URL[] {own.toUri().toURL()}, EngineLoaderTest.class.getClassLoader());
    }

    @AfterEach
    void closeLoader() throws Exception {
        loader.close();
    }

    @ParameterizedTest
    @CsvSource({
        "java.sql.Connection, true",
        "javax.sql.DataSource, true",
        "jakarta.resource.ResourceException, true",
        "org.parley.Dialog, true",
        "org.parley.spi.Channel, true",
        "org.parley.ra.host.Settings, true",
        "org.parley.ra.ParleyResourceAdapter, true",
        "org.parley.engine.Engine, false",
        "org.parley.sql.Script, false",
        "org.parley.random.Thing, false",
        "org.apache.derby.jdbc.EmbeddedDriver, false",
        "org.antlr.v4.runtime.Parser, false",
        "Unnamed, false",
    })
    void whatIsShared(String className, boolean shared) {
        assertThat(EngineLoader.isShared(className)).isEqualTo(shared);
    }

    @Test
    void ownClassesComeFirstUnlessShared() throws Exception {
        copy(Lists.class);
        copy(Dialog.class);
        assertThat(loader.loadClass(Lists.class.getName()).getClassLoader()).isSameAs(loader);
        assertThat(loader.loadClass(Dialog.class.getName())).isSameAs(Dialog.class);
        assertThat(loader.loadClass(Test.class.getName())).isSameAs(Test.class);
    }

    @Test
    void ownResourcesAlone() throws Exception {
        String name = "META-INF/MANIFEST.MF";
        assertThat(Collections.list(loader.getResources(name))).isNotEmpty();
        URL first = Files.writeString(
                        Files.createDirectories(own.resolve("META-INF")).resolve("MANIFEST.MF"),
                        "Manifest-Version: 1.0\n")
                .toUri()
                .toURL();
        assertThat(Collections.list(loader.getResources(name))).containsExactly(first);
        assertThat(loader.getResource(name)).isEqualTo(first);
    }

    @Test
    void anotherDerbyIsNeverSeen() throws Exception {
        String driver = EmbeddedDriver.class.getName();
        String file = driver.replace('.', '/') + ".class";
        assertThat(loader.getParent().getResource(file)).isNotNull();
        assertThatThrownBy(() -> loader.loadClass(driver)).isInstanceOf(ClassNotFoundException.class);
        assertThat(loader.getResource(file)).isNull();
        assertThat(loader.getResources(file).hasMoreElements()).isFalse();
    }

    private void copy(Class<?> type) throws Exception {
        String name = type.getName().replace('.', '/') + ".class";
        Path file = own.resolve(name);
        Files.createDirectories(file.getParent());
        try (InputStream in = type.getClassLoader().getResourceAsStream(name)) {
            Files.copy(in, file);
        }
    }
}
