package io.vyra.modulemanager.api.nativeimage;

import static org.assertj.core.api.Assertions.assertThat;

import io.vyra.modulemanager.ModuleManager;
import io.vyra.modulemanager.api.problem.ProblemBody;
import io.vyra.modulemanager.module.ModuleId;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keeps what the native build is told true, which is not built here. Run with {@code -Dnative.write=true} to write it anew. */
class NativeMetadataTest {
    private static final Path METADATA = Path.of(
            "src/main/resources/META-INF/native-image/io.vyra.modulemanager/modulemanager-api/reachability-metadata.json");
    // Read by the build alone.
    private static final List<String> FOR_THE_BUILD =
            List.of("META-INF/microprofile-config.properties", "META-INF/native-image/");

    @Test
    void shouldKeepEveryValueThatJsonIsMadeOf() throws IOException {
        String metadata = NativeMetadata.of(List.of(ModuleId.class, ModuleManager.class, ProblemBody.class));

        if (Boolean.getBoolean("native.write")) {
            Files.createDirectories(METADATA.getParent());
            Files.writeString(METADATA, metadata);
        }
        assertThat(metadata).contains("\"io.vyra.modulemanager.operation.OperationRequest$Deploy\"");
        assertThat(METADATA).hasContent(metadata);
    }

    @Test
    void shouldKeepEveryFileThatLiesBesideTheClasses() throws IOException {
        List<String> files = Stream.concat(
                        files(Path.of("../modulemanager-foundation/src/main/resources")).stream(),
                        files(Path.of("src/main/resources")).stream())
                .filter(file -> FOR_THE_BUILD.stream().noneMatch(file::startsWith))
                .toList();

        assertThat(files)
                .contains("io/vyra/modulemanager/schema/0001-modules.sql")
                .allMatch(file -> NativeMetadata.RESOURCES.stream().anyMatch(glob -> matches(glob, file)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "META-INF/docs/swagger-ui.css",
                "META-INF/openapi/openapi.yaml",
                "META-INF/services/java.sql.Driver",
                "io/vyra/modulemanager/schema/0001-modules.sql"
            })
    void shouldNameFilesThatAreThere(String file) {
        assertThat(getClass().getClassLoader().getResource(file)).isNotNull();
        assertThat(NativeMetadata.RESOURCES).anyMatch(glob -> matches(glob, file));
    }

    private static boolean matches(String glob, String file) {
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + glob);
        return matcher.matches(Path.of(file));
    }

    private static List<String> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .toList();
        }
    }
}
