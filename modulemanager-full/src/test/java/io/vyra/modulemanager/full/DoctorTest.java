package io.vyra.modulemanager.full;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code ./mm doctor} says of container engines, of which there need be none on the machine. */
class DoctorTest {
    private static final Path CHECKOUT =
            Path.of(System.getProperty("checkout", "..")).toAbsolutePath().normalize();
    private static final String ANYBODY = "65534";

    @TempDir
    Path folder;

    private String doctor(String... variables) throws IOException, InterruptedException {
        return doctor(List.of("bash"), CHECKOUT, variables);
    }

    private static String doctor(List<String> shell, Path root, String... variables)
            throws IOException, InterruptedException {
        String script = String.join("; ", variables) + "; ROOT='" + root
                + "'; . \"$ROOT/launcher/doctor.sh\"; doctor_containers";
        List<String> words = new ArrayList<>(shell);
        words.addAll(List.of("-c", "unset VYRA_CONTAINER_HOST DOCKER_HOST CONTAINER_HOST XDG_RUNTIME_DIR; " + script));
        Command run = Command.run(root, Map.of(), Duration.ofSeconds(60), words);
        assertThat(run.code()).as(run.output()).isZero();
        return run.output();
    }

    private static HttpServer engine(String version, String info) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            byte[] answer = (path.endsWith("/version") ? version : info).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(
                    path.equals("/version") || path.equals("/v1.41/info") ? 200 : 400, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static String address(HttpServer server) {
        return "tcp://127.0.0.1:" + server.getAddress().getPort();
    }

    @ParameterizedTest
    @ValueSource(strings = {"DOCKER_HOST", "CONTAINER_HOST", "VYRA_CONTAINER_HOST"})
    void shouldAskAnEngineBehindAnAddressOfTheNetwork(String variable) throws Exception {
        HttpServer engine = engine(
                "{\"Version\": \"24.0.7\"}",
                "{\"CgroupVersion\": \"2\", \"Driver\": \"overlay2\", \"DockerRootDir\": \"/var/lib/docker\"}");
        try {
            assertThat(doctor("export " + variable + "=" + address(engine)))
                    .contains(
                            "ok       containers   Docker 24.0.7, cgroup version 2, overlay2, images in /var/lib/docker there")
                    .doesNotContain("no engine serves its API");
        } finally {
            engine.stop(0);
        }
    }

    @Test
    void shouldSayThatNobodyAnswersAtAnAddressOfTheNetwork() throws Exception {
        // Port 1 (tcpmux) has no server.
        assertThat(doctor("export DOCKER_HOST=tcp://127.0.0.1:1"))
                .contains("the engine at tcp://127.0.0.1:1 is of no use: connect ECONNREFUSED")
                .doesNotContain("no engine serves its API");
    }

    @ParameterizedTest
    @CsvSource({
        "'{\"Version\": \"19.3.5\"}', 'Docker 19.3.5 is too old, 20.10 or newer is needed'",
        "'{\"Version\": \"4.2.1\", \"Components\": [{\"Name\": \"Podman Engine\"}]}', 'Podman 4.2.1 is too old, 4.3 or newer is needed'"
    })
    void shouldSayThatAnEngineIsTooOld(String version, String complaint) throws Exception {
        HttpServer engine = engine(version, "{}");
        try {
            assertThat(doctor("export DOCKER_HOST=" + address(engine))).contains("is of no use: " + complaint);
        } finally {
            engine.stop(0);
        }
    }

    @Test
    void shouldSayThatThereIsNoEngine() throws Exception {
        assertThat(doctor("export DOCKER_HOST=unix://" + folder.resolve("nobody.sock")))
                .contains("no engine serves its API here");
    }

    @Test
    void shouldSayThatAnAddressIsNone() throws Exception {
        assertThat(doctor("export DOCKER_HOST=ssh://robot"))
                .contains("unix:///path or tcp://host:port, not ssh://robot");
    }

    /** Root may use every socket, so the doctor is another user then. */
    @Test
    void shouldSayThatTheUserMayNotUseTheSocket() throws Exception {
        Path root = Files.createDirectory(folder.resolve("checkout"));
        Files.createDirectory(root.resolve("launcher"));
        Files.copy(CHECKOUT.resolve("launcher/doctor.sh"), root.resolve("launcher/doctor.sh"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path socket = folder.resolve("engine.sock");
        boolean isRoot = Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
        List<String> shell = isRoot
                ? List.of("setpriv", "--reuid=" + ANYBODY, "--regid=" + ANYBODY, "--clear-groups", "bash")
                : List.of("bash");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
            Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("---------"));

            assertThat(doctor(shell, root, "export DOCKER_HOST=unix://" + socket))
                    .contains("may not use the engine at " + socket);
        }
    }

    /** Programs that a doctor of another user finds, and nothing else. */
    private Path programs(int user, String... names) throws IOException {
        Path bin = Files.createDirectory(folder.resolve("bin"));
        Files.writeString(bin.resolve("id"), "#!/bin/sh\n[ \"$1\" = -u ] && echo " + user + " || echo no-such-user\n");
        Files.writeString(bin.resolve("uname"), "#!/bin/sh\necho 4.9.253-tegra\n");
        for (String name : names) {
            Files.writeString(bin.resolve(name), "#!/bin/sh\n");
        }
        for (String needed : List.of("sort", "head", "grep")) {
            Files.createSymbolicLink(bin.resolve(needed), Path.of("/usr/bin", needed));
        }
        try (var files = Files.list(bin)) {
            for (Path file : files.filter(it -> !Files.isSymbolicLink(it)).toList()) {
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
        }
        return bin;
    }

    @Test
    void shouldSayWhatPodmanLacksWithoutRoot() throws Exception {
        Path bin = programs(4711, "podman");

        assertThat(doctor("PATH=" + bin))
                .contains(
                        "Podman lacks newuidmap: no container starts; install uidmap",
                        "/etc/subuid has no range for no-such-user",
                        "/etc/subgid has no range for no-such-user",
                        "Podman lacks slirp4netns",
                        "Podman lacks fuse-overlayfs");
    }

    @Test
    void shouldNotAskForWhatIsThere() throws Exception {
        Path bin = programs(4711, "podman", "newuidmap", "slirp4netns", "fuse-overlayfs", "catatonit");

        assertThat(doctor("PATH=" + bin)).contains("has no range").doesNotContain("Podman lacks");
    }

    @Test
    void shouldAskRootForNothing() throws Exception {
        Path bin = programs(0, "podman");

        assertThat(doctor("PATH=" + bin)).doesNotContain("rootless");
    }
}
