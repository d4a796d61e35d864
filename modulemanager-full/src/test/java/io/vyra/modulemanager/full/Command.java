package io.vyra.modulemanager.full;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program run to its end, with both of its outputs as one text. */
record Command(int code, String output) {

    static Command run(Path folder, Map<String, String> environment, Duration limit, List<String> words)
            throws IOException, InterruptedException {
        Path output = Files.createTempFile("command", ".log");
        try {
            ProcessBuilder builder = new ProcessBuilder(words)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
            if (!ended) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly().waitFor();
            }
            // Not all that programs print is text.
            String text = new String(Files.readAllBytes(output), StandardCharsets.UTF_8);
            assertThat(ended).as("%s ends within %s: %s", words, limit, text).isTrue();
            return new Command(process.exitValue(), text);
        } finally {
            Files.delete(output);
        }
    }

    /** Its output, once it went well. */
    String successful() {
        assertThat(code).as(output).isZero();
        return output.strip();
    }
}
