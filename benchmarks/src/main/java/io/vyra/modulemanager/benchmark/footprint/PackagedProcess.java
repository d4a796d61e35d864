package io.vyra.modulemanager.benchmark.footprint;

import io.vyra.modulemanager.benchmark.Program;
import io.vyra.modulemanager.benchmark.core.ProcessStatus;
import io.vyra.modulemanager.benchmark.service.FirstAnswer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The packaged service as a process, started by its own entry point as in a container of 256 MB; HTTPS on loopback. Not thread-safe.
 */
final class PackagedProcess implements AutoCloseable {
    private static final Duration START_PATIENCE = Duration.ofSeconds(120);
    /** The JVM writes a cache when it ends. */
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(180);

    private static final Duration JCMD_LIMIT = Duration.ofSeconds(60);
    private static final double KIBIBYTES = 1024;

    /** So that the heap is sized as under the limit that docs/deployment.md recommends, whatever this machine has. */
    static final String MEMORY = "-XX:MaxRAM=256m";

    private final Process process;
    private final int port;
    private final Path data;
    private final Path log;
    private double startMilliseconds;

    private PackagedProcess(Process process, int port, Path data, Path log) {
        this.process = process;
        this.port = port;
        this.data = data;
        this.log = log;
    }

    /**
     * Starts it and returns with its first 200.
     *
     * @param flags besides those it is shipped with
     * @param repository the demo repository
     */
    static PackagedProcess start(
            PackagedTree tree, Path data, Path repository, List<String> flags, Map<String, String> environment)
            throws IOException {
        int port = FirstAnswer.freePort();
        Path log = data.resolveSibling("service.log");
        ProcessBuilder builder = new ProcessBuilder(tree.entryPoint().toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment()
                .putAll(Map.of(
                        "VYRA_JAVA_HOME", tree.java().toString(),
                        "VYRA_DATA", data.toString(),
                        "VYRA_DEMO_REPOSITORY", repository.toString(),
                        "VYRA_STOP_MODULES_ON_EXIT", "true",
                        "QUARKUS_HTTP_HOST", "127.0.0.1",
                        "QUARKUS_HTTP_PORT", String.valueOf(port),
                        "JAVA_OPTS", MEMORY + " " + String.join(" ", flags)));
        builder.environment().putAll(environment);
        long begin = System.nanoTime();
        PackagedProcess started = new PackagedProcess(builder.start(), port, data, log);
        try {
            started.startMilliseconds = (started.awaitFirstAnswer() - begin) / 1e6;
            return started;
        } catch (IOException e) {
            started.process.destroyForcibly();
            throw e;
        }
    }

    private long awaitFirstAnswer() throws IOException {
        return new FirstAnswer(true, port, "/health").await(START_PATIENCE, () -> {
            if (!process.isAlive()) {
                throw new IOException("the service ended with " + process.exitValue() + ":\n" + Files.readString(log));
            }
        });
    }

    double startMilliseconds() {
        return startMilliseconds;
    }

    int port() {
        return port;
    }

    Path data() {
        return data;
    }

    long pid() {
        return process.pid();
    }

    double rssMebibytes() throws IOException {
        return ProcessStatus.number(String.valueOf(pid()), "VmRSS") / KIBIBYTES;
    }

    double pssMebibytes() throws IOException {
        return ProcessStatus.rollup(String.valueOf(pid()), "Pss") / KIBIBYTES;
    }

    double anonymousMebibytes() throws IOException {
        return ProcessStatus.number(String.valueOf(pid()), "RssAnon") / KIBIBYTES;
    }

    int threads() throws IOException {
        return (int) ProcessStatus.number(String.valueOf(pid()), "Threads");
    }

    /** What a diagnostic command of the JVM prints. */
    String jcmd(String... command) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin/jcmd").toString(), String.valueOf(pid())));
        words.addAll(List.of(command));
        return new Program(Path.of("/"), Map.of()).run(JCMD_LIMIT, words);
    }

    /** Ends it as an engine does, with its modules. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
