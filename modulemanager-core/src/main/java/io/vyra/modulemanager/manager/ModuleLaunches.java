package io.vyra.modulemanager.manager;

import io.vyra.modulemanager.access.ModuleTokens;
import io.vyra.modulemanager.instance.InstanceRecord;
import io.vyra.modulemanager.instance.InstanceRegistry;
import io.vyra.modulemanager.module.Manifest;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.module.ProcessSpec;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import io.vyra.modulemanager.runtime.ContainerLaunch;
import io.vyra.modulemanager.runtime.LaunchSpec;
import io.vyra.modulemanager.store.ModuleStore;
import io.vyra.modulemanager.supervision.Launches;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** Puts together what a module is launched with. Thread-safe. */
final class ModuleLaunches implements Launches {
    /** Variables of the manager's own environment that a module may see; everything else might be a secret. */
    private static final List<String> INHERITED =
            List.of("PATH", "LANG", "LC_ALL", "TZ", "JAVA_HOME", "HOME", "TMPDIR");

    /** Those that mean the same in a container; the others name places of this machine. */
    private static final List<String> INHERITED_BY_CONTAINERS = List.of("TZ");

    private final InstanceRegistry registry;
    private final InstalledManifests manifests;
    private final ModuleStore store;
    private final ModuleTokens tokens;
    private final Map<String, String> ownEnvironment;
    private final String managerUrl;
    private final Supplier<List<String>> routers;
    private final boolean slim;

    /**
     * @param tokens     a fresh one for each launch
     * @param managerUrl where modules reach the manager's REST interface
     * @param routers    addresses at which modules find the bus; asked at each launch, because they are known once it is up
     */
    ModuleLaunches(
            InstanceRegistry registry,
            InstalledManifests manifests,
            ModuleStore store,
            ModuleTokens tokens,
            Map<String, String> ownEnvironment,
            String managerUrl,
            Supplier<List<String>> routers,
            boolean slim) {
        this.registry = registry;
        this.manifests = manifests;
        this.store = store;
        this.tokens = tokens;
        this.ownEnvironment = Map.copyOf(ownEnvironment);
        this.managerUrl = managerUrl;
        this.routers = routers;
        this.slim = slim;
    }

    @Override
    public Launch of(ModuleId module, long generation) {
        return withToken(ofAdopted(module, generation), tokens.issue(module));
    }

    @Override
    public Launch beside(ModuleId module, String version, long generation) {
        Launch launch = launch(registry.require(module), version, generation, besideLogs(module));
        return withToken(launch, tokens.issueBeside(module, generation));
    }

    /** Two processes cannot write one log. */
    private Path besideLogs(ModuleId module) {
        Path folder = store.logs(module).resolve(LaunchSpec.BESIDE);
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new ProblemException(
                    ProblemType.START_FAILED,
                    "The folder " + folder + " for a log cannot be made: " + e.getMessage(),
                    e);
        }
    }

    @Override
    public void settle(ModuleId module, long generation) {
        tokens.settle(module, generation);
    }

    private static Launch withToken(Launch launch, String token) {
        Map<String, String> environment = new HashMap<>(launch.spec().environment());
        environment.put("MM_TOKEN", token);
        environment.put("MM_BUS_PASSWORD", ModuleTokens.busPassword(token));
        return new Launch(launch.spec().withEnvironment(environment), launch.behavior(), launch.probe());
    }

    @Override
    public Launch ofAdopted(ModuleId module, long generation) {
        InstanceRecord record = registry.require(module);
        String version = record.versions()
                .current()
                .orElseThrow(() -> new ProblemException(
                        ProblemType.START_FAILED, "Module " + module + " has no installed version. Install it again."));
        return launch(record, version, generation, store.logs(module));
    }

    private Launch launch(InstanceRecord record, String version, long generation, Path logs) {
        ModuleId module = record.id();
        Manifest manifest = manifests.of(module, version);
        ProcessSpec process = manifest.process()
                .orElseThrow(
                        () -> new ProblemException(
                                ProblemType.START_FAILED,
                                "Version " + version + " of " + module
                                        + " has no .module/module_runtime.yaml, so nothing says how to run it. Install a version that has."));
        LaunchSpec spec = new LaunchSpec(
                module,
                generation,
                store.tree(module, version),
                logs,
                process,
                manifest.resources(),
                environment(module, version, process),
                process.container()
                        .map(contained -> new ContainerLaunch(
                                contained,
                                version,
                                store.storage(module),
                                manifest.requirements(),
                                manifest.labels(),
                                record.settings().primary())));
        return new Launch(spec, manifest.behavior(), process.probe());
    }

    private Map<String, String> environment(ModuleId module, String version, ProcessSpec process) {
        Map<String, String> environment = new HashMap<>();
        (process.container().isPresent() ? INHERITED_BY_CONTAINERS : INHERITED)
                .stream()
                        .filter(ownEnvironment::containsKey)
                        .forEach(name -> environment.put(name, ownEnvironment.get(name)));
        List<String> bus = routers.get();
        // Whether a container reaches it its runtime knows. The manifest may name another one: a module may belong to
        // another bus.
        if (!bus.isEmpty()) {
            environment.put("ZENOH_CONNECT", String.join(",", bus));
        }
        environment.putAll(process.environment());
        // What the manager says is not the manifest's to change.
        Path storage = store.storage(module);
        environment.put("MODULE_NAME", module.name());
        environment.put("MODULE_ID", module.toString());
        environment.put("MODULE_VERSION", version);
        environment.put("MODULE_STORAGE", storage.toString());
        environment.put("MODULE_HEARTBEAT_FILE", heartbeatFile(module, process).toString());
        environment.put("VYRA_SLIM", Boolean.toString(slim));
        environment.put("MM_URL", managerUrl);
        for (ProcessSpec.Port port : process.ports()) {
            environment.putIfAbsent("PORT", Integer.toString(port.number()));
            environment.put(
                    "PORT_" + port.name().toUpperCase(Locale.ROOT).replace('-', '_'), Integer.toString(port.number()));
        }
        return environment;
    }

    /** A container sees nothing of this machine but its storage. */
    private Path heartbeatFile(ModuleId module, ProcessSpec process) {
        return process.container().isPresent()
                ? store.storage(module).resolve(".heartbeat")
                : store.logs(module).resolve("heartbeat");
    }
}
