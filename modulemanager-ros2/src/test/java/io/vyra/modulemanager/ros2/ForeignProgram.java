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

/** A program on another implementation of DDS, in a process of its own; ros_user.py and ros_node.py say what it can be told. */
public final class ForeignProgram implements AutoCloseable {
    /** What the programs in Python share: how they are nodes of ROS 2. */
    private static final Path LIBRARY = Path.of("../protocol-ros2/src/test/python");

    private static final String PYTHON = "../protocol-ros2/target/python/bin/python";

    /** Whose DDS a user of the manager speaks with, as the implementation's rmw does. */
    enum Implementation {
        /** Of Eclipse, from the Python package index. */
        CYCLONE_DDS,
        /** Of eProsima, from Debian, in C++. */
        FAST_DDS;

        private List<String> command() {
            return switch (this) {
                case CYCLONE_DDS -> python("ros_user.py");
                case FAST_DDS ->
                    List.of(installed("target/dds/fastdds-user", "modulemanager-ros2/src/test/dds/install.sh"));
            };
        }
    }

    private static List<String> python(String script) {
        return List.of(installed(PYTHON, "launcher/python-peers.sh protocol-ros2"), "src/test/python/" + script);
    }

    private static String installed(String program, String installation) {
        Path path = Path.of(program).toAbsolutePath().normalize();
        if (!Files.isExecutable(path)) {
            throw new IllegalStateException("The peer of this test, " + path + ", is not installed. Run " + installation
                    + " (./mm test does that)");
        }
        return path.toString();
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

    private ForeignProgram(List<String> program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(program);
        command.addAll(List.of(arguments));
        Path log = Files.createTempFile(Files.createDirectories(Path.of("target/peers")), "program", ".log");
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(log.toFile());
        builder.environment().put("CYCLONEDDS_URI", CONFIGURATION);
        builder.environment()
                .put("PYTHONPATH", LIBRARY.toAbsolutePath().normalize().toString());
        builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
        this.process = builder.start();
        this.commands = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        Thread.ofVirtual().start(() -> output.lines().forEach(line -> events.add(List.of(line.split("\t", -1)))));
        await().atMost(Robot.PATIENCE)
                .failFast("The peer ended, see " + log, () -> !process.isAlive())
                .until(() -> !events.isEmpty());
    }

    /** Somebody who uses the manager of that namespace. */
    static ForeignProgram user(Implementation implementation, int domain, String namespace) throws IOException {
        return new ForeignProgram(implementation.command(), String.valueOf(domain), namespace);
    }

    /** A node of the robot, as one on rmw_cyclonedds is. */
    public static ForeignProgram node(int domain, String namespace, String name) throws IOException {
        return new ForeignProgram(python("ros_node.py"), String.valueOf(domain), namespace, name);
    }

    /** Gives a command, waits until it is done, and returns what it said. */
    public List<List<String>> tell(String... command) {
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

    /** What it said of an event so far, without the event's name. */
    public List<List<String>> events(String event) {
        return events.stream()
                .filter(said -> said.getFirst().equals(event))
                .map(said -> said.subList(1, said.size()))
                .toList();
    }

    /** Waits until it has said that. */
    public void awaitEvent(String... event) {
        await(String.join(" ", event)).atMost(Robot.PATIENCE).until(() -> events.contains(List.of(event)));
    }

    /** Ends it, in an orderly way when it lets itself be ended so. */
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
