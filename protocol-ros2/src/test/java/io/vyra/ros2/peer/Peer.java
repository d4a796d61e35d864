package io.vyra.ros2.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A participant of another implementation in a process of its own; see src/test/dds/README.md for what it can be told. */
public final class Peer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Process process;
    private final PrintWriter commands;
    private final List<List<String>> events = new CopyOnWriteArrayList<>();

    private Peer(PeerSettings settings) throws IOException {
        String name = settings.implementation().name().toLowerCase(Locale.ROOT);
        Path log = Files.createTempFile(Files.createDirectories(Path.of("target/peers")), name, ".log");
        List<String> command = new ArrayList<>(settings.prefix());
        command.addAll(settings.implementation().command(settings));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(log.toFile());
        builder.environment().put("CYCLONEDDS_URI", Implementation.configuration(settings));
        builder.environment().putAll(settings.variables());
        this.process = builder.start();
        this.commands = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        Thread.ofVirtual().start(() -> output.lines().forEach(line -> events.add(List.of(line.split("\t", -1)))));
        await().atMost(PATIENCE)
                .failFast("The peer ended, see " + log, () -> !process.isAlive())
                .until(() -> !events.isEmpty());
    }

    /** On the loopback, by unicast. */
    public static Peer start(Implementation implementation, int domain) throws IOException {
        return start(PeerSettings.of(implementation, domain));
    }

    public static Peer start(PeerSettings settings) throws IOException {
        return new Peer(settings);
    }

    /** Gives a command and waits until it is done. */
    public void tell(String... command) {
        int before = events.size();
        start(command);
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(5)).until(() -> answered(before, command[0]));
        assertThat(events.stream().skip(before))
                .as(String.join(" ", command))
                .noneMatch(event -> event.getFirst().equals("failed"));
    }

    private boolean answered(int before, String command) {
        return events.stream()
                .skip(before)
                .anyMatch(event -> event.getFirst().equals("failed")
                        || (event.getFirst().equals("done") && event.get(1).equals(command)));
    }

    /** Gives a command and does not wait. */
    public void start(String... command) {
        commands.println(String.join("\t", command));
    }

    /** The third field of all events with this first and second field, so far. */
    public List<String> events(String event, String name) {
        return events.stream()
                .filter(fields -> fields.size() > 2
                        && fields.get(0).equals(event)
                        && fields.get(1).equals(name))
                .map(fields -> fields.get(2))
                .toList();
    }

    /** Waits until there are that many such events. */
    public List<String> awaitEvents(String event, String name, int count) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(5))
                .untilAsserted(() -> assertThat(events(event, name)).hasSizeGreaterThanOrEqualTo(count));
        return events(event, name);
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
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
