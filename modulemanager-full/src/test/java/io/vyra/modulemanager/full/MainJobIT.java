package io.vyra.modulemanager.full;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The README's walk on the built images, on each engine, with the memory limits that the compose files set. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(3600)
class MainJobIT {
    private static final Path CHECKOUT =
            Path.of(System.getProperty("checkout")).toAbsolutePath().normalize();
    private static final String FULL = "vyra/modulemanager:latest";
    private static final String SLIM = "vyra/modulemanager:slim";
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final long MIB = 1024 * 1024;

    private ContainerEngine docker;
    private ContainerEngine podman;

    @BeforeAll
    void buildOnceAndShare() throws Exception {
        docker = ContainerEngine.start(CHECKOUT);
        podman = ContainerEngine.podman(CHECKOUT);
        docker.base("builder");
        docker.base("runtime");
        docker.build(List.of("-t", FULL));
        docker.build(List.of("-t", SLIM, "--build-arg", "VYRA_SLIM=true"));
        Path archive = docker.folder().resolve("images.tar");
        docker.run("save", "-o", archive.toString(), FULL, SLIM);
        podman.run("load", "-q", "-i", archive.toString());
    }

    @AfterAll
    void stopEngines() {
        if (podman != null) {
            podman.close();
        }
        if (docker != null) {
            docker.close();
        }
    }

    /** The limit of memory, and the heap in MiB that docker/entrypoint/java.options gives the manager of it. */
    private Stream<Arguments> images() {
        return Stream.of(
                Arguments.of("docker", docker, FULL, "512m", 128),
                Arguments.of("docker", docker, SLIM, "256m", 126),
                Arguments.of("podman", podman, FULL, "512m", 128),
                Arguments.of("podman", podman, SLIM, "256m", 126));
    }

    // The engines are for all of them.
    @ParameterizedTest(name = "{0} {2} in {3}", autoCloseArguments = false)
    @MethodSource("images")
    void shouldDoItsJobUnderTheLimit(String name, ContainerEngine engine, String image, String memory, int heap)
            throws Exception {
        ManagerContainer container = ManagerContainer.start(
                engine,
                image,
                name + "-" + memory,
                "--memory=" + memory,
                // An AOT cache that cannot be used is an error in this mode.
                "--env=JAVA_OPTS=-XX:AOTMode=on",
                "--volume=" + CHECKOUT.resolve("examples/target/demo-repository") + ":/demo:ro",
                "--env=VYRA_DEMO_REPOSITORY=/demo");
        try {
            container.logIn();
            String system = container.call("GET", "/system", null);
            assertThat(system).contains("\"aot_cache\":\"in_use\"");
            // What the JVM names lacks one of the two spaces that only a collection fills: a tenth of the young
            // objects' third.
            assertThat(heapMaxBytes(system)).isBetween(heap * MIB * 9 / 10, heap * MIB);
            container.install("heartbeat");
            container.awaitRunning("heartbeat");

            String before = pid(container);
            container.shell("kill -9 " + before);
            await().atMost(LIMIT).until(() -> !pid(container).equals(before));
            container.awaitRunning("heartbeat");

            assertThat(container.update("heartbeat", "^1.1")).isEqualTo("succeeded");
            container.install("fragile");
            assertThat(container.update("fragile", "2.0.0")).isEqualTo("rolled_back");
            container.awaitRunning("fragile");

            assertThat(container.stop(Duration.ofSeconds(45))).isZero();
            container.startAgain();
            container.logIn();
            container.awaitRunning("heartbeat");
            container.awaitRunning("fragile");
            assertThat(container.call("GET", "/modules/heartbeat", null)).contains("\"version\":\"1.1.0\"");

            assertThat(container.outcome(container.call("DELETE", "/modules/fragile", null)))
                    .isEqualTo("succeeded");
            assertThat(container.call("GET", "/modules", null)).doesNotContain("fragile");
            assertThat(container.inspect("{{.State.OOMKilled}}")).isEqualTo("false");
        } finally {
            container.remove();
        }
    }

    private static long heapMaxBytes(String system) {
        return Long.parseLong(system.replaceFirst("(?s).*\"heap_max_bytes\":(\\d+).*", "$1"));
    }

    /** "null" between a crash and the next start. */
    private static String pid(ManagerContainer container) throws Exception {
        return container.call("GET", "/modules/heartbeat", null).replaceFirst("(?s).*\"pid\":(\\w+).*", "$1");
    }
}
