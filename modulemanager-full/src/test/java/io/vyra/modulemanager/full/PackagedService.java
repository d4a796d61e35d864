package io.vyra.modulemanager.full;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The packaged service, started by {@code ./mm run} on a free port, with data of its own and without building anything. */
final class PackagedService implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofMinutes(3);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(60);

    private final Process process;
    private final int port;
    private final Path log;

    private PackagedService(Process process, int port, Path log) {
        this.process = process;
        this.port = port;
        this.log = log;
    }

    /** Starts it and returns once it says that it is ready; throws with its output when it ends or takes too long. */
    static PackagedService start(Path checkout, Path data, Path log) throws IOException {
        return start(checkout, data, log, Map.of());
    }

    /** The same with more in its environment. */
    static PackagedService start(Path checkout, Path data, Path log, Map<String, String> environment)
            throws IOException {
        int port = freePort();
        ProcessBuilder builder = new ProcessBuilder(
                        checkout.resolve("mm").toString(),
                        "run",
                        "--port",
                        String.valueOf(port),
                        "--data",
                        data.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("MM_BUILD", "skip");
        // Several services at a time must not be one another's routers.
        builder.environment().put("ZENOH_LISTEN", "tcp/127.0.0.1:0");
        builder.environment().put("ROS_AUTOMATIC_DISCOVERY_RANGE", "LOCALHOST");
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(environment);
        PackagedService service = new PackagedService(builder.start(), port, log);
        try {
            service.awaitReady();
        } catch (RuntimeException | AssertionError failure) {
            service.close();
            throw new IllegalStateException("the service did not start; it printed:\n" + service.output(), failure);
        }
        return service;
    }

    int port() {
        return port;
    }

    String output() throws IOException {
        return Files.readString(log);
    }

    private void awaitReady() {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest ready = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/q/health/ready"))
                    .timeout(Duration.ofSeconds(5))
                    .build();
            await().atMost(START_LIMIT).pollInterval(Duration.ofMillis(100)).until(() -> {
                if (!process.isAlive()) {
                    throw new IllegalStateException("it ended with code " + process.exitValue());
                }
                try {
                    return client.send(ready, BodyHandlers.discarding()).statusCode() == 200;
                } catch (IOException notYet) {
                    return false;
                }
            });
        }
    }

    /** Stops it with TERM as a terminal's user would; whatever it left behind as its descendant is killed. */
    @Override
    public void close() {
        List<ProcessHandle> family = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        process.destroy();
        try {
            process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        family.forEach(ProcessHandle::destroyForcibly);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
