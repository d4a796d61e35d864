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
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A participant of Cyclone DDS in a process of its own; see peer.py for what it can be told. */
public final class CyclonePeer implements AutoCloseable {
    /** Unicast on loopback only: no test talks to anything else. What it loses of what it sends is in thousandths. */
    private static final String CONFIGURATION =
            "<CycloneDDS><Domain><General><Interfaces><NetworkInterface address=\"127.0.0.1\"/></Interfaces>"
                    + "<AllowMulticast>false</AllowMulticast></General><Discovery><ParticipantIndex>auto</ParticipantIndex>"
                    + "<MaxAutoParticipantIndex>31</MaxAutoParticipantIndex><Peers><Peer address=\"127.0.0.1\"/></Peers>"
                    + "</Discovery><Internal><Test><XmitLossiness>%d</XmitLossiness></Test></Internal></Domain></CycloneDDS>";

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Process process;
    private final PrintWriter commands;
    private final List<List<String>> events = new CopyOnWriteArrayList<>();

    private CyclonePeer(int domain, int loss) throws IOException {
        Path log = Files.createTempFile(Files.createDirectories(Path.of("target/peers")), "cyclone", ".log");
        ProcessBuilder builder = new ProcessBuilder(
                        Python.interpreter(), Python.script("peer.py"), String.valueOf(domain))
                .redirectError(log.toFile());
        builder.environment().put("CYCLONEDDS_URI", String.format(CONFIGURATION, loss));
        this.process = builder.start();
        this.commands = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        Thread.ofVirtual().start(() -> output.lines().forEach(line -> events.add(List.of(line.split("\t", -1)))));
        await().atMost(PATIENCE)
                .failFast("The peer ended, see " + log, () -> !process.isAlive())
                .until(() -> !events.isEmpty());
    }

    public static CyclonePeer start(int domain) throws IOException {
        return new CyclonePeer(domain, 0);
    }

    /**
     * One that loses some of what it sends.
     *
     * @param loss in thousandths
     */
    public static CyclonePeer startLossy(int domain, int loss) throws IOException {
        return new CyclonePeer(domain, loss);
    }

    /** Gives a command and waits until it is done. */
    public void tell(String... command) {
        int before = events.size();
        start(command);
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(5)).until(() -> answered(before, command[0]));
        assertThat(events.subList(before, events.size()))
                .as(String.join(" ", command))
                .noneMatch(event -> event.getFirst().equals("failed"));
    }

    private boolean answered(int before, String command) {
        return events.stream()
                .skip(before)
                .anyMatch(event ->
                        (event.getFirst().equals("done") || event.getFirst().equals("failed"))
                                && event.get(1).equals(command));
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
