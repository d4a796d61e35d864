package io.vyra.modulemanager.benchmark.zenoh;

import io.vyra.modulemanager.benchmark.Scene;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A process that publishes, listens, asks and answers as it is told. Not thread-safe. */
final class Side implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String PYTHON = "protocol-zenoh/target/python/bin/python";

    private final String name;
    private final Process process;
    private final Path log;
    private final PrintWriter commands;
    private final BlockingQueue<List<String>> answers = new LinkedBlockingQueue<>();

    private Side(String name, Path folder, List<String> command) throws IOException {
        this.name = name;
        this.log = folder.resolve(name + ".log");
        this.process = new ProcessBuilder(command).redirectError(log.toFile()).start();
        this.commands = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        Thread.ofVirtual().start(() -> {
            output.lines().forEach(line -> answers.add(List.of(line.split("\t", -1))));
            answers.add(List.of("failed", "it ended"));
        });
    }

    /** With this project's implementation, in a JVM like the service's. */
    static Side ours(String name, Path folder) throws IOException {
        return new Side(
                name,
                folder,
                List.of(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-XX:+UseSerialGC",
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        JavaSide.class.getName()));
    }

    /** With the reference implementation's Python package. */
    static Side python(String name, Path folder, Scene scene) throws IOException {
        Path interpreter = scene.checkout().resolve(PYTHON);
        if (!Files.exists(interpreter)) {
            throw new IllegalStateException(interpreter
                    + " is missing; launcher/python-peers.sh protocol-zenoh installs it (./mm bench does that)");
        }
        return new Side(
                name,
                folder,
                List.of(
                        interpreter.toString(),
                        scene.built("benchmarks/src/main/python/zenoh_side.py").toString()));
    }

    /**
     * Gives a command and waits for its answer.
     *
     * @return what it found
     * @throws IOException when it failed, ended or did not answer; the message says why
     */
    List<String> tell(Object... words) throws IOException, InterruptedException {
        String command =
                String.join("\t", List.of(words).stream().map(Object::toString).toList());
        commands.println(command);
        List<String> answer = answers.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        if (answer == null || !answer.getFirst().equals("done")) {
            String why = answer == null ? "did not answer within " + PATIENCE : String.join(" ", answer);
            throw new IOException(name + ", told '" + command.replace('\t', ' ') + "': " + why + "; see " + log);
        }
        return answer.subList(1, answer.size());
    }

    /** Reads numbers that stand in a row with commas between. */
    static double[] numbers(String row) {
        return row.isEmpty()
                ? new double[0]
                : List.of(row.split(",")).stream()
                        .mapToDouble(Double::parseDouble)
                        .toArray();
    }

    @Override
    public void close() throws InterruptedException {
        commands.close();
        if (!process.waitFor(5, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }
}
