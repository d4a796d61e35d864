package io.vyra.modulemanager.container.settings;

import io.vyra.modulemanager.container.settings.ContainerSettings.Bind;
import io.vyra.modulemanager.container.settings.ContainerSettings.DeviceFile;
import io.vyra.modulemanager.container.settings.ContainerSettings.Limits;
import io.vyra.modulemanager.container.settings.ContainerSettings.LogLimits;
import io.vyra.modulemanager.container.settings.ContainerSettings.PublishedPort;
import io.vyra.modulemanager.container.settings.ContainerSettings.Security;
import io.vyra.modulemanager.module.ContainerSpec;
import io.vyra.modulemanager.module.Manifest;
import io.vyra.modulemanager.module.ProcessSpec;
import io.vyra.modulemanager.runtime.ContainerLaunch;
import io.vyra.modulemanager.runtime.LaunchSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Turns a launch into what an engine is asked for. Stateless but for its rules. */
public final class SettingsPlanner {
    /** Period of Linux' processor quota in microseconds, which is also the engines' default. */
    public static final long CPU_PERIOD = 100_000;

    /** The kernel takes no smaller quota. */
    private static final long LEAST_QUOTA = 1_000;

    private static final String IN_MEMORY = "rw,nosuid,nodev,size=64m";
    private static final int LEAST_SHARES = 2;
    private static final int SHARES_OF_A_CORE = 1_024;
    private static final List<String> STORAGE_VARIABLES = List.of("MODULE_STORAGE", "MODULE_HEARTBEAT_FILE");

    /**
     * @param network      of modules that do not say
     * @param publishOn    address of this machine on which ports are published
     * @param managerUrl   under which containers reach the manager when they do not share the machine's network
     * @param bus          under which addresses, with commas between them, they reach the bus
     * @param enginePaths  where the engine sees the manager's data folder; empty: where the manager sees it
     * @param data         where the manager sees its data folder
     * @param processes    most processes of one container
     */
    public record Rules(
            String network,
            String publishOn,
            Optional<String> managerUrl,
            Optional<String> bus,
            Optional<Path> enginePaths,
            Path data,
            long processes,
            LogLimits logs,
            boolean gateway) {}

    private final ContainerLabels labels;
    private final Rules rules;

    public SettingsPlanner(ContainerLabels labels, Rules rules) {
        this.labels = labels;
        this.rules = rules;
    }

    public ContainerSettings plan(LaunchSpec launch, ContainerLaunch container, ReadyImage image) {
        return plan(launch, container, image, labels.name(launch.module()));
    }

    /** The network that a container gets. */
    public String network(ContainerSpec spec) {
        return spec.network().orElse(rules.network());
    }

    /** @param name of the container */
    public ContainerSettings plan(LaunchSpec launch, ContainerLaunch container, ReadyImage image, String name) {
        ProcessSpec process = launch.process();
        ContainerSpec spec = container.spec();
        String network = network(spec);
        return new ContainerSettings(
                name,
                image.name(),
                spec.entrypoint(),
                process.command(),
                environment(launch, container, network),
                Optional.of(process.workingDir()).filter(folder -> !folder.isEmpty()),
                process.user(),
                labels(launch, container),
                binds(container),
                spec.readOnlyRoot() ? inMemory(spec, image) : Map.of(),
                container.requirements().devices().stream()
                        .map(SettingsPlanner::device)
                        .toList(),
                container.requirements().gpu(),
                network,
                ports(process, network),
                limits(launch.resources(), process.oomScoreAdjust()),
                new Security(
                        spec.readOnlyRoot(),
                        spec.capabilities(),
                        spec.wishes().privileged(),
                        spec.wishes().hostPid(),
                        spec.init()),
                rules.logs());
    }

    private Map<String, String> environment(LaunchSpec launch, ContainerLaunch container, String network) {
        Map<String, String> environment = new HashMap<>(launch.environment());
        for (String name : STORAGE_VARIABLES) {
            environment.computeIfPresent(name, (key, value) -> inContainer(value, container));
        }
        new ManagerAddresses(rules.managerUrl(), rules.bus()).adapt(environment, launch, network);
        return environment;
    }

    /**
     * The place for temporary files, and every folder for which the image wants a volume: an engine would make one on the disk, which
     * nothing limits, and would lose it with the container.
     */
    private static Map<String, String> inMemory(ContainerSpec spec, ReadyImage image) {
        Map<String, String> folders = new HashMap<>();
        folders.put("/tmp", IN_MEMORY);
        image.volumes().forEach(folder -> folders.put(folder, IN_MEMORY));
        Stream<String> mounted = Stream.concat(
                Stream.of(spec.storage()), spec.wishes().mounts().stream().map(ContainerSpec.Mount::target));
        List<Path> elsewhere =
                mounted.map(target -> Path.of(target).normalize()).toList();
        folders.keySet().removeIf(folder -> elsewhere.contains(Path.of(folder).normalize()));
        return folders;
    }

    /** The manager's variables name places of this machine; the module sees its storage elsewhere. */
    private static String inContainer(String value, ContainerLaunch container) {
        Path path = Path.of(value);
        if (!path.startsWith(container.storage())) {
            return value;
        }
        String rest = container.storage().relativize(path).toString();
        String storage = container.spec().storage();
        return rest.isEmpty() ? storage : storage + "/" + rest;
    }

    private List<Bind> binds(ContainerLaunch container) {
        List<Bind> binds = new ArrayList<>();
        binds.add(new Bind(
                asEngineSees(container.storage()).toString(), container.spec().storage(), false));
        container
                .spec()
                .wishes()
                .mounts()
                .forEach(mount -> binds.add(new Bind(mount.source(), mount.target(), mount.readOnly())));
        return binds;
    }

    private Path asEngineSees(Path path) {
        return rules.enginePaths()
                .filter(elsewhere -> path.startsWith(rules.data()))
                .map(elsewhere -> elsewhere.resolve(rules.data().relativize(path)))
                .orElse(path);
    }

    private static DeviceFile device(Manifest.Device device) {
        return new DeviceFile(
                device.path(),
                device.alias().filter(alias -> alias.startsWith("/dev/")).orElse(device.path()));
    }

    /** With the machine's own network every port is the machine's anyway; without any there is none. */
    private List<PublishedPort> ports(ProcessSpec process, String network) {
        return network.equals("host") || network.equals("none")
                ? List.of()
                : process.ports().stream()
                        .map(port -> new PublishedPort(
                                rules.publishOn(), port.number(), port.protocol() == ProcessSpec.Protocol.UDP))
                        .toList();
    }

    private Limits limits(Manifest.Resources resources, int oomScoreAdjust) {
        return new Limits(
                resources.memoryLimitBytes().map(OptionalLong::of).orElseGet(OptionalLong::empty),
                resources.memoryReservationBytes().map(OptionalLong::of).orElseGet(OptionalLong::empty),
                resources
                        .cpuLimit()
                        .map(cores -> OptionalLong.of(Math.max(LEAST_QUOTA, Math.round(cores * CPU_PERIOD))))
                        .orElseGet(OptionalLong::empty),
                resources
                        .cpuReservation()
                        .map(cores ->
                                OptionalInt.of(Math.max(LEAST_SHARES, (int) Math.round(cores * SHARES_OF_A_CORE))))
                        .orElseGet(OptionalInt::empty),
                rules.processes(),
                oomScoreAdjust);
    }

    /** Ours come last, so that no manifest can pretend to be another module, and none says what the gateway serves where. */
    private Map<String, String> labels(LaunchSpec launch, ContainerLaunch container) {
        Map<String, String> all = new HashMap<>(container.labels());
        all.keySet().removeIf(name -> name.startsWith("traefik."));
        if (rules.gateway()) {
            all.putAll(GatewayLabels.of(launch, container));
        }
        all.putAll(labels.of(launch, container.version()));
        return all;
    }
}
