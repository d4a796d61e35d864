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
 * A real engine of the test's own, with a store of its own, which leaves the machine's network alone: its containers share that network. Only
 * root can start one. Not thread-safe.
 */
final class TestEngine implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(120);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(90);

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
        // Short, because sockets lie in it.
        Path folder = Files.createTempDirectory("engine");
        return new TestEngine(
                        folder,
                        List.of(
                                "dockerd",
                                "--data-root=" + folder.resolve("data"),
                                "--exec-root=" + folder.resolve("exec"),
                                "--pidfile=" + folder.resolve("pid"),
                                "--host=unix://" + folder.resolve("engine.sock"),
                                "--live-restore",
                                "--iptables=false",
                                "--ip6tables=false",
                                "--ip-forward=false",
                                "--ip-masq=false",
                                "--bridge=none"),
                        Map.of())
                .begin();
    }

    static TestEngine podman() throws IOException {
        Path folder = Files.createTempDirectory("engine");
        Path configuration = Files.writeString(folder.resolve("containers.conf"), """
                [containers]
                netns = "host"
                default_ulimits = ["nofile=20000:20000", "nproc=32768:32768"]
                [engine]
                runtime = "runc"
                cgroup_manager = "cgroupfs"
                events_logger = "file"
                """);
        return new TestEngine(
                        folder,
                        List.of(
                                "podman",
                                "--root=" + folder.resolve("data"),
                                "--runroot=" + folder.resolve("run"),
                                "--tmpdir=" + folder.resolve("tmp"),
                                "--cgroup-manager=cgroupfs",
                                "--events-backend=file",
                                "system",
                                "service",
                                "--time=0",
                                "unix://" + folder.resolve("engine.sock")),
                        Map.of("CONTAINERS_CONF", configuration.toString()))
                .begin();
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
        boolean isPodman = command.getFirst().equals("podman");
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
        ProcessBuilder builder = new ProcessBuilder(command)
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

    /** As at an update of the engine; its containers live on. */
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

    @Override
    public void close() {
        removeContainers();
        if (daemon != null) {
            stop();
        }
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
