package io.vyra.modulemanager.full;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** What {@code ./mm image --jib} makes, to each of the places it goes to, and containers of it. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(1800)
class JibImageIT {
    private static final Path CHECKOUT =
            Path.of(System.getProperty("checkout")).toAbsolutePath().normalize();

    private ContainerEngine engine;
    private ManagerContainer container;

    @BeforeAll
    void startEngine() throws Exception {
        engine = ContainerEngine.start(CHECKOUT);
    }

    @AfterAll
    void stopEngine() {
        if (engine != null) {
            engine.close();
        }
    }

    @AfterEach
    void removeContainer() throws Exception {
        if (container != null) {
            container.remove();
        }
    }

    @Test
    void shouldGiveTheDaemonAnImageThatIsLikeTheDockerfiles() throws Exception {
        jib("--to", "daemon", "--tag", "by/jib:full");

        String base = Files.readString(CHECKOUT.resolve("target/base/base-runtime.id"))
                .strip();
        container = ManagerContainer.start(engine, "by/jib:full", "jib-full", "--env=JAVA_OPTS=-XX:AOTMode=on");
        assertThat(container.shell("id")).startsWith("uid=10001(vyra) gid=10001(vyra)");
        container.logIn();
        assertThat(container.call("GET", "/system", null))
                .contains("\"aot_cache\":\"in_use\"", "\"distribution\":\"full\"");
        assertThat(engine.run("inspect", "--format={{json .Config}}", "by/jib:full"))
                .contains(
                        "\"User\":\"10001:10001\"",
                        "\"8443/tcp\":{}",
                        "\"/var/lib/vyra\":{}",
                        "\"/opt/vyra/bin/modulemanager\",\"health\"",
                        "\"org.opencontainers.image.base.name\":\"vyra/base-runtime:",
                        "\"org.opencontainers.image.base.digest\":\"" + base + "\"");
    }

    @Test
    void shouldPushSlimToARegistry() throws Exception {
        int port = ManagerContainer.freePort();
        String name = "127.0.0.1:" + port + "/vyra/modulemanager:slim";
        Process registry = registry(port);
        try {
            // A registry without TLS is not used unasked.
            jib(
                    Map.of("MAVEN_ARGS", "-Djib.allowInsecureRegistries=true"),
                    "--slim",
                    "--no-aot",
                    "--to",
                    "registry",
                    "--tag",
                    name);

            engine.run("pull", "-q", name);
            container = ManagerContainer.start(engine, name, "jib-slim");
            assertThat(container.get("/health").body()).contains("\"mode\":\"slim\"");
            container.logIn();
            assertThat(container.call("GET", "/system", null)).contains("\"aot_cache\":\"absent\"");
        } finally {
            registry.destroy();
            registry.waitFor(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void shouldGiveSlimTheUseOfTheEngineWhereItIsAskedFor() throws Exception {
        Path socket = engine.folder().resolve("docker.sock");
        jib("--slim", "--with-containers", "--no-aot", "--to", "daemon", "--tag", "by/jib:slim-containers");

        container = ManagerContainer.start(
                engine,
                "by/jib:slim-containers",
                "jib-slim-containers",
                "--volume=" + socket + ":/var/run/docker.sock",
                "--group-add=" + Files.getAttribute(socket, "unix:gid"));
        assertThat(container.get("/health").body()).contains("\"mode\":\"slim\"");
        container.logIn();
        assertThat(container.call("GET", "/system", null)).contains("\"container_engine\":\"unused\"");
    }

    @Test
    void shouldPushAnImageOnABaseOfARegistry() throws Exception {
        int port = ManagerContainer.freePort();
        String base = "127.0.0.1:" + port + "/base:1";
        String name = "127.0.0.1:" + port + "/vyra/modulemanager:slim";
        Process registry = registry(port);
        try {
            engine.run("tag", engine.base("runtime"), base);
            engine.run("push", "-q", base);

            jib(
                    Map.of("RUNTIME_BASE_IMAGE", base, "MAVEN_ARGS", "-Djib.allowInsecureRegistries=true"),
                    "--slim",
                    "--no-aot",
                    "--to",
                    "registry",
                    "--tag",
                    name);

            engine.run("pull", "-q", name);
            assertThat(engine.run("run", "--rm", "--network=host", "--entrypoint=/opt/java/bin/java", name, "-version"))
                    .contains("25.");
        } finally {
            registry.destroy();
            registry.waitFor(10, TimeUnit.SECONDS);
        }
    }

    /** Only Jib can look into a registry; what it makes of the base is looked at before it goes anywhere. */
    @Test
    void shouldRefuseABaseOfARegistryThatHasNoJava() throws Exception {
        int port = ManagerContainer.freePort();
        String base = "127.0.0.1:" + port + "/base:1";
        String name = "127.0.0.1:" + port + "/vyra/modulemanager:none";
        Path archive = ImageArchive.write(engine.folder().resolve("base"), "any", "A=b", "mkdir bin", "true");
        Process registry = registry(port);
        try {
            engine.run("import", archive.resolveSibling("lower.tar").toString(), base);
            engine.run("push", "-q", base);

            Command image = engine.mm(
                    Map.of("RUNTIME_BASE_IMAGE", base, "MAVEN_ARGS", "-Djib.allowInsecureRegistries=true"),
                    "image",
                    "--jib",
                    "--slim",
                    "--no-aot",
                    "--to",
                    "registry",
                    "--tag",
                    name);

            assertThat(image.code()).as(image.output()).isEqualTo(1);
            assertThat(image.output()).contains("The base image " + base + " has no /opt/java/bin/java");
            assertThat(engine.attempt("pull", name).code()).isNotZero();
        } finally {
            registry.destroy();
            registry.waitFor(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void shouldSayThatTheRegistryDoesNotAnswer() throws Exception {
        Command image = engine.mm(
                Map.of(),
                "image",
                "--jib",
                "--slim",
                "--no-aot",
                "--to",
                "registry",
                "--tag",
                "127.0.0.1:" + ManagerContainer.freePort() + "/vyra/modulemanager:none");

        assertThat(image.code()).isEqualTo(1);
        assertThat(image.output()).contains("Connection refused", "The image could not be built");
    }

    private void jib(String... options) throws Exception {
        jib(Map.of(), options);
    }

    private void jib(Map<String, String> environment, String... options) throws Exception {
        String[] words = new String[options.length + 2];
        words[0] = "image";
        words[1] = "--jib";
        System.arraycopy(options, 0, words, 2, options.length);
        engine.mm(environment, words).successful();
    }

    /** Debian's registry, for this test alone. */
    private Process registry(int port) throws IOException {
        Path settings = engine.folder().resolve("registry.yml");
        Files.writeString(settings, """
                version: 0.1
                storage:
                  filesystem:
                    rootdirectory: %s
                http:
                  addr: 127.0.0.1:%d
                """.formatted(engine.folder().resolve("registry"), port));
        Process registry = new ProcessBuilder("docker-registry", "serve", settings.toString())
                .redirectErrorStream(true)
                .redirectOutput(engine.folder().resolve("registry.log").toFile())
                .start();
        await().atMost(Duration.ofSeconds(20)).ignoreExceptions().until(() -> {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress("127.0.0.1", port));
                return true;
            }
        });
        return registry;
    }
}
