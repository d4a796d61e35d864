package io.vyra.modulemanager.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vyra.modulemanager.container.engine.DockerEngine;
import io.vyra.modulemanager.container.engine.Engine;
import io.vyra.modulemanager.container.engine.EngineAddress;
import io.vyra.modulemanager.container.engine.EngineException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A real engine of the test's own, with a store of its own. Unless it has a network of its own it leaves the machine's alone: its containers
 * share that network. Only root can start one. Not thread-safe.
 */
final class TestEngine implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(120);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(90);

    /** Leaves this machine's network alone. */
    private static final List<String> ALONE =
            List.of("--iptables=false", "--ip6tables=false", "--ip-forward=false", "--ip-masq=false", "--bridge=none");

    private final Path folder;
    private final List<String> command;
    private final Map<String, String> environment;
    private Process daemon;

    private TestEngine(Path folder, List<String> command, Map<String, String> environment) {
        this.folder = folder;
        this.command = command;
        this.environment = environment;
    }

    /** Containers go on while it is restarted, as robots want it. */
    static TestEngine docker() throws IOException {
        return docker(List.of(), ALONE);
    }

    /** As Docker is set up by itself: its containers end with it. */
    static TestEngine dockerThatEndsContainers() throws IOException {
        List<String> options = new ArrayList<>(ALONE);
        options.add("--live-restore=false");
        return docker(List.of(), options);
    }

    /** Docker that makes bridges and packet filter rules in a network of its own. */
    static TestEngine dockerIn(NetworkNamespace network) throws IOException {
        return docker(network.entering(), List.of("--ip6tables=false"));
    }

    /** Docker that also listens at {@code port} of this machine, for clients with a certificate. */
    static TestEngine dockerOverTls(TestCertificates certificates, int port) throws IOException {
        List<String> options = new ArrayList<>(ALONE);
        options.addAll(certificates.engineOptions());
        options.add("--host=tcp://127.0.0.1:" + port);
        return docker(List.of(), options);
    }

    private static TestEngine docker(List<String> before, List<String> options) throws IOException {
        // Short, because sockets lie in it.
        Path folder = Files.createTempDirectory("engine");
        List<String> command = new ArrayList<>(before);
        command.addAll(List.of(
                "dockerd",
                "--data-root=" + folder.resolve("data"),
                "--exec-root=" + folder.resolve("exec"),
                "--pidfile=" + folder.resolve("pid"),
                "--host=unix://" + folder.resolve("engine.sock")));
        if (options.stream().noneMatch(option -> option.startsWith("--live-restore"))) {
            command.add("--live-restore");
        }
        command.addAll(options);
        return new TestEngine(folder, command, Map.of()).begin();
    }

    static TestEngine podman() throws IOException {
        return podman(List.of(), "netns = \"host\"");
    }

    /** Podman that makes bridges and packet filter rules in a network of its own. */
    static TestEngine podmanIn(NetworkNamespace network) throws IOException {
        return podman(network.entering(), "");
    }

    private static TestEngine podman(List<String> before, String netns) throws IOException {
        Path folder = Files.createTempDirectory("engine");
        return new TestEngine(folder, podmanCommand(before, folder), podmanSettings(folder, netns)).begin();
    }

    /** Podman of a user without any rights, as he would start it. */
    static TestEngine rootlessPodman(TestUser user) throws IOException {
        Path folder = Files.createTempDirectory("engine");
        Map<String, String> settings = podmanSettings(folder, "");
        List<String> before = new ArrayList<>(user.as());
        before.add("XDG_RUNTIME_DIR=" + Files.createDirectory(folder.resolve("runtime")));
        settings.forEach((key, value) -> before.add(key + "=" + value));
        user.giveTo(folder);
        return new TestEngine(folder, podmanCommand(before, folder), Map.of()).begin();
    }

    private static Map<String, String> podmanSettings(Path folder, String netns) throws IOException {
        Path configuration =
                Files.writeString(folder.resolve("containers.conf"), """
                [containers]
                %s
                default_ulimits = ["nofile=20000:20000", "nproc=32768:32768"]
                [network]
                network_backend = "netavark"
                network_config_dir = "%s"
                [engine]
                init_path = "/usr/bin/tini"
                runtime = "runc"
                cgroup_manager = "cgroupfs"
                events_logger = "file"
                """.formatted(netns, folder.resolve("networks")));
        // A registry on this machine has no certificate.
        Path registries = Files.writeString(folder.resolve("registries.conf"), """
                [[registry]]
                location = "127.0.0.1"
                insecure = true
                """);
        return Map.of("CONTAINERS_CONF", configuration.toString(), "CONTAINERS_REGISTRIES_CONF", registries.toString());
    }

    private static List<String> podmanCommand(List<String> before, Path folder) {
        List<String> command = new ArrayList<>(before);
        command.addAll(List.of(
                "podman",
                "--root=" + folder.resolve("data"),
                "--runroot=" + folder.resolve("run"),
                "--tmpdir=" + folder.resolve("tmp"),
                "--cgroup-manager=cgroupfs",
                "--events-backend=file",
                "system",
                "service",
                "--time=0",
                "unix://" + folder.resolve("engine.sock")));
        return command;
    }

    private TestEngine begin() throws IOException {
        try {
            start();
            return this;
        } catch (RuntimeException | AssertionError | IOException failure) {
            close();
            throw failure;
        }
    }

    /**
     * Podman's monitor looks for it in the unified hierarchy where there is one, also where the memory controller is not in that one: there it
     * never sees it.
     */
    boolean seesMemoryRunOut() {
        boolean isPodman = command.contains("podman");
        return !isPodman || !Files.isDirectory(Path.of("/sys/fs/cgroup/unified"));
    }

    EngineAddress address() {
        return EngineAddress.of("unix://" + folder.resolve("engine.sock"));
    }

    /** A client of its own; to be closed by who asked for it. */
    Engine client() {
        return new DockerEngine(address(), Optional.empty());
    }

    void start() throws IOException {
        Path log = folder.resolve("engine.log");
        // Podman's monitor notes in the folder it is in that memory ran out.
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        daemon = builder.start();
        try (Engine client = client()) {
            await().atMost(START_LIMIT).pollInterval(Duration.ofMillis(100)).until(() -> {
                assertThat(daemon.isAlive()).as(() -> read(log)).isTrue();
                return answers(client);
            });
        }
    }

    private static boolean answers(Engine client) {
        try {
            client.facts();
            return true;
        } catch (EngineException e) {
            return false;
        }
    }

    /** As by the kernel when memory runs out; its containers live on, with Docker as it is set up by itself until it is started again. */
    void kill() {
        try {
            daemon.destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        endContainerd();
    }

    boolean isAlive() {
        return daemon.isAlive();
    }

    /** As at an update of the engine; its containers live on, but with Docker as it is set up by itself. */
    void stop() {
        daemon.destroy();
        try {
            if (!daemon.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                daemon.descendants().forEach(ProcessHandle::destroyForcibly);
                daemon.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** Containers of all managers that used it. */
    private void removeContainers() {
        if (daemon == null || !daemon.isAlive()) {
            return;
        }
        try (Engine client = client()) {
            client.find(Map.of()).forEach(client::remove);
        } catch (EngineException e) {
            System.err.println("containers of the test engine not removed: " + e.getMessage());
        }
    }

    /** Docker's helper ends with it where it belongs to it, but not its file: without somebody who reaps it, Docker would wait for it. */
    private void endContainerd() {
        Path file = folder.resolve("exec/containerd/containerd.pid");
        try {
            if (Files.exists(file)) {
                ProcessHandle.of(Long.parseLong(Files.readString(file).strip()))
                        .filter(this::isOfEngine)
                        .ifPresent(ProcessHandle::destroyForcibly);
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isOfEngine(ProcessHandle process) {
        return process.info().commandLine().orElse("").contains(folder.toString());
    }

    /** What keeps a container, of an engine that is not there to remove it, and so the container's own processes. */
    private void endKeepers() {
        List<ProcessHandle> keepers =
                ProcessHandle.allProcesses().filter(this::isOfEngine).toList();
        keepers.stream().flatMap(ProcessHandle::descendants).forEach(ProcessHandle::destroyForcibly);
        keepers.forEach(ProcessHandle::destroyForcibly);
    }

    @Override
    public void close() {
        removeContainers();
        if (daemon != null) {
            stop();
        }
        endContainerd();
        endKeepers();
        List<String> words = new ArrayList<>(List.of(
                "sh",
                "-c",
                // What an engine leaves mounted would keep its folder from being removed.
                "awk -v f=\"$1/\" 'index($2, f) == 1 { print $2 }' /proc/mounts | sort -r | xargs -r umount; rm -rf \"$1\"",
                "sh",
                folder.toString()));
        try {
            new ProcessBuilder(words).inheritIO().start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
