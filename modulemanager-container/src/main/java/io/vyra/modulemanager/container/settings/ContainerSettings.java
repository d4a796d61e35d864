package io.vyra.modulemanager.container.settings;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Everything an engine is asked for when it makes a container; nothing is left to its defaults that matters.
 *
 * @param name       of the container; one module has one name for ever, and another one for each launch beside that
 * @param image      id or name of an image that the engine has
 * @param entrypoint empty: the image's
 * @param command    empty: the image's
 * @param workingDir empty: the image's
 * @param user       empty: the image's
 * @param tmpfs      folders in memory, with their mount options
 * @param network    {@code host}, {@code bridge}, {@code none} or a name
 */
public record ContainerSettings(
        String name,
        String image,
        List<String> entrypoint,
        List<String> command,
        Map<String, String> environment,
        Optional<String> workingDir,
        Optional<String> user,
        Map<String, String> labels,
        List<Bind> binds,
        Map<String, String> tmpfs,
        List<DeviceFile> devices,
        boolean gpu,
        String network,
        List<PublishedPort> ports,
        Limits limits,
        Security security,
        LogLimits logs) {
    public ContainerSettings {
        entrypoint = List.copyOf(entrypoint);
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
        labels = Map.copyOf(labels);
        binds = List.copyOf(binds);
        tmpfs = Map.copyOf(tmpfs);
        devices = List.copyOf(devices);
        ports = List.copyOf(ports);
    }

    /** @param source path as the engine sees it */
    public record Bind(String source, String target, boolean readOnly) {}

    public record DeviceFile(String source, String target) {}

    /** @param address of the machine, on which {@code number} is published */
    public record PublishedPort(String address, int number, boolean isUdp) {}

    /**
     * @param cpuQuotaMicros processor time in each 100 ms, in microseconds
     * @param cpuShares      weight against others, 1024 for a core
     * @param processes      most processes and threads
     */
    public record Limits(
            OptionalLong memoryBytes,
            OptionalLong memoryReservationBytes,
            OptionalLong cpuQuotaMicros,
            OptionalInt cpuShares,
            long processes,
            int oomScoreAdjust) {}

    /** @param capabilities kept or added, without {@code CAP_}; all others are dropped */
    public record Security(
            boolean readOnlyRoot, List<String> capabilities, boolean privileged, boolean hostPid, boolean init) {
        public Security {
            capabilities = List.copyOf(capabilities);
        }
    }

    /** How much of the log the engine itself keeps: only what is printed while no manager runs needs it. */
    public record LogLimits(long maxBytes, int files) {}
}
