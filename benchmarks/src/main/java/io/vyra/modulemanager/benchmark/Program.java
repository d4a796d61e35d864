package io.vyra.modulemanager.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Where and with what other programs are run to their end. Immutable.
 *
 * @param environment added to this process's own
 */
public record Program(Path folder, Map<String, String> environment) {
    private static final int LINES_SHOWN = 40;

    public Program {
        environment = Map.copyOf(environment);
    }

    public Program with(String name, String value) {
        Map<String, String> more = new HashMap<>(environment);
        more.put(name, value);
        return new Program(folder, more);
    }

    public Program in(Path other) {
        return new Program(other, environment);
    }

    /**
     * What it printed to both of its outputs, without blanks around it.
     *
     * @throws IOException when it ends with another code than 0 or not in time; the message has the end of what it printed
     */
    public String run(Duration limit, List<String> words) throws IOException, InterruptedException {
        Path output = Files.createTempFile("program", ".log");
        try {
            ProcessBuilder builder = new ProcessBuilder(words)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(output.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
            if (!ended) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly().waitFor();
            }
            String text = Files.readString(output).strip();
            if (!ended || process.exitValue() != 0) {
                String how = ended ? "ended with code " + process.exitValue() : "did not end within " + limit;
                throw new IOException(String.join(" ", words) + " " + how + ":\n" + end(text));
            }
            return text;
        } finally {
            Files.delete(output);
        }
    }

    private static String end(String text) {
        List<String> lines = text.lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LINES_SHOWN), lines.size()));
    }
}
