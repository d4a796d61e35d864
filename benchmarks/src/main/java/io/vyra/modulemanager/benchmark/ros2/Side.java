package io.vyra.modulemanager.benchmark.ros2;

import io.vyra.modulemanager.benchmark.Scene;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A participant in a process of its own that does what it is told; {@code protocol-ros2/src/test/dds/README.md} says what. Not thread-safe. */
final class Side implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** Unicast on the loopback only. */
    private static final String CYCLONE =
            "<CycloneDDS><Domain><General><Interfaces><NetworkInterface address=\"127.0.0.1\"/></Interfaces>"
                    + "<AllowMulticast>false</AllowMulticast></General><Discovery><ParticipantIndex>auto</ParticipantIndex>"
                    + "<MaxAutoParticipantIndex>31</MaxAutoParticipantIndex><Peers><Peer address=\"127.0.0.1\"/></Peers></Discovery></Domain></CycloneDDS>";

    private static final String LEASE_MILLISECONDS = "20000";

    private final String name;
    private final Process process;
    private final Path log;
    private final PrintWriter commands;
    private final BlockingQueue<List<String>> events = new LinkedBlockingQueue<>();

    private Side(String name, Path folder, List<String> command) throws IOException {
        this.name = name;
        this.log = folder.resolve(name + ".log");
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(log.toFile());
        builder.environment().put("CYCLONEDDS_URI", CYCLONE);
        this.process = builder.start();
        this.commands = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        Thread.ofVirtual().start(() -> {
            output.lines().forEach(line -> events.add(List.of(line.split("\t", -1))));
            events.add(List.of("failed", "it ended"));
        });
    }

    /** Starts one; it is ready when it does what it is told. */
    static Side start(Kind kind, String name, Path folder, Scene scene, int domain) throws IOException {
        return new Side(
                name,
                folder,
                switch (kind) {
                    case OURS ->
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin/java")
                                        .toString(),
                                "-XX:+UseSerialGC",
                                "-Xmx256m",
                                "-cp",
                                System.getProperty("java.class.path"),
                                OwnSide.class.getName(),
                                String.valueOf(domain));
                    case CYCLONE -> List.of(built(scene, "cyclone-peer"), String.valueOf(domain));
                    case FAST_DDS ->
                        List.of(built(scene, "fastdds-peer"), String.valueOf(domain), "unicast", LEASE_MILLISECONDS);
                });
    }

    private static String built(Scene scene, String program) {
        Path file = scene.checkout().resolve("protocol-ros2/target/dds").resolve(program);
        if (!file.toFile().canExecute()) {
            throw new IllegalStateException(
                    file + " is missing; protocol-ros2/src/test/dds/install.sh builds it (./mm bench does that)");
        }
        return file.toString();
    }

    long pid() {
        return process.pid();
    }

    /**
     * Gives a command and waits until it is done.
     *
     * @return what was said meanwhile
     * @throws IOException when it failed, ended or did not answer; the message says why
     */
    List<List<String>> tell(Object... words) throws IOException, InterruptedException {
        begin(words);
        List<List<String>> said = new ArrayList<>();
        for (List<String> event = next(words); !event.equals(List.of("done", words[0])); event = next(words)) {
            if (event.getFirst().equals("failed")) {
                throw new IOException(told(words) + String.join(" ", event) + "; see " + log);
            }
            said.add(event);
        }
        return said;
    }

    /** Gives a command and does not wait. */
    void begin(Object... words) {
        commands.println(
                String.join("\t", List.of(words).stream().map(Object::toString).toList()));
    }

    /** Waits for an event of that name, and forgets those before it. */
    List<String> await(String event) throws IOException, InterruptedException {
        List<String> found = next(event);
        while (!found.getFirst().equals(event)) {
            if (found.getFirst().equals("failed")) {
                throw new IOException(told(event) + String.join(" ", found) + "; see " + log);
            }
            found = next(event);
        }
        return found;
    }

    private List<String> next(Object... words) throws IOException, InterruptedException {
        List<String> event = events.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        if (event == null) {
            throw new IOException(told(words) + "did not answer within " + PATIENCE + "; see " + log);
        }
        return event;
    }

    private String told(Object... words) {
        return name + ", told '" + List.of(words) + "': ";
    }

    @Override
    public void close() throws InterruptedException {
        commands.close();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }
}
