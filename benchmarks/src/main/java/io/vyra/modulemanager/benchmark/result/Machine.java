package io.vyra.modulemanager.benchmark.result;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What is measured on, in words that name no particular machine, and how busy it is. */
public final class Machine {
    /** Field of the line {@code cpu} of {@code /proc/stat}, proc(5). */
    private static final int STOLEN = 8;

    private Machine() {}

    /** For example {@code 2-core x86_64 VM}. */
    public static String name() {
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

    /**
     * CPU time that the hypervisor gave to others since the machine started, in ticks of 10 ms, summed over the cores; 0 where the
     * machine does not tell.
     */
    public static long stolenTicks() {
        try (var lines = Files.lines(Path.of("/proc/stat"))) {
            return lines.filter(line -> line.startsWith("cpu "))
                    .map(line -> line.trim().split(" +"))
                    .filter(fields -> fields.length > STOLEN)
                    .mapToLong(fields -> Long.parseLong(fields[STOLEN]))
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
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
