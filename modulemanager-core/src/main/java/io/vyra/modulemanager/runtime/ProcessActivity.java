package io.vyra.modulemanager.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What a process is doing, as {@code /proc} tells it (proc(5)). */
final class ProcessActivity {
    private ProcessActivity() {}

    /** For example {@code was sleeping in futex_wait, with 12 threads}; empty when it is gone. */
    static String of(long pid) {
        Path folder = Path.of("/proc", Long.toString(pid));
        try {
            List<String> status = Files.readAllLines(folder.resolve("status"));
            String state = field(status, "State:");
            String threads = field(status, "Threads:");
            String place = Files.readString(folder.resolve("wchan")).strip();
            String where = place.isEmpty() || place.equals("0") ? "" : " in " + place;
            return "was " + words(state) + where + ", with " + threads + (threads.equals("1") ? " thread" : " threads");
        } catch (IOException e) {
            return "";
        }
    }

    private static String field(List<String> status, String name) {
        return status.stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(name.length()).strip())
                .findFirst()
                .orElse("?");
    }

    private static String words(String state) {
        return switch (state.charAt(0)) {
            case 'R' -> "running";
            case 'S' -> "sleeping";
            case 'D' -> "waiting for the disk";
            case 'T', 't' -> "stopped";
            case 'Z' -> "a zombie";
            default -> "in state " + state;
        };
    }
}
