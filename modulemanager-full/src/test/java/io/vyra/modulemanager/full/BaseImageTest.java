package io.vyra.modulemanager.full;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code docker/base/build.sh builder} with an npm that fetches nothing; {@link BaseImageIT} makes real images. */
class BaseImageTest {
    private static final Path CHECKOUT =
            Path.of(System.getProperty("checkout", "..")).toAbsolutePath().normalize();

    @TempDir
    private Path folder;

    @Test
    void shouldRefuseANodeThatIsNotTheOneItPins() throws Exception {
        program("npm", """
                #!/bin/sh
                for package; do :; done
                echo 'of somebody else' >"${package%@*}-${package##*@}.tgz"
                """);

        Command base = builder();

        assertThat(base.output())
                .containsPattern(
                        "The fetched node-linux-(x64|arm64)-24\\.[0-9.]+\\.tgz is not the expected file \\(SHA-512 [0-9a-f]{128}\\)")
                .contains("npm config get registry");
        assertThat(base.code()).isEqualTo(1);
        assertThat(folder.resolve("base")).isEmptyDirectory();
    }

    @Test
    void shouldSayThatNodeCouldNotBeFetched() throws Exception {
        program("npm", "#!/bin/sh\necho 'npm error code ENOTFOUND' >&2\nexit 1\n");

        Command base = builder();

        assertThat(base.output())
                .contains("ENOTFOUND", "could not be fetched from the npm registry", "npm config get registry");
        assertThat(base.code()).isEqualTo(1);
        assertThat(folder.resolve("base")).isEmptyDirectory();
    }

    private Command builder() throws Exception {
        // It is looked for at the beginning, but would come into use after Node only.
        program("mmdebstrap", "#!/bin/sh\nexit 1\n");
        return Command.run(
                folder,
                Map.of(
                        "JAVA_HOME",
                        System.getProperty("java.home"),
                        "PATH",
                        folder.resolve("bin") + ":" + System.getenv("PATH")),
                Duration.ofMinutes(1),
                List.of(
                        CHECKOUT.resolve("docker/base/build.sh").toString(),
                        "builder",
                        folder.resolve("base").toString()));
    }

    private void program(String name, String script) throws IOException {
        Path program = Files.createDirectories(folder.resolve("bin")).resolve(name);
        Files.writeString(program, script);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
