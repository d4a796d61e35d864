package io.vyra.modulemanager.benchmark.service;

import io.vyra.modulemanager.benchmark.Scene;
import io.vyra.modulemanager.benchmark.core.ProcessStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A packaged distribution in a JVM of its own, started with the flags of {@code ./mm run}. */
final class Service implements AutoCloseable {
    private static final Duration START_PATIENCE = Duration.ofSeconds(120);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(60);
    private static final long LOOK_AGAIN_NANOS = 2_000_000;

    /** The serial collector moves everything that lives into the old generation; what is in the young one came afterwards. */
    private static final Pattern OLD_GENERATION = Pattern.compile("Tenured +total \\d+K, used (\\d+)K");

    private final Process process;
    private final int port;
    private final Path data;
    private final double startMilliseconds;

    private Service(Process process, int port, Path data, double startMilliseconds) {
        this.process = process;
        this.port = port;
        this.data = data;
        this.startMilliseconds = startMilliseconds;
    }

    /**
     * Starts the full one, and returns as soon as it says that it is ready. Its output goes to {@code service.log} in the work folder.
     */
    static Service start(Scene scene, Path data, List<String> flags) throws IOException {
        return start(scene, data, "full", flags);
    }

    /** As {@link #start(Scene, Path, List)}, the SLIM one with the heap it has under a limit of 256 MB. */
    static Service startSlim(Scene scene, Path data, List<String> flags) throws IOException {
        List<String> all = new ArrayList<>(List.of(
                "@" + scene.built("docker/entrypoint/slim.options"), "-XX:MaxRAM=256m", "-XX:MaxRAMPercentage=25"));
        all.addAll(flags);
        return start(scene, data, "slim", all);
    }

    private static Service start(Scene scene, Path data, String distribution, List<String> flags) throws IOException {
        int port = FirstAnswer.freePort();
        Path log = scene.work().resolve("service.log");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow"));
        command.addAll(flags);
        command.addAll(List.of(
                "-Dquarkus.http.host=127.0.0.1",
                "-Dquarkus.http.port=" + port,
                "-Dvyra.data=" + data,
                "-Dvyra.shim=" + scene.shim(),
                "-Dvyra.ui=" + scene.checkout().resolve("frontend/dist"),
                "-Dvyra.stop-modules-on-exit=true",
                "-jar",
                scene.built("modulemanager-" + distribution + "/target/quarkus-app/quarkus-run.jar")
                        .toString()));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        long begin = System.nanoTime();
        Process process = builder.start();
        try {
            awaitReady(process, port, begin, log);
            return new Service(process, port, data, (System.nanoTime() - begin) / 1e6);
        } catch (RuntimeException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    private static void awaitReady(Process process, int port, long begin, Path log) {
        while (System.nanoTime() - begin < START_PATIENCE.toNanos()) {
            if (!process.isAlive()) {
                throw new IllegalStateException("the service ended with " + process.exitValue() + ", see " + log);
            }
            try (KeepAliveConnection connection = new KeepAliveConnection(port, "")) {
                if (connection.get("/q/health/ready").status() == 200) {
                    return;
                }
            } catch (IOException notYet) {
                // Nobody listens yet.
            }
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
        throw new IllegalStateException("the service was not ready in time, see " + log);
    }

    int port() {
        return port;
    }

    Path data() {
        return data;
    }

    /** From the start of the process to the first answer that says it is ready. */
    double startMilliseconds() {
        return startMilliseconds;
    }

    double rssMebibytes() throws IOException {
        return ProcessStatus.number(pid(), "VmRSS") / 1024;
    }

    double pssMebibytes() throws IOException {
        return ProcessStatus.rollup(pid(), "Pss") / 1024;
    }

    double cpuSeconds() throws IOException {
        return ProcessStatus.cpuSeconds(pid());
    }

    int threads() throws IOException {
        return (int) ProcessStatus.number(pid(), "Threads");
    }

    /** Used heap after a full collection, by jcmd. */
    double heapMebibytes() throws IOException, InterruptedException {
        jcmd("GC.run");
        String heap = jcmd("GC.heap_info");
        Matcher matcher = OLD_GENERATION.matcher(heap);
        if (!matcher.find()) {
            throw new IllegalStateException("jcmd GC.heap_info was not understood:\n" + heap);
        }
        return Double.parseDouble(matcher.group(1)) / 1024;
    }

    private String jcmd(String command) throws IOException, InterruptedException {
        Process jcmd = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/jcmd").toString(), pid(), command)
                .redirectErrorStream(true)
                .start();
        String output = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (jcmd.waitFor() != 0) {
            throw new IllegalStateException("jcmd " + command + " failed:\n" + output);
        }
        return output;
    }

    private String pid() {
        return String.valueOf(process.pid());
    }

    /** Ends it, and the modules with it. */
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
