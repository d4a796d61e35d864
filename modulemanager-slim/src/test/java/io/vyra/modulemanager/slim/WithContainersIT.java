package io.vyra.modulemanager.slim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The SLIM distribution with containers, as it is shipped. */
@Timeout(300)
class WithContainersIT {
    private static final Path SBOM = Path.of("../target/sbom/slim-containers.cdx.json");
    private static final Duration SOON = Duration.ofMinutes(1);

    @TempDir
    private Path folder;

    @Test
    void shouldShipTheAdapterAndNoMoreThanItsSbomSays() throws IOException {
        List<String> listed = ShippedJars.listedIn(SBOM);

        assertThat(listed)
                .anyMatch(name -> name.startsWith("io.vyra.modulemanager.modulemanager-container-"))
                .anyMatch(name -> name.startsWith("com.github.docker-java.docker-java-core-"));
        assertThat(new TreeSet<>(listed)).isEqualTo(new TreeSet<>(ShippedJars.libraries()));
    }

    @Test
    void shouldLookForNoEngineBeforeAModuleNeedsOne() throws Exception {
        try (SlimService service =
                SlimService.start(folder, Map.of("DOCKER_HOST", "unix://" + folder.resolve("none.sock")))) {
            JsonNode system = service.get("system");
            assertThat(system.path("distribution").asText()).isEqualTo("slim");
            assertThat(system.path("container_engine").asText()).isEqualTo("unused");

            JsonNode problem = service.upload(new ContainerPackage("camera", "reference: 'camera:1'").write(folder))
                    .path("problem");

            assertThat(problem.path("detail").asText())
                    .contains("camera", folder.resolve("none.sock").toString());
        }
    }

    @Test
    void shouldSayThatContainersAreSwitchedOff() throws Exception {
        try (SlimService service = SlimService.start(folder, Map.of("VYRA_CONTAINER_ENABLED", "false"))) {
            assertThat(service.get("system").path("container_engine").asText()).isEqualTo("absent");

            JsonNode problem = service.upload(new ContainerPackage("camera", "reference: 'camera:1'").write(folder))
                    .path("problem");

            assertThat(problem.path("code").asText()).isEqualTo("not-implemented");
            assertThat(problem.path("detail").asText())
                    .isEqualTo("camera 1.0.0 runs in a container (kind: container in .module/module_runtime.yaml), but"
                            + " containers are switched off with vyra.container.enabled=false. Choose a version that runs"
                            + " as a process, or set vyra.container.enabled=true and start the manager again:"
                            + " docs/containers.md.");
        }
    }

    @Test
    @Tag("slow")
    void shouldRunAModuleInAContainer() throws Exception {
        try (SlimEngine engine = SlimEngine.start();
                SlimService service = SlimService.start(folder, Map.of("DOCKER_HOST", engine.host()))) {
            engine.image("camera:1");

            JsonNode operation = service.upload(new ContainerPackage("camera", "reference: 'camera:1'").write(folder));

            assertThat(operation.path("status").asText())
                    .as(operation.toString())
                    .isEqualTo("succeeded");
            String module = "modules/" + operation.path("module_id").asText();
            await().atMost(SOON).until(() -> phase(service, module).equals("running"));
            await().atMost(SOON)
                    .until(() -> service.get("system")
                            .path("container_engine")
                            .asText()
                            .equals("up"));
            assertThat(engine.docker("ps", "--filter=label=io.vyra.modulemanager.module", "--format={{.Names}}"))
                    .startsWith("vyra-camera-");

            service.remove(module);
        }
    }

    private static String phase(SlimService service, String module) throws Exception {
        return service.get(module).path("state").path("phase").asText();
    }
}
