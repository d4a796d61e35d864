package io.vyra.modulemanager.authoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vyra.modulemanager.module.TestModule;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import io.vyra.modulemanager.store.DiskSync;
import io.vyra.modulemanager.store.PackageUnpacker;
import io.vyra.modulemanager.store.UnpackLimits;
import io.vyra.modulemanager.store.UnpackProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackageBuilderTest {
    @TempDir
    Path folder;

    private TestModule module;

    @BeforeEach
    void setUp() throws IOException {
        module = new TestModule(Files.createDirectory(folder.resolve("sample")));
        module.write("bin/run", "#!/bin/sh\n").write("lib/größe.txt", "x").write(".env", "PASSWORD=x");
        assertThat(module.tree().resolve("bin/run").toFile().setExecutable(true))
                .isTrue();
        Files.createSymbolicLink(module.tree().resolve("lib/run"), Path.of("../bin/run"));
    }

    @Test
    void shouldBuildWhatAnInstallationAccepts() throws IOException {
        module.write("target/classes/X.class", "x").write(".git/config", "x").write("lib/__pycache__/x.pyc", "x");

        BuiltPackage built = new PackageBuilder().build(module.tree(), folder.resolve("out"));

        assertThat(built.file()).isEqualTo(folder.resolve("out/sample_1.2.3.tar.gz"));
        assertThat(built.size()).isEqualTo(Files.size(built.file()));
        assertThat(built.manifest().name()).isEqualTo("sample");
        Path tree = folder.resolve("tree");
        new PackageUnpacker(UnpackLimits.DEFAULT, DiskSync.none()).unpack(built.file(), tree, UnpackProgress.NONE);
        assertThat(tree.resolve("lib/run")).isSymbolicLink().isExecutable();
        assertThat(tree.resolve("lib/größe.txt")).hasContent("x");
        assertThat(tree.resolve(".env")).exists();
        assertThat(tree.resolve("target")).doesNotExist();
        assertThat(tree.resolve(".git")).doesNotExist();
        assertThat(tree.resolve("lib/__pycache__")).doesNotExist();
    }

    @Test
    void shouldRefuseWhatCouldNotStart() {
        module.write("bin/check", "#!/bin/sh\n").runtime("""
                kind: process
                command: [bin/missing]
                working_dir: nowhere
                probe: {kind: exec, command: [bin/check]}
                """);

        assertThatThrownBy(() -> new PackageBuilder().build(module.tree(), folder.resolve("out")))
                .isInstanceOfSatisfying(ProblemException.class, e -> {
                    assertThat(e.type()).isEqualTo(ProblemType.INVALID_MANIFEST);
                    assertThat(e.problem().errors())
                            .extracting(error -> error.pointer())
                            .containsExactly("/working_dir", "/command/0", "/probe/command/0");
                });
        assertThat(folder.resolve("out")).isEmptyDirectory();
    }

    @Test
    void shouldGiveTheSameBytesForTheSameContent() throws IOException {
        String first =
                new PackageBuilder().build(module.tree(), folder.resolve("1")).checksum();
        Files.setLastModifiedTime(
                module.tree().resolve("bin/run"), FileTime.from(Instant.parse("2020-02-02T02:02:02.222Z")));

        assertThat(new PackageBuilder()
                        .build(module.tree(), folder.resolve("2"))
                        .checksum())
                .isEqualTo(first);
    }

    @Test
    void shouldNotPackItsOwnProduct() throws IOException {
        String first = new PackageBuilder().build(module.tree(), module.tree()).checksum();

        assertThat(new PackageBuilder().build(module.tree(), module.tree()).checksum())
                .isEqualTo(first);
    }

    @Test
    void shouldRefuseWhatAnInstallationWouldRefuse() throws IOException {
        Files.createSymbolicLink(module.tree().resolve("out"), Path.of("/etc"));

        assertThatThrownBy(() -> new PackageBuilder().build(module.tree(), folder.resolve("out")))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.type()).isEqualTo(ProblemType.INVALID_PACKAGE))
                .hasMessageContaining("'out'");
        assertThat(folder.resolve("out")).isEmptyDirectory();
    }

    @Test
    void shouldRefuseAWrongManifest() {
        module.runtime("kind: process\n");

        assertThatThrownBy(() -> new PackageBuilder().build(module.tree(), folder.resolve("out")))
                .hasMessageContaining("command");
        assertThat(folder.resolve("out")).doesNotExist();
    }
}
