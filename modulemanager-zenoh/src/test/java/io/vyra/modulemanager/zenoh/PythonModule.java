package io.vyra.modulemanager.zenoh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vyra.modulemanager.module.ModuleId;
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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A VYRA module in Python, in a process of its own, or a router of the reference implementation; see vyra_module.py. */
final class PythonModule implements AutoCloseable {
    static final Path SCRIPT = Path.of("src/test/python/vyra_module.py").toAbsolutePath();
    static final Path PYTHON = Path.of("../protocol-zenoh/target/python/bin/python")
            .toAbsolutePath()
            .normalize();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final PrintWriter commands;
    private final List<List<String>> events = new CopyOnWriteArrayList<>();
    private final Endpoint endpoint;

    private PythonModule(Endpoint endpoint, String name, String... settings) throws IOException {
        if (!Files.isExecutable(PYTHON)) {
            throw new IllegalStateException(
                    "The peer of these tests is not installed. Run launcher/python-peers.sh protocol-zenoh (./mm test does that)");
        }
        this.endpoint = endpoint;
        Path log = Files.createTempFile(Files.createDirectories(Path.of("target/peers")), "module", ".log");
        List<String> command =
                new ArrayList<>(List.of(PYTHON.toString(), SCRIPT.toString(), endpoint.toString(), name));
        command.addAll(List.of(settings));
        this.process = new ProcessBuilder(command).redirectError(log.toFile()).start();
        this.commands = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        Thread.ofVirtual().start(() -> output.lines().forEach(line -> events.add(List.of(line.split("\t", -1)))));
        await().atMost(PATIENCE)
                .failFast("The peer ended, see " + log, () -> !process.isAlive())
                .until(() -> !events("open").isEmpty());
    }

    static PythonModule router() throws IOException {
        return router(freeEndpoint());
    }

    static PythonModule router(Endpoint endpoint) throws IOException {
        return new PythonModule(endpoint, "router");
    }

    static PythonModule connectedTo(Endpoint endpoint, ModuleId id, String... settings) throws IOException {
        return new PythonModule(endpoint, id.toString(), settings);
    }

    /** A loopback address on which nobody listens. */
    static Endpoint freeEndpoint() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new Endpoint(Endpoint.Protocol.TCP, "127.0.0.1", socket.getLocalPort());
        }
    }

    Endpoint endpoint() {
        return endpoint;
    }

    /** Gives a command and waits until it is done; the events since. */
    List<List<String>> tell(String... command) {
        int before = events.size();
        commands.println(String.join("\t", command));
        await().atMost(PATIENCE).until(() -> since(before).stream().anyMatch(event -> ends(event, command[0])));
        List<List<String>> since = since(before);
        assertThat(since)
                .as(String.join(" ", command))
                .noneMatch(event -> event.getFirst().equals("failed"));
        return since;
    }

    private static boolean ends(List<String> event, String command) {
        return List.of("done", "failed").contains(event.getFirst())
                && event.get(1).equals(command);
    }

    private List<List<String>> since(int before) {
        List<List<String>> all = List.copyOf(events);
        return all.subList(before, all.size());
    }

    /** All events so far that begin with these fields. */
    List<List<String>> events(String... fields) {
        return events.stream()
                .filter(event -> event.size() >= fields.length
                        && event.subList(0, fields.length).equals(List.of(fields)))
                .toList();
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

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
