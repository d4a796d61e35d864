package io.vyra.modulemanager.full;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A Docker engine of the test's own, which leaves the machine's network alone; so everything it runs shares that network. Who is not root
 * cannot start one and uses the engine that is there. Or Podman with a store of the test's own, which needs no engine.
 */
final class ContainerEngine implements AutoCloseable {
    private static final Duration BUILD_LIMIT = Duration.ofMinutes(30);
    private static final Duration COMMAND_LIMIT = Duration.ofMinutes(5);
    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    private final Path checkout;
    private final Path folder;
    private final Map<String, String> environment;
    private final Process daemon;
    private final List<String> client;

    private ContainerEngine(
            Path checkout, Path folder, Map<String, String> environment, Process daemon, List<String> client) {
        this.checkout = checkout;
        this.folder = folder;
        this.environment = environment;
        this.daemon = daemon;
        this.client = client;
    }

    /** Podman keeps images and containers below one folder, and needs neither systemd nor what it would log to; Buildah shares the store. */
    static ContainerEngine podman(Path checkout) throws IOException {
        Path folder = Files.createTempDirectory("podman");
        // Its default limits are higher than a root without CAP_SYS_RESOURCE may give, and its usual runtime takes no
        // control groups of both versions side by side.
        Path settings = Files.writeString(folder.resolve("containers.conf"), """
                [containers]
                default_ulimits = ["nofile=1024:1024", "nproc=32768:32768"]
                [engine]
                runtime = "runc"
                cgroup_manager = "cgroupfs"
                events_logger = "file"
                """);
        Path store = Files.writeString(
                folder.resolve("storage.conf"), """
                [storage]
                driver = "overlay"
                graphroot = "%s"
                runroot = "%s"
                """.formatted(folder.resolve("store"), folder.resolve("run")));
        Map<String, String> environment = new HashMap<>(forBuilds());
        environment.put("CONTAINERS_CONF", settings.toString());
        environment.put("CONTAINERS_STORAGE_CONF", store.toString());
        return new ContainerEngine(checkout, folder, environment, null, List.of("podman"));
    }

    private static Map<String, String> forBuilds() {
        return Map.of("JAVA_HOME", System.getProperty("java.home"), "MM_IMAGE_OPTIONS", "--network=host");
    }

    static ContainerEngine start(Path checkout) throws IOException, InterruptedException {
        return start(
                checkout,
                List.of(),
                List.of(
                        "--iptables=false",
                        "--ip6tables=false",
                        "--ip-forward=false",
                        "--ip-masq=false",
                        "--bridge=none"));
    }

    /** With bridges and packet filter rules in a network namespace, which does not reach outside. Only root can start one. */
    static ContainerEngine startIn(String namespace, Path checkout) throws IOException, InterruptedException {
        return start(checkout, List.of("nsenter", "--net=/run/netns/" + namespace), List.of("--ip6tables=false"));
    }

    private static ContainerEngine start(Path checkout, List<String> before, List<String> options)
            throws IOException, InterruptedException {
        // Short, because a socket lies in it.
        Path folder = Files.createTempDirectory("engine");
        Map<String, String> environment = new HashMap<>(forBuilds());
        environment.put("DOCKER_BUILDKIT", "1");
        if (!System.getProperty("user.name").equals("root")) {
            return new ContainerEngine(checkout, folder, environment, null, client(checkout, environment));
        }
        Path socket = folder.resolve("docker.sock");
        environment.put("DOCKER_HOST", "unix://" + socket);
        List<String> words = new ArrayList<>(before);
        words.addAll(List.of(
                "dockerd",
                "--data-root=" + folder.resolve("data"),
                "--exec-root=" + folder.resolve("exec"),
                "--pidfile=" + folder.resolve("pid"),
                "--host=unix://" + socket));
        words.addAll(options);
        Process daemon = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("dockerd.log").toFile())
                .start();
        try {
            await().atMost(START_LIMIT).pollInterval(Duration.ofMillis(100)).until(() -> {
                assertThat(daemon.isAlive())
                        .as(() -> read(folder.resolve("dockerd.log")))
                        .isTrue();
                return Files.exists(socket);
            });
            return new ContainerEngine(checkout, folder, environment, daemon, client(checkout, environment));
        } catch (RuntimeException | AssertionError | IOException failure) {
            daemon.destroy();
            daemon.waitFor(20, TimeUnit.SECONDS);
            throw failure;
        }
    }

    /** Of this engine alone; removed with it. */
    Path folder() {
        return folder;
    }

    /** What a program needs to find this engine, and to build with it. */
    Map<String, String> environment() {
        return Map.copyOf(environment);
    }

    /** Runs a program with what the engine's own client needs to find it. */
    Command command(Path where, Map<String, String> more, String... words) throws IOException, InterruptedException {
        Map<String, String> all = new HashMap<>(environment);
        all.putAll(more);
        return Command.run(where, all, COMMAND_LIMIT, List.of(words));
    }

    /** The project's own base image of this kind, made when it is missing, under the name it has here. */
    String base(String kind) throws IOException, InterruptedException {
        Command.run(
                        checkout,
                        environment,
                        BUILD_LIMIT,
                        List.of(checkout.resolve("docker/base/build.sh").toString(), "--keep", kind))
                .successful();
        run(
                "load",
                "-q",
                "-i",
                checkout.resolve("target/base/base-" + kind + ".tar").toString());
        return "vyra/base-" + kind + ":latest";
    }

    /** {@code docker build} with the checkout as its context. */
    void build(List<String> options) throws IOException, InterruptedException {
        build(checkout, options).successful();
    }

    /** {@code docker build} with this folder as its context. */
    Command build(Path context, List<String> options) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(client);
        words.addAll(List.of("build", "--network=host"));
        Path certificates = Path.of("/etc/ssl/certs/ca-certificates.crt");
        if (Files.exists(certificates)) {
            words.addAll(List.of("--secret", "id=ca,src=" + certificates));
        }
        words.addAll(options);
        words.add(".");
        return Command.run(context, environment, BUILD_LIMIT, words);
    }

    /**
     * The checkout's sources in a folder of the engine's own, to be changed: what a build reads, and so without the tests, whose compilation
     * takes longest. Called again it undoes all changes.
     */
    Path copySources() throws IOException, InterruptedException {
        Path copy = Files.createDirectories(folder.resolve("checkout"));
        Command.run(
                        checkout,
                        Map.of(),
                        COMMAND_LIMIT,
                        List.of(
                                "bash",
                                "-c",
                                "set -o pipefail; tar --exclude=target --exclude=node_modules --exclude=dist --exclude=src/test"
                                        + " --exclude=./.git --exclude=./data -cf - . | tar -xf - -C '" + copy + "'"))
                .successful();
        return copy;
    }

    /** {@code ./mm} with this engine. */
    Command mm(Map<String, String> more, String... arguments) throws IOException, InterruptedException {
        Map<String, String> all = new HashMap<>(environment);
        all.putAll(more);
        List<String> words = new ArrayList<>(List.of(checkout.resolve("mm").toString()));
        words.addAll(List.of(arguments));
        return Command.run(checkout, all, BUILD_LIMIT, words);
    }

    /** What a command of the engine's client prints, once it went well. */
    String run(String... arguments) throws IOException, InterruptedException {
        return attempt(arguments).successful();
    }

    Command attempt(String... arguments) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(client);
        words.addAll(List.of(arguments));
        return Command.run(folder, environment, COMMAND_LIMIT, words);
    }

    /** The client that {@code ./mm image} would take, which is not always the first on the path. */
    private static List<String> client(Path checkout, Map<String, String> environment)
            throws IOException, InterruptedException {
        return List.of(Command.run(
                        checkout,
                        environment,
                        COMMAND_LIMIT,
                        List.of("bash", "-c", ". launcher/toolchain.sh && . launcher/image.sh && probe_docker"))
                .successful());
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Override
    public void close() {
        try {
            if (daemon != null) {
                daemon.destroy();
                if (!daemon.waitFor(60, TimeUnit.SECONDS)) {
                    daemon.descendants().forEach(ProcessHandle::destroyForcibly);
                    daemon.destroyForcibly().waitFor();
                }
            }
            // What the engine leaves mounted would keep its folder from being removed.
            Command.run(
                            Path.of("/"),
                            Map.of("FOLDER", folder.toString()),
                            COMMAND_LIMIT,
                            List.of(
                                    "sh",
                                    "-c",
                                    "awk -v f=\"$FOLDER/\" 'index($2, f) == 1 { print $2 }' /proc/mounts | sort -r |"
                                            + " xargs -r umount && rm -rf \"$FOLDER\""))
                    .successful();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
