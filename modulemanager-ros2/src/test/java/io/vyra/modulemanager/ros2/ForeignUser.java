package io.vyra.modulemanager.ros2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A user of the manager on another implementation of DDS, in a process of its own; see ros_user.py for what it can be told. */
final class ForeignUser implements AutoCloseable {
    /** Whose DDS it speaks with, as the implementation's rmw does. */
    enum Implementation {
        /** Of Eclipse, from the Python package index. */
        CYCLONE_DDS,
        /** Of eProsima, from Debian, in C++. */
        FAST_DDS;

        private List<String> command() {
            return switch (this) {
                case CYCLONE_DDS ->
                    List.of(
                            installed(
                                    "../protocol-ros2/target/python/bin/python",
                                    "launcher/python-peers.sh protocol-ros2"),
                            "src/test/python/ros_user.py");
                case FAST_DDS ->
                    List.of(installed("target/dds/fastdds-user", "modulemanager-ros2/src/test/dds/install.sh"));
            };
        }

        private static String installed(String program, String installation) {
            Path path = Path.of(program).toAbsolutePath().normalize();
            if (!Files.isExecutable(path)) {
                throw new IllegalStateException("The peer of this test, " + path + ", is not installed. Run "
                        + installation + " (./mm test does that)");
            }
            return path.toString();
        }
    }

    /** Of Cyclone DDS: unicast on loopback only, as the other does. No test talks to anything else. */
    private static final String CONFIGURATION =
            "<CycloneDDS><Domain><General><Interfaces><NetworkInterface address=\"127.0.0.1\"/></Interfaces>"
                    + "<AllowMulticast>false</AllowMulticast></General><Discovery><ParticipantIndex>auto</ParticipantIndex>"
                    + "<MaxAutoParticipantIndex>31</MaxAutoParticipantIndex><Peers><Peer address=\"127.0.0.1\"/></Peers>"
                    + "</Discovery></Domain></CycloneDDS>";

    private final Process process;
    private final PrintWriter commands;
    private final List<List<String>> events = new CopyOnWriteArrayList<>();

    private ForeignUser(Implementation implementation, int domain, String namespace) throws IOException {
        List<String> command = new ArrayList<>(implementation.command());
        command.addAll(List.of(String.valueOf(domain), namespace));
        Path log = Files.createTempFile(Files.createDirectories(Path.of("target/peers")), "user", ".log");
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(log.toFile());
        builder.environment().put("CYCLONEDDS_URI", CONFIGURATION);
        this.process = builder.start();
        this.commands = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        Thread.ofVirtual().start(() -> output.lines().forEach(line -> events.add(List.of(line.split("\t", -1)))));
        await().atMost(Robot.PATIENCE)
                .failFast("The peer ended, see " + log, () -> !process.isAlive())
                .until(() -> !events.isEmpty());
    }

    static ForeignUser start(Implementation implementation, int domain, String namespace) throws IOException {
        return new ForeignUser(implementation, domain, namespace);
    }

    /** Gives a command, waits until it is done, and returns what it said. */
    List<List<String>> tell(String... command) {
        int before = events.size();
        commands.println(String.join("\t", command));
        await(String.join(" ", command))
                .atMost(Robot.PATIENCE)
                .until(() -> events.stream()
                        .skip(before)
                        .anyMatch(event -> event.getFirst().equals("done")
                                || event.getFirst().equals("failed")));
        List<List<String>> said = events.stream().skip(before).toList();
        assertThat(said).noneMatch(event -> event.getFirst().equals("failed"));
        return said;
    }

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
