package io.vyra.modulemanager.full;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code ./mm image} with the engines that need no daemon, in a store of the test's own. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(3600)
class OtherEnginesImageIT {
    private static final Path CHECKOUT =
            Path.of(System.getProperty("checkout")).toAbsolutePath().normalize();

    private ContainerEngine podman;
    private ManagerContainer container;

    @BeforeAll
    void makeStore() throws Exception {
        podman = ContainerEngine.podman(CHECKOUT);
    }

    @AfterAll
    void removeStore() {
        if (podman != null) {
            podman.close();
        }
    }

    @AfterEach
    void removeContainer() throws Exception {
        if (container != null) {
            container.remove();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"podman", "buildah"})
    void shouldBuildAnImageThatServes(String program) throws Exception {
        String tag = "by/" + program + ":slim";
        podman.mm(Map.of(), "image", "--slim", "--no-aot", "--engine", program, "--tag", tag, "--report")
                .successful();

        assertThat(Files.readString(CHECKOUT.resolve("target/image/report.md")))
                .contains("`" + tag + "`", "| system |", "| libraries |", "| modulemanager-core |")
                .doesNotContain("| AOT cache |");
        assertThat(podman.run("inspect", "--format={{json .Config}}", tag))
                .contains("\"10001:10001\"", "\"8443/tcp\":{}", "\"org.opencontainers.image.version\"");
        assertThat(podman.run("inspect", "--format={{json .HealthCheck}}", tag))
                .contains("/opt/vyra/bin/modulemanager", "health");
        container = ManagerContainer.start(podman, tag, program + "-slim");
        assertThat(container.shell("id")).startsWith("uid=10001(vyra) gid=10001(vyra)");
        assertThat(container.get("/health").body()).contains("\"mode\":\"slim\"");
    }
}
