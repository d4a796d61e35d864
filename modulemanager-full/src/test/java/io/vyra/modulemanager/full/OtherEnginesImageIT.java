package io.vyra.modulemanager.full;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code ./mm image} with the engines that need no daemon, in a store of the test's own, and what Jib writes for them. */
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
        assertServes(tag, program + "-slim");
    }

    @Test
    void shouldTrainACacheThatIsUsed() throws Exception {
        String tag = "by/podman:slim-aot";
        podman.mm(Map.of(), "image", "--slim", "--engine", "podman", "--tag", tag)
                .successful();

        // An AOT cache that cannot be used is an error in this mode.
        assertServes(tag, "podman-slim-aot", "--env=JAVA_OPTS=-XX:AOTMode=on");
        container.logIn();
        assertThat(container.call("GET", "/system", null)).contains("\"aot_cache\":\"in_use\"");
    }

    @Test
    void shouldTakeTheArchiveOfJib() throws Exception {
        String tag = "by/jib:slim";
        podman.mm(Map.of(), "image", "--jib", "--slim", "--no-aot", "--tag", tag)
                .successful();

        podman.run(
                "load",
                "-q",
                "-i",
                CHECKOUT.resolve("target/image/modulemanager-slim.tar").toString());

        assertServes(tag, "jib-slim");
    }

    private void assertServes(String tag, String name, String... options) throws Exception {
        assertThat(podman.run("inspect", "--format={{json .Config}}", tag))
                .contains("\"10001:10001\"", "\"8443/tcp\":{}", "\"org.opencontainers.image.version\"");
        assertThat(podman.run("inspect", "--format={{json .HealthCheck}}", tag))
                .contains("/opt/vyra/bin/modulemanager", "health");
        container = ManagerContainer.start(podman, tag, name, options);
        assertThat(container.shell("id")).startsWith("uid=10001(vyra) gid=10001(vyra)");
        assertThat(container.get("/health").body()).contains("\"mode\":\"slim\"");
    }
}
