package io.vyra.modulemanager.slim;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The SLIM distribution runs no containers, and says so, at the install and before it fetches an image for nothing. */
@Timeout(300)
class WithoutContainersIT {
    private static final Path SBOM = Path.of("../target/sbom/slim.cdx.json");
    private static final String REFUSAL =
            " 1.0.0 runs in a container (kind: container in .module/module_runtime.yaml), but this is the SLIM distribution"
                    + " without containers. Choose a version that runs as a process, or replace the manager by SLIM with"
                    + " containers (--slim --with-containers) or by the full distribution: docs/slim-mode.md.";

    @TempDir
    private static Path folder;

    private static SlimService service;

    @BeforeAll
    static void start() throws Exception {
        Path repository = Files.createDirectory(folder.resolve("repository"));
        new ContainerPackage("lidar", "variant: production").write(repository);
        // Were it fetched, its size would be refused.
        Files.writeString(repository.resolve("image.tar.gz"), "no image");
        Files.writeString(repository.resolve("index.json"), """
                {"name": "test", "modules": [{
                  "name": "lidar", "version": "1.0.0", "filename": "lidar_1.0.0.tar.gz",
                  "images": {"production": {"filename": "image.tar.gz", "size": 4096}}
                }]}
                """);
        service = SlimService.start(
                folder,
                // The second asks for what is not there; all that is tested here must hold all the same.
                Map.of("VYRA_REPOSITORIES", repository.toUri().toString(), "VYRA_SLIM", "false"));
    }

    @AfterAll
    static void stop() {
        if (service != null) {
            service.close();
        }
    }

    @Test
    void shouldShipNothingForContainers() throws IOException {
        assertThat(ShippedJars.libraries())
                .anyMatch(name -> name.contains("modulemanager-core"))
                .noneMatch(name -> name.contains("modulemanager-container") || name.contains("docker"));
    }

    @Test
    void shouldStaySlimWhenToldToBeFull() throws Exception {
        assertThat(service.get("system").path("distribution").asText()).isEqualTo("slim");
        assertThat(service.get("/health").path("mode").asText()).isEqualTo("slim");
    }

    @Test
    void shouldShipNoMoreThanItsSbomSays() throws IOException {
        List<String> listed = ShippedJars.listedIn(SBOM);

        assertThat(listed).isNotEmpty();
        assertThat(new TreeSet<>(listed)).isEqualTo(new TreeSet<>(ShippedJars.libraries()));
    }

    @Test
    void shouldHaveNoEngine() throws Exception {
        JsonNode system = service.get("system");

        assertThat(system.path("distribution").asText()).isEqualTo("slim");
        assertThat(system.path("container_engine").asText()).isEqualTo("absent");
    }

    @Test
    void shouldRefuseAnUploadedPackageWithAnImage() throws Exception {
        Path file = new ContainerPackage("camera", "reference: 'registry/camera:1'").write(folder);

        assertRefused("camera", service.upload(file));
    }

    @Test
    void shouldRefuseAPackageBeforeItsImageIsFetched() throws Exception {
        JsonNode operation = service.post("modules", Map.of("name", "lidar", "version", "1.0.0", "start", true));

        assertRefused("lidar", service.ended(operation));
    }

    private static void assertRefused(String module, JsonNode operation) throws Exception {
        JsonNode problem = operation.path("problem");
        assertThat(operation.path("status").asText()).as(operation.toString()).isEqualTo("rolled_back");
        assertThat(problem.path("code").asText()).isEqualTo("not-implemented");
        assertThat(problem.path("title").asText()).isEqualTo("Not available in this distribution");
        assertThat(problem.path("status").asInt()).isEqualTo(501);
        assertThat(problem.path("detail").asText()).isEqualTo(module + REFUSAL);
        assertThat(service.get("modules").path("items")).isEmpty();
        try (Stream<Path> left = Files.list(folder.resolve("data/staging"))) {
            assertThat(left).isEmpty();
        }
    }
}
