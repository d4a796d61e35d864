package io.vyra.modulemanager.container;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A network of a test's own, in which an engine may make bridges and packet filter rules. Only root can make one. */
final class NetworkNamespace implements AutoCloseable {
    private final String name = "mm-" + UUID.randomUUID().toString().substring(0, 8);

    NetworkNamespace() throws IOException {
        run(List.of("ip", "netns", "add", name));
        run(List.of("ip", "-n", name, "link", "set", "lo", "up"));
    }

    /** What stands before a program that is to run in it. The file system stays this machine's, with its control groups. */
    List<String> entering() {
        return List.of("nsenter", "--net=/run/netns/" + name);
    }

    /** Runs a line of shell in it, and tells what it printed. */
    String shell(String line) throws IOException {
        List<String> command = new ArrayList<>(entering());
        command.addAll(List.of("bash", "-c", line));
        return run(command);
    }

    /** A program that runs in it until it is ended. */
    Process start(String... program) throws IOException {
        List<String> command = new ArrayList<>(entering());
        command.addAll(List.of(program));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private static String run(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException(command + " failed: " + said);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        return said;
    }

    /** It is gone with the last program in it. */
    @Override
    public void close() throws IOException {
        run(List.of("ip", "netns", "delete", name));
    }
}
