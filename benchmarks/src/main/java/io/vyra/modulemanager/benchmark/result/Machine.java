package io.vyra.modulemanager.benchmark.result;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What is measured on, in words that name no particular machine. */
final class Machine {
    private Machine() {}

    /** For example {@code 2-core x86_64 VM}. */
    static String name() {
        String architecture = switch (System.getProperty("os.arch")) {
            case "amd64" -> "x86_64";
            case String other -> other;
        };
        return Runtime.getRuntime().availableProcessors() + "-core " + architecture + (isVirtual() ? " VM" : "");
    }

    private static boolean isVirtual() {
        try {
            return Files.readString(Path.of("/proc/cpuinfo")).contains(" hypervisor");
        } catch (IOException e) {
            return false;
        }
    }

    /** 1-minute load average; 0 where the machine does not tell. */
    static double load() {
        try {
            return Double.parseDouble(Files.readString(Path.of("/proc/loadavg")).split(" ", 2)[0]);
        } catch (IOException e) {
            return 0;
        }
    }
}
