package io.vyra.zenoh.peer;

import static io.vyra.zenoh.peer.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A session of the reference implementation in a process of its own; see peer.py for what it can be told. */
public final class PythonPeer implements AutoCloseable {
    private static final Path SCRIPTS = Path.of("src/test/python").toAbsolutePath();
    private static final Path PYTHON = Path.of("target/python/bin/python").toAbsolutePath();

    private final Process process;
    private final PrintWriter commands;
    private final List<List<String>> events = new CopyOnWriteArrayList<>();
    private final Endpoint endpoint;

    private PythonPeer(String mode, Endpoint endpoint, Map<String, String> settings) throws IOException {
        if (!Files.isExecutable(PYTHON)) {
            throw new IllegalStateException(
                    "The peer of these tests is not installed. Run launcher/python-peers.sh protocol-zenoh (./mm test does that)");
        }
        StringBuilder config = new StringBuilder();
        settings.forEach(
                (key, value) -> config.append(key).append('=').append(value).append('\n'));
        this.endpoint = endpoint;
        Path log = Files.createTempFile(Files.createDirectories(Path.of("target/peers")), mode, ".log");
        this.process = new ProcessBuilder(
                        PYTHON.toString(), SCRIPTS.resolve("peer.py").toString(), mode, config.toString())
                .redirectError(log.toFile())
                .start();
        this.commands = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        Thread.ofVirtual().start(() -> output.lines().forEach(line -> events.add(List.of(line.split("\t", -1)))));
        await().failFast("The peer ended, see " + log, () -> !process.isAlive()).until(() -> !events.isEmpty());
    }

    /** A router on a free port. */
    public static PythonPeer router() throws IOException {
        return router(freeEndpoint(), Map.of());
    }

    /** A router that listens there, with further settings. */
    public static PythonPeer router(Endpoint endpoint, Map<String, String> settings) throws IOException {
        Map<String, String> all = new TreeMap<>(settings);
        all.put("listen/endpoints", "[\"" + endpoint + "\"]");
        return new PythonPeer("router", endpoint, all);
    }

    /** A client of the router that listens there. */
    public static PythonPeer client(Endpoint endpoint, Map<String, String> settings) throws IOException {
        Map<String, String> all = new TreeMap<>(settings);
        all.put("connect/endpoints", "[\"" + endpoint + "\"]");
        return new PythonPeer("client", endpoint, all);
    }

    public static PythonPeer client(Endpoint endpoint) throws IOException {
        return client(endpoint, Map.of());
    }

    /** A loopback address on which nobody listens. */
    public static Endpoint freeEndpoint() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new Endpoint(Endpoint.Protocol.TCP, "127.0.0.1", socket.getLocalPort());
        }
    }

    /** Where it listens, or to what it is connected. */
    public Endpoint endpoint() {
        return endpoint;
    }

    /** Gives a command and waits until it is done; the events since. */
    public List<List<String>> tell(String... command) {
        int before = events.size();
        start(command);
        await().until(() -> answered(before, command[0]));
        List<List<String>> since = since(before);
        assertThat(since)
                .as(String.join(" ", command))
                .noneMatch(event -> event.getFirst().equals("failed"));
        return since;
    }

    private boolean answered(int before, String command) {
        return since(before).stream()
                .anyMatch(event ->
                        (event.getFirst().equals("done") || event.getFirst().equals("failed"))
                                && event.get(1).equals(command));
    }

    private List<List<String>> since(int before) {
        List<List<String>> all = List.copyOf(events);
        return all.subList(before, all.size());
    }

    /** Gives a command and does not wait. */
    public void start(String... command) {
        commands.println(String.join("\t", command));
    }

    /** All events with this first and second field, so far. */
    public List<List<String>> events(String event, String name) {
        return events.stream()
                .filter(fields -> fields.size() > 1
                        && fields.get(0).equals(event)
                        && fields.get(1).equals(name))
                .toList();
    }

    /** Waits until there are that many such events. */
    public List<List<String>> awaitEvents(String event, String name, int count) {
        await().untilAsserted(() -> assertThat(events(event, name)).hasSizeGreaterThanOrEqualTo(count));
        return events(event, name);
    }

    /** Waits until a subscription that matches has come through to this session. */
    public void awaitSubscribers(String key) {
        awaitMatching("publisher", key);
    }

    /** Waits until a queryable that matches has come through to this session. */
    public void awaitQueryables(String key) {
        awaitMatching("querier", key);
    }

    private void awaitMatching(String kind, String key) {
        String name = kind + " of " + key;
        int before = events("matching", name).size();
        tell(kind, name, key);
        assertThat(awaitEvents("matching", name, before + 1).getLast()).contains("yes");
        tell("undeclare", name + " listener");
        tell("undeclare", name);
    }

    /** Ends it as a power cut would. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Ends it in an orderly way. */
    @Override
    public void close() {
        commands.close();
        try {
            if (!process.waitFor(Duration.ofSeconds(5))) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
