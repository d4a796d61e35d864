package io.vyra.module;

import static org.awaitility.Awaitility.await;

import io.vyra.zenoh.link.Endpoint;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A process of Zenoh's reference implementation: the router of these tests, or a client as VYRA's own modules are. */
final class ReferencePeer implements AutoCloseable {
    private static final Path PROTOCOL =
            Path.of("../protocol-zenoh").toAbsolutePath().normalize();
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final Process process;
    private final PrintWriter commands;
    private final List<String> events = new CopyOnWriteArrayList<>();
    private final Endpoint endpoint;

    private ReferencePeer(String mode, Endpoint endpoint, String setting) throws IOException {
        Path python = PROTOCOL.resolve("target/python/bin/python");
        Path scripts = PROTOCOL.resolve("src/test/python");
        if (!Files.isExecutable(python)) {
            throw new IllegalStateException(
                    "The peer of these tests is not installed. Run launcher/python-peers.sh protocol-zenoh (./mm test does that)");
        }
        this.endpoint = endpoint;
        Path log = Files.createTempFile(Files.createDirectories(Path.of("target/peers")), mode, ".log");
        this.process = new ProcessBuilder(
                        python.toString(),
                        scripts.resolve("peer.py").toString(),
                        mode,
                        setting + "=[\"" + endpoint + "\"]")
                .redirectError(log.toFile())
                .start();
        this.commands = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        Thread.ofVirtual().start(() -> output.lines().forEach(events::add));
        await().atMost(PATIENCE)
                .failFast("The peer ended, see " + log, () -> !process.isAlive())
                .until(() -> !events.isEmpty());
    }

    /** A router on a free port. */
    static ReferencePeer router() throws IOException {
        return router(free());
    }

    static ReferencePeer router(Endpoint endpoint) throws IOException {
        return new ReferencePeer("router", endpoint, "listen/endpoints");
    }

    static ReferencePeer client(Endpoint endpoint) throws IOException {
        return new ReferencePeer("client", endpoint, "connect/endpoints");
    }

    static Endpoint free() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new Endpoint(Endpoint.Protocol.TCP, "127.0.0.1", socket.getLocalPort());
        }
    }

    Endpoint endpoint() {
        return endpoint;
    }

    /** Gives a command, waits until it is done, and returns what it led to. */
    List<String> tell(String... command) {
        int before = events.size();
        commands.println(String.join("\t", command));
        await().atMost(PATIENCE)
                .until(() -> events.subList(before, events.size()).stream()
                        .anyMatch(event -> event.startsWith("done\t") || event.startsWith("failed\t")));
        return List.copyOf(events.subList(before, events.size()));
    }

    /** Ends it as a power cut would. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        commands.close();
        process.destroy();
    }
}
