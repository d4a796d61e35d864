package io.vyra.modulemanager.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.vyra.modulemanager.module.ContainerSpec;
import io.vyra.modulemanager.module.Manifest;
import io.vyra.modulemanager.module.Probe;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProbeRunnerTest {
    private static final Duration AMPLE = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Instant NOW = Instant.parse("2100-01-01T00:00:00Z");

    @TempDir
    Path folder;

    private final ProbeRunner runner = new ProbeRunner(ModuleBench.SHIM, BusProbe.NONE, InstantSource.fixed(NOW));
    private ModuleBench bench;
    private LaunchSpec launch;
    private ModuleProcess process;

    @BeforeEach
    void open() throws IOException {
        bench = new ModuleBench(folder);
        launch = bench.launch(bench.module("probed"), 1, "/bin/sleep", "600");
        process = bench.runtime().start(launch);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private ProbeResult run(Probe probe, Duration timeout) {
        return runner.run(probe, launch, process, timeout);
    }

    private ProbeResult shell(String script, Duration timeout) {
        return run(new Probe.Exec(List.of("sh", "-c", script)), timeout);
    }

    private static void assertFailed(ProbeResult result, String words) {
        assertThat(result)
                .isInstanceOfSatisfying(
                        ProbeResult.Failed.class,
                        failed -> assertThat(failed.reason()).contains(words));
    }

    @Test
    void shouldPassWhileAliveAndFailAfterTheEnd() throws Exception {
        assertThat(run(new Probe.Alive(), AMPLE)).isEqualTo(new ProbeResult.Passed());
        process.kill();
        ModuleBench.end(process);
        assertFailed(run(new Probe.Alive(), AMPLE), "has ended");
    }

    @Test
    void shouldRunAProgramWithTheModulesEnvironmentAndFolder() {
        assertThat(shell("[ \"$GREETING\" = 'hello there' ] && [ \"$(pwd)\" = \"$TREE\" ]", AMPLE))
                .isEqualTo(new ProbeResult.Passed());
        assertFailed(shell("echo 'not  ready'; echo yet >&2; exit 4", AMPLE), "'sh' ended with code 4: not ready yet");
        assertFailed(shell("kill -9 $$", AMPLE), "ended with code 137");
        assertFailed(run(new Probe.Exec(List.of("./none")), AMPLE), "no such file");
    }

    @Test
    void shouldNameAnInterpreterThatIsMissing() throws IOException {
        bench.script("check", "#!/opt/none\n", "rwxr-xr-x");
        assertFailed(run(new Probe.Exec(List.of("./check")), AMPLE), "its interpreter '/opt/none' does not exist");
    }

    @Test
    void shouldNotBeBlockedByATalkativeProgram() {
        assertFailed(shell("head -c 3000000 /dev/zero | tr '\\0' y; exit 1", AMPLE), "ended with code 1: yyy");
    }

    @Test
    void shouldKillAProgramThatTakesTooLongWithEverythingItStarted() {
        ProbeResult result = shell(
                "trap '' TERM; setsid sleep 600 & echo $! > away; echo $$ > main; while :; do sleep 0.1; done",
                Duration.ofSeconds(1));

        assertFailed(result, "did not end within 1.0 s");
        bench.awaitGone(bench.awaitPid("away"));
        bench.awaitGone(bench.awaitPid("main"));
        assertThat(process.exit()).isNotDone();
    }

    @Test
    void shouldAskOverHttp() throws Exception {
        assertThat(http("HTTP/1.1 204 No Content\r\n\r\n", AMPLE)).isEqualTo(new ProbeResult.Passed());
        assertThat(http("HTTP/1.0 302\r\n", AMPLE)).isEqualTo(new ProbeResult.Passed());
        assertFailed(http("HTTP/1.1 503 Busy\r\n\r\n", AMPLE), "answered 503");
        assertFailed(http("SSH-2.0-nonsense\r\n", AMPLE), "does not answer with HTTP");
        assertFailed(http("x".repeat(5000), AMPLE), "does not answer with HTTP");
        assertFailed(http("", SHORT), "did not answer within 0.3 s");
        assertFailed(run(new Probe.Http(80, "/a b\r\nX: y"), AMPLE), "must begin with /");
    }

    private ProbeResult http(String answer, Duration timeout) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread responder = Thread.ofVirtual().start(() -> answer(server, answer));
            ProbeResult result = run(new Probe.Http(server.getLocalPort(), "/health?x=1"), timeout);
            responder.join();
            return result;
        }
    }

    /** An empty answer keeps the connection open until the other side gives up. */
    private static void answer(ServerSocket server, String text) {
        try (Socket client = server.accept()) {
            byte[] request = new byte[17];
            client.getInputStream().readNBytes(request, 0, request.length);
            assertThat(new String(request, StandardCharsets.US_ASCII)).isEqualTo("GET /health?x=1 H");
            OutputStream out = client.getOutputStream();
            out.write(text.getBytes(StandardCharsets.US_ASCII));
            if (text.isEmpty()) {
                client.getInputStream().readAllBytes();
            }
        } catch (IOException e) {
            /* The probe hung up before it read all, as it may after the status line. */
            assertThat(text).isNotEmpty();
        }
    }

    @Test
    void shouldOpenATcpConnection() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            assertThat(run(new Probe.Tcp(server.getLocalPort()), AMPLE)).isEqualTo(new ProbeResult.Passed());
        }
        // Not the port just closed: somebody else on the machine may have got it.
        assertFailed(run(new Probe.Tcp(1), AMPLE), "nothing listens on port 1");
    }

    @Test
    void shouldTakeAConnectionThatIsClosedAtOnceForNoneWhereAProxyMayStandBefore() throws Exception {
        assertThat(tcp(client -> {})).as("of a process").isEqualTo(new ProbeResult.Passed());
        launch = contained(launch);
        assertFailed(tcp(client -> {}), "was closed as soon as it was opened");
        // Often enough that some resets come before the probe has noticed that it is connected.
        for (int i = 0; i < 200; i++) {
            assertFailed(tcp(client -> client.setSoLinger(true, 0)), "was closed as soon as it was opened");
        }
        assertThat(tcp(client -> client.getOutputStream().write('x'))).isEqualTo(new ProbeResult.Passed());
        assertThat(tcp(client -> client.getInputStream().read())).isEqualTo(new ProbeResult.Passed());
        assertFailed(run(new Probe.Tcp(1), AMPLE), "nothing listens on port 1");
    }

    /** What a server does with its only client before it closes the connection. */
    private interface Hospitality {
        void receive(Socket client) throws IOException;
    }

    private ProbeResult tcp(Hospitality hospitality) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread host = Thread.ofVirtual().start(() -> {
                try (Socket client = server.accept()) {
                    hospitality.receive(client);
                } catch (IOException e) {
                    /* The probe was faster. */
                }
            });
            ProbeResult result = run(new Probe.Tcp(server.getLocalPort()), AMPLE);
            host.join();
            return result;
        }
    }

    private static LaunchSpec contained(LaunchSpec launch) {
        ContainerSpec spec = new ContainerSpec(
                new ContainerSpec.Image.Archive("image.tar", Optional.empty()),
                List.of(),
                Optional.empty(),
                ContainerSpec.DEFAULT_STORAGE,
                true,
                List.of(),
                false,
                ContainerSpec.Wishes.NONE);
        return new LaunchSpec(
                launch.module(),
                1,
                launch.tree(),
                launch.logs(),
                launch.process(),
                launch.resources(),
                launch.environment(),
                Optional.of(
                        new ContainerLaunch(spec, "1.0.0", launch.tree(), Manifest.Requirements.NONE, Map.of(), true)));
    }

    @Test
    void shouldCompareTheHeartbeatWithTheClock() throws IOException {
        assertFailed(run(new Probe.Heartbeat(Duration.ofSeconds(5)), AMPLE), "has no MODULE_HEARTBEAT_FILE");
        Path file = folder.resolve("beat");
        Map<String, String> environment = new HashMap<>(launch.environment());
        environment.put(ProbeRunner.HEARTBEAT_FILE, file.toString());
        launch = new LaunchSpec(
                launch.module(), 1, launch.tree(), launch.logs(), launch.process(), launch.resources(), environment);
        assertFailed(run(new Probe.Heartbeat(Duration.ofSeconds(5)), AMPLE), "no heartbeat yet");

        Files.createFile(file);
        Files.setLastModifiedTime(file, FileTime.from(NOW.minusSeconds(5)));
        assertThat(run(new Probe.Heartbeat(Duration.ofSeconds(5)), AMPLE)).isEqualTo(new ProbeResult.Passed());
        Files.setLastModifiedTime(file, FileTime.from(NOW.minusSeconds(6)));
        assertFailed(run(new Probe.Heartbeat(Duration.ofSeconds(5)), AMPLE), "is 6.0 s old, allowed are 5.0 s");
        Files.setLastModifiedTime(file, FileTime.from(NOW.plusSeconds(60)));
        assertThat(run(new Probe.Heartbeat(Duration.ofSeconds(5)), AMPLE)).isEqualTo(new ProbeResult.Passed());
    }

    @Test
    void shouldEndWhenInterrupted() {
        Thread.currentThread().interrupt();
        assertFailed(shell("sleep 600", AMPLE), "interrupted");
        assertThat(Thread.interrupted()).isTrue();
    }
}
