package io.vyra.modulemanager.benchmark.engine;

import io.vyra.modulemanager.benchmark.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A Docker engine of the benchmark's own, with nothing in it at first. It leaves the machine's network alone, so everything it runs shares
 * that network. Only root can start one. Not thread-safe.
 */
public final class Engine implements AutoCloseable {
    private static final Duration START_PATIENCE = Duration.ofSeconds(60);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(60);
    private static final Duration COMMAND_LIMIT = Duration.ofMinutes(5);
    private static final Duration BUILD_LIMIT = Duration.ofMinutes(40);
    private static final long LOOK_AGAIN_NANOS = 50_000_000;
    /** Downloads of builds are also trusted when a company's network signs them. */
    private static final Path CERTIFICATES = Path.of("/etc/ssl/certs/ca-certificates.crt");

    private final Path folder;
    private final Process daemon;
    private final Program program;
    private final String client;

    private Engine(Path folder, Process daemon, Program program, String client) {
        this.folder = folder;
        this.daemon = daemon;
        this.program = program;
        this.client = client;
    }

    /** @param checkout whose launcher tells which client to take */
    public static Engine start(Path checkout) throws IOException, InterruptedException {
        if (!"root".equals(System.getProperty("user.name"))) {
            throw new IllegalStateException(
                    "This benchmark starts a Docker engine of its own, which only root can: run it with sudo.");
        }
        // Short, because a socket lies in it.
        Path folder = Files.createTempDirectory("engine");
        Path socket = folder.resolve("docker.sock");
        Map<String, String> environment = new HashMap<>();
        environment.put("DOCKER_BUILDKIT", "1");
        environment.put("DOCKER_HOST", "unix://" + socket);
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("MM_IMAGE_OPTIONS", "--network=host");
        Program program = new Program(checkout, environment);
        Path log = folder.resolve("dockerd.log");
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
        Engine engine = new Engine(folder, daemon, program, "docker");
        try {
            awaitSocket(daemon, socket, log);
            // The first client on the path may be one that cannot build.
            String client = program.run(
                    COMMAND_LIMIT,
                    List.of("bash", "-c", ". launcher/toolchain.sh && . launcher/image.sh && probe_docker"));
            return new Engine(folder, daemon, program, client);
        } catch (IOException | RuntimeException e) {
            engine.close();
            throw e;
        }
    }

    private static void awaitSocket(Process daemon, Path socket, Path log) throws IOException {
        long begin = System.nanoTime();
        while (!Files.exists(socket)) {
            if (!daemon.isAlive() || System.nanoTime() - begin > START_PATIENCE.toNanos()) {
                throw new IOException("dockerd did not start; it said:\n" + Files.readString(log));
            }
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
    }

    /** Where it listens: {@code unix:///path}. */
    public String address() {
        return program.environment().get("DOCKER_HOST");
    }

    /** {@code docker} with these words; gives what it printed. */
    public String docker(String... words) throws IOException, InterruptedException {
        return program.in(folder).run(COMMAND_LIMIT, command(words));
    }

    /** Starts {@code docker} with these words and does not wait for it. */
    public Process begin(List<String> words) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command(words.toArray(String[]::new)))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("docker.log").toFile());
        builder.environment().putAll(program.environment());
        return builder.start();
    }

    /** What the last command of {@link #begin} printed. */
    public String said() throws IOException {
        return Files.readString(folder.resolve("docker.log"));
    }

    private List<String> command(String... words) {
        List<String> command = new ArrayList<>(List.of(client));
        command.addAll(List.of(words));
        return command;
    }

    /** {@code ./mm} of a checkout, with this engine. */
    public void mm(Path checkout, List<String> words) throws IOException, InterruptedException {
        mm(checkout, "", words);
    }

    /** @param options more options for the engine's build, such as {@code --no-cache} */
    public void mm(Path checkout, String options, List<String> words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(checkout.resolve("mm").toString()));
        command.addAll(words);
        program.in(checkout)
                .with("MM_IMAGE_OPTIONS", ("--network=host " + options).strip())
                .run(BUILD_LIMIT, command);
    }

    /** {@code docker build} of a checkout with these options. */
    public void build(Path checkout, List<String> options) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("build", "--network=host"));
        if (Files.exists(CERTIFICATES)) {
            words.addAll(List.of("--secret", "id=ca,src=" + CERTIFICATES));
        }
        words.addAll(options);
        words.add(".");
        program.in(checkout).run(BUILD_LIMIT, command(words.toArray(String[]::new)));
    }

    /** Makes the project's base images, unless they are there, and loads them: their making is nobody's build time. */
    public void loadBases(Path checkout) throws IOException, InterruptedException {
        for (String kind : List.of("builder", "runtime")) {
            program.in(checkout)
                    .run(
                            BUILD_LIMIT,
                            List.of(checkout.resolve("docker/base/build.sh").toString(), "--keep", kind));
            docker(
                    "load",
                    "-q",
                    "-i",
                    checkout.resolve("target/base/base-" + kind + ".tar").toString());
        }
    }

    /** Forgets every step of every build, and what the builds downloaded; images stay. */
    public void forgetBuilds() throws IOException, InterruptedException {
        docker("builder", "prune", "--all", "--force");
    }

    public String idOf(String image) throws IOException, InterruptedException {
        return docker("image", "inspect", "--format={{.Id}}", image);
    }

    /** Runs a program that is not the engine's, with its environment. */
    public String run(Path inFolder, List<String> words) throws IOException, InterruptedException {
        return program.in(inFolder).run(COMMAND_LIMIT, words);
    }

    public String version() throws IOException, InterruptedException {
        return docker("version", "--format={{.Server.Version}}");
    }

    /** Ends it with all its containers and removes everything it wrote. */
    @Override
    public void close() {
        try {
            daemon.destroy();
            if (!daemon.waitFor(STOP_PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                daemon.descendants().forEach(ProcessHandle::destroyForcibly);
                daemon.destroyForcibly().waitFor();
            }
            // What an engine leaves mounted would keep its folder from being removed.
            new Program(Path.of("/"), Map.of("FOLDER", folder.toString()))
                    .run(
                            COMMAND_LIMIT,
                            List.of(
                                    "sh",
                                    "-c",
                                    "awk -v f=\"$FOLDER/\" 'index($2, f) == 1 { print $2 }' /proc/mounts | sort -r |"
                                            + " xargs -r umount && rm -rf \"$FOLDER\""));
        } catch (IOException e) {
            System.err.println("bench: what the engine left in " + folder + " could not be removed: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
