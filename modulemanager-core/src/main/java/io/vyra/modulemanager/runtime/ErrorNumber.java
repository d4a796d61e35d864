package io.vyra.modulemanager.runtime;

import java.util.Map;

/** Linux error numbers (errno(3)) in words; the numbers are those of x86-64, arm64 and arm. */
final class ErrorNumber {
    static final int NO_SUCH_FILE = 2;
    static final int NOT_EXECUTABLE_FORMAT = 8;
    static final int PERMISSION_DENIED = 13;

    private static final Map<Integer, String> WORDS = Map.ofEntries(
            Map.entry(1, "operation not permitted"),
            Map.entry(NO_SUCH_FILE, "no such file or folder"),
            Map.entry(5, "input or output error"),
            Map.entry(7, "arguments and environment are too long"),
            Map.entry(NOT_EXECUTABLE_FORMAT, "not in an executable format"),
            Map.entry(11, "the limit of processes is reached"),
            Map.entry(12, "not enough memory"),
            Map.entry(PERMISSION_DENIED, "permission denied"),
            Map.entry(16, "busy"),
            Map.entry(20, "not a folder"),
            Map.entry(22, "invalid argument"),
            Map.entry(23, "too many open files on this machine"),
            Map.entry(24, "too many open files"),
            Map.entry(26, "the program is open for writing"),
            Map.entry(28, "no space left on the disk"),
            Map.entry(30, "read-only file system"),
            Map.entry(36, "name too long"),
            Map.entry(40, "too many symbolic links"),
            Map.entry(122, "disk quota exceeded"));

    private ErrorNumber() {}

    static String inWords(long number) {
        String words = WORDS.get((int) number);
        return words == null ? "errno " + number : words + " (errno " + number + ")";
    }

    /** A {@code call:errno} of the shim, about something that could not be set but did not prevent the start. */
    static String warningInWords(String warning) {
        int colon = warning.lastIndexOf(':');
        String call = colon < 0 ? warning : warning.substring(0, colon);
        String what = switch (call) {
            case "cgroup" -> "cpu and memory limits";
            case "setpriority" -> "nice";
            case "oom_score_adj" -> "oom_score_adjust";
            default -> call;
        };
        try {
            return what + ": " + inWords(Long.parseLong(warning.substring(colon + 1)));
        } catch (NumberFormatException e) {
            return what;
        }
    }
}
