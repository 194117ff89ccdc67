package org.parley.ra.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnpackedEngineTest {

    /** No system gives a process so high a number. */
    private static final String NOBODY = "999999999-1-";

    @TempDir
    Path archive;

    @TempDir
    Path temporary;

    private URLClassLoader bundle;

    @BeforeEach
    void openBundle() throws Exception {
        Files.createDirectory(archive.resolve("engine"));
        bundle = new URLClassLoader(new URL[] {archive.toUri().toURL()}, null);
    }

    @AfterEach
    void closeBundle() throws Exception {
        bundle.close();
    }

    private void bundle(String name, String content) throws IOException {
        Files.writeString(archive.resolve("engine").resolve(name), content);
    }

    private Optional<UnpackedEngine> unpack() throws IOException {
        return UnpackedEngine.unpack(bundle, temporary);
    }

    private List<String> left() throws IOException {
        try (Stream<Path> files = Files.list(temporary)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    @Test
    void unpacksWhatTheIndexListsAndLeavesNothing() throws Exception {
        bundle("index.txt", "a.jar.bundled\n\n b.jar.bundled \n");
        bundle("a.jar.bundled", "first");
        bundle("b.jar.bundled", "second");
        UnpackedEngine engine = unpack().orElseThrow();
        assertThat(engine.directory()).hasParent(temporary);
        assertThat(engine.directory().resolve("a.jar")).hasContent("first");
        assertThat(engine.urls())
                .containsExactly(
                        engine.directory().resolve("a.jar").toUri().toURL(),
                        engine.directory().resolve("b.jar").toUri().toURL());
        engine.close();
        assertThat(left()).isEmpty();
    }

    @Test
    void nothingBundled() throws Exception {
        assertThat(unpack()).isEmpty();
        bundle("index.txt", "a.jar.bundled\n");
        assertThat(unpack()).isEmpty();
        assertThat(left()).isEmpty();
    }

    @Test
    void incompleteArchiveIsAnErrorThatLeavesNothing() throws Exception {
        bundle("index.txt", "a.jar.bundled\nb.jar.bundled");
        bundle("a.jar.bundled", "first");
        assertThatThrownBy(this::unpack).isInstanceOf(IOException.class).hasMessageContaining("engine/b.jar.bundled");
        assertThat(left()).isEmpty();
    }

    @Test
    void leftOversOfDeadProcessesGo() throws Exception {
        bundle("index.txt", "a.jar.bundled");
        bundle("a.jar.bundled", "first");
        Path dead = leftOver("parley-engine-" + NOBODY + "a");
        Path beingMade = Files.createDirectory(temporary.resolve("parley-engine-" + NOBODY + "b"));
        Path otherKind = leftOver("parley-engine-x-y-z");
        Path locked = leftOver("parley-engine-" + NOBODY + "c");
        try (FileChannel holder = FileChannel.open(locked.resolve("in-use"), StandardOpenOption.WRITE)) {
            holder.lock();
            UnpackedEngine living = unpack().orElseThrow();
            unpack().orElseThrow().close();
            assertThat(dead).doesNotExist();
            assertThat(List.of(beingMade, otherKind, locked, living.directory()))
                    .allMatch(Files::exists);
            living.close();
        }
    }

    private Path leftOver(String name) throws IOException {
        Path directory = Files.createDirectory(temporary.resolve(name));
        Files.createFile(directory.resolve("in-use"));
        Files.writeString(directory.resolve("derby.jar"), "bytes");
        return directory;
    }
}
