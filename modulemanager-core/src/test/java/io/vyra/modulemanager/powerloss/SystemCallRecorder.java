package io.vyra.modulemanager.powerloss;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Runs a program under strace and returns the calls with which it, and everything it started, changed a folder.
 *
 * @param root    the folder; need not hold anything yet
 * @param scratch for the record and the program's output
 */
public record SystemCallRecorder(Path root, Path scratch) {
    private static final int MINUTES = 5;

    /**
     * @throws IllegalStateException when strace is missing or may not trace, or the program fails: with the reason
     */
    public List<FileCall> record(List<String> command) throws IOException, InterruptedException {
        Path record = scratch.resolve("calls");
        Path errors = scratch.resolve("errors");
        List<String> line = new ArrayList<>(List.of("sh", "-c", "umask 022 && exec strace \"$@\"", "sh"));
        line.addAll(List.of("-f", "-y", "-xx", "-s", "4194304", "--seccomp-bpf", "-e", "signal=none"));
        line.addAll(List.of("-e", StraceLog.CALLS, "-o", record.toString()));
        line.addAll(command);
        Process process = start(line, errors);
        if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IllegalStateException("the recorded program did not end: " + Files.readString(errors));
        }
        if (process.exitValue() != 0) {
            throw new IllegalStateException("the recorded program, or strace, ended with " + process.exitValue()
                    + ". strace must be installed (./mm test does it as root; else: apt-get install strace) and ptrace be"
                    + " permitted. It said: " + Files.readString(errors));
        }
        return read(record);
    }

    private Process start(List<String> line, Path errors) throws IOException {
        return new ProcessBuilder(line)
                .redirectOutput(scratch.resolve("output").toFile())
                .redirectError(errors.toFile())
                .start();
    }

    private List<FileCall> read(Path record) {
        StraceLog log = new StraceLog(root);
        // Strings are recorded in hexadecimal: any one-byte encoding will do.
        try (Stream<String> lines = Files.lines(record, StandardCharsets.ISO_8859_1)) {
            lines.forEachOrdered(log::line);
            return log.calls();
        } catch (IOException e) {
            throw new UncheckedIOException("The record " + record + " could not be read", e);
        }
    }
}
