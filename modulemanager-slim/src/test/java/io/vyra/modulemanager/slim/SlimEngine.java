package io.vyra.modulemanager.slim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A Docker engine of the test's own, which leaves the machine's network alone. Who is not root uses the engine that is there. */
final class SlimEngine implements AutoCloseable {
    private static final Duration SOON = Duration.ofMinutes(1);

    private final Path folder;
    private final String host;
    private final List<Process> daemon;

    private SlimEngine(Path folder, String host, List<Process> daemon) {
        this.folder = folder;
        this.host = host;
        this.daemon = daemon;
    }

    static SlimEngine start() throws IOException {
        // Short, because a socket lies in it.
        Path folder = Files.createTempDirectory("engine");
        if (!System.getProperty("user.name").equals("root")) {
            String there = System.getenv("DOCKER_HOST");
            return new SlimEngine(folder, there == null ? "unix:///var/run/docker.sock" : there, List.of());
        }
        Path log = folder.resolve("dockerd.log");
        Path socket = folder.resolve("docker.sock");
        Process daemon = new ProcessBuilder(
                        "dockerd",
                        "--data-root=" + folder.resolve("data"),
                        "--exec-root=" + folder.resolve("exec"),
                        "--pidfile=" + folder.resolve("pid"),
                        "--host=unix://" + socket,
                        "--iptables=false",
                        "--ip6tables=false",
                        "--ip-forward=false",
                        "--ip-masq=false",
                        "--bridge=none")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        SlimEngine engine = new SlimEngine(folder, "unix://" + socket, List.of(daemon));
        try {
            await().atMost(SOON).pollInterval(Duration.ofMillis(100)).until(() -> {
                assertThat(daemon.isAlive()).as(() -> read(log)).isTrue();
                return Files.exists(socket);
            });
            return engine;
        } catch (RuntimeException | AssertionError failure) {
            engine.close();
            throw failure;
        }
    }

    /** As in {@code DOCKER_HOST}. */
    String host() {
        return host;
    }

    /** An image of one small program, which waits for its end. */
    void image(String name) throws IOException, InterruptedException {
        Path root = Files.createDirectories(folder.resolve("root"));
        Path source = Files.writeString(folder.resolve("wait.c"), """
                #include <unistd.h>
                int main(void) { for (;;) pause(); }
                """);
        ContainerPackage.run(List.of("cc", "-static", "-o", root.resolve("wait").toString(), source.toString()));
        Path archive = folder.resolve("root.tar");
        ContainerPackage.run(List.of("tar", "-C", root.toString(), "-cf", archive.toString(), "wait"));
        docker("import", "--change=ENTRYPOINT [\"/wait\"]", archive.toString(), name);
    }

    String docker(String... arguments) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("docker", "--host=" + host));
        words.addAll(List.of(arguments));
        return ContainerPackage.run(words);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Override
    public void close() throws IOException {
        try {
            for (Process process : daemon) {
                process.destroy();
                if (!process.waitFor(SOON.toSeconds(), TimeUnit.SECONDS)) {
                    process.destroyForcibly().waitFor();
                }
            }
            // What the engine leaves mounted would keep its folder from being removed.
            ContainerPackage.run(List.of(
                    "sh",
                    "-c",
                    "awk -v f=\"$1/\" 'index($2, f) == 1 { print $2 }' /proc/mounts | sort -r | xargs -r umount && rm -rf"
                            + " \"$1\"",
                    "sh",
                    folder.toString()));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
