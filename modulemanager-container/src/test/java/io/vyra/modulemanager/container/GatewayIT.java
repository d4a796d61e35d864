package io.vyra.modulemanager.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.module.ProcessSpec;
import io.vyra.modulemanager.module.UpdateOrder;
import io.vyra.modulemanager.runtime.ContainerLaunch;
import io.vyra.modulemanager.runtime.LaunchSpec;
import io.vyra.modulemanager.runtime.ModuleProcess;
import io.vyra.modulemanager.runtime.Succession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Modules behind a real Traefik, which finds them by their labels in a real Docker. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GatewayIT {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int WEB = 8_080;
    private static final byte[] IMAGE =
            TestImage.gzip(new TestImage().shell().programs("perl").full("web:1"));
    /** Answers with its name, the path it was asked for and the prefix that was taken off. 2 and 1 are AF_INET and SOCK_STREAM. */
    private static final String SERVE = """
            socket(S, 2, 1, 0); setsockopt(S, 1, 2, pack("i", 1)); bind(S, pack("S n x12", 2, %d)) or die "bind: $!"; listen(S, 9);
            while (accept(C, S)) {
              my ($path, $prefix) = ("", "");
              while (my $line = <C>) {
                $path = $1 if $line =~ /^GET (\\S+)/; $prefix = $1 if $line =~ /^X-Forwarded-Prefix: (\\S+)/i; last if $line =~ /^\\r?$/;
              }
              my $body = "%s $path $prefix";
              syswrite(C, "HTTP/1.1 200 OK\\r\\nContent-Length: " . length($body) . "\\r\\nConnection: close\\r\\n\\r\\n" . $body); close(C);
            }""";

    private NetworkNamespace network;
    private TestEngine engine;
    private Gateway gateway;
    private TestGround ground;
    private ContainerRuntime runtime;
    private final ModuleId first = ModuleId.random("camera");
    private final ModuleId second = ModuleId.random("camera");

    @BeforeAll
    void startEngine(@TempDir Path folder) throws IOException {
        network = new NetworkNamespace();
        engine = TestEngine.dockerIn(network);
        gateway = new Gateway(network, engine, WEB, folder);
    }

    @AfterAll
    void stopEngine() throws IOException {
        if (gateway != null) {
            gateway.close();
        }
        if (engine != null) {
            engine.close();
        }
        if (network != null) {
            network.close();
        }
    }

    @BeforeEach
    void open(@TempDir Path folder) throws IOException {
        ground = new TestGround(folder);
        ground.image(IMAGE);
        runtime = ground.runtime(engine.client(), "bridge", Map.of(), true);
    }

    @AfterEach
    void close() {
        runtime.forget(first);
        runtime.forget(second);
        runtime.retain(Map.of());
        runtime.close();
        ground.close();
    }

    private void start(ModuleId module, String says, int port, boolean isPrimary) {
        runtime.start(launch(TestLaunch.of(module, ground.module()), says, port, isPrimary));
    }

    private static LaunchSpec launch(TestLaunch usualLaunch, String says, int port, boolean isPrimary) {
        LaunchSpec launch = usualLaunch
                .ports(new ProcessSpec.Port("web", port, ProcessSpec.Protocol.TCP))
                .running(List.of("/bin/perl"), "-e", SERVE.formatted(port, says))
                .build();
        ContainerLaunch usual = launch.container().orElseThrow();
        return new LaunchSpec(
                launch.module(),
                launch.generation(),
                launch.tree(),
                launch.logs(),
                launch.process(),
                launch.resources(),
                launch.environment(),
                Optional.of(new ContainerLaunch(
                        usual.spec(),
                        usual.version(),
                        usual.storage(),
                        usual.requirements(),
                        usual.labels(),
                        isPrimary)));
    }

    /** Of a version that may be beside another one of its module; the first launch's log is the module's. */
    private LaunchSpec permitting(long generation, String says, int port) throws IOException {
        TestLaunch usual = TestLaunch.of(first, ground.module()).generation(generation);
        LaunchSpec launch = launch(usual.spec(usual.spec().with(UpdateOrder.START_FIRST)), says, port, true);
        Path logs = generation == 1 ? launch.logs() : launch.logs().resolve(LaunchSpec.BESIDE);
        return new LaunchSpec(
                launch.module(),
                launch.generation(),
                launch.tree(),
                Files.createDirectories(logs),
                launch.process(),
                launch.resources(),
                launch.environment(),
                launch.container());
    }

    private String ask(String path) throws IOException {
        return network.shell("curl -sS --max-time 20 -w ' %{http_code}' http://127.0.0.1:" + WEB + path);
    }

    private void shouldAnswer(String path, String answer) {
        await(path).atMost(SOON).ignoreExceptions().untilAsserted(() -> {
            assertThat(gateway.isAlive()).isTrue();
            assertThat(ask(path)).isEqualTo(answer + " 200");
        });
    }

    @Test
    void shouldServeThePrimaryInstanceUnderItsNameAndEachUnderItsId() throws IOException {
        start(first, "first", 8_081, true);
        start(second, "second", 8_082, false);

        shouldAnswer("/camera/", "first / /camera");
        shouldAnswer("/camera/api/state?x=1", "first /api/state?x=1 /camera");
        String one = "/camera/" + first.instanceId();
        shouldAnswer(one + "/api/state", "first /api/state " + one);
        String other = "/camera/" + second.instanceId();
        shouldAnswer(other + "/", "second / " + other);
        shouldAnswer(other + "/api/state", "second /api/state " + other);
        assertThat(ask("/lidar/")).endsWith(" 404");
        assertThat(ask("/")).endsWith(" 404");
    }

    @Test
    void shouldServeTheOldVersionAsLongAsItIsThereThenTheNewOne() throws Exception {
        ModuleProcess old = runtime.start(permitting(1, "old", 8_081));
        shouldAnswer("/camera/", "old / /camera");
        Succession succession = runtime.succession().orElseThrow();
        succession.startBeside(permitting(2, "new", 8_082));
        await().atMost(SOON).until(() -> ask("/camera/api").endsWith(" 200"));
        // Longer than the gateway takes to hear of a container.
        for (int i = 0; i < 50; i++) {
            assertThat(ask("/camera/")).isEqualTo("old / /camera 200");
        }

        runtime.adopt(first, 2);
        old.kill();
        old.exit().get(SOON.toSeconds(), TimeUnit.SECONDS);
        succession.settle(first, 2);

        shouldAnswer("/camera/", "new / /camera");
        String one = "/camera/" + first.instanceId();
        shouldAnswer(one + "/api", "new /api " + one);
    }

    @Test
    void shouldServeAModuleNoLongerThanItRuns() {
        start(first, "first", 8_081, true);
        shouldAnswer("/camera/", "first / /camera");

        runtime.forget(first);

        await().atMost(SOON).untilAsserted(() -> assertThat(ask("/camera/")).endsWith(" 404"));
    }
}
