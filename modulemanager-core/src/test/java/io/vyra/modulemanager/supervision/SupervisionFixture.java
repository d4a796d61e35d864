package io.vyra.modulemanager.supervision;

import io.vyra.modulemanager.instance.Desired;
import io.vyra.modulemanager.instance.InstanceHistory;
import io.vyra.modulemanager.instance.InstanceRegistry;
import io.vyra.modulemanager.module.HealthCheck;
import io.vyra.modulemanager.module.Manifest;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.module.Probe;
import io.vyra.modulemanager.module.ProcessSpec;
import io.vyra.modulemanager.runtime.LaunchSpec;
import io.vyra.modulemanager.state.Database;
import io.vyra.modulemanager.state.StateJson;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

/** A supervision over a real database and a machine, probes and time on paper; everything happens on the test's thread. */
final class SupervisionFixture implements AutoCloseable {
    static final RestartPolicy.Settings RESTARTS = new RestartPolicy.Settings(
            Duration.ofMillis(200),
            Duration.ofSeconds(60),
            5,
            Duration.ofSeconds(60),
            Duration.ofMinutes(10),
            Duration.ofMinutes(5));

    final ManualTime time = new ManualTime();
    final FakeRuntime runtime = new FakeRuntime(time);
    final Map<ModuleId, Set<ModuleId>> needs = new TreeMap<>();
    final List<String> changes = new ArrayList<>();
    final List<CompletableFuture<Optional<String>>> openProbes = new ArrayList<>();
    final List<Probe> asked = new ArrayList<>();

    HealthCheck check = new HealthCheck(true, Duration.ofSeconds(10), Duration.ofSeconds(5), 3, Duration.ofSeconds(30));
    Probe probe = new Probe.Tcp(80);
    boolean restartOnFailure = true;
    Optional<RuntimeException> launchFailure = Optional.empty();
    SupervisionListener listener = (module, from, to) -> {};
    /** Answer of the next probes; {@code null}: they stay open until the test answers. */
    Optional<String> answer = Optional.empty();

    boolean leaveProbesOpen;
    boolean pausable = true;
    final FakeSuspension suspension = new FakeSuspension();
    int tokens;
    /** Generations that were left alone with their token. */
    final List<Long> settled = new ArrayList<>();

    private final Path folder;
    Database database;
    InstanceRegistry registry;
    InstanceHistory history;
    Supervision supervision;

    SupervisionFixture(Path folder) {
        this.folder = folder;
        open();
    }

    private void open() {
        database = Database.open(folder);
        registry = new InstanceRegistry(database);
        history = new InstanceHistory(database, new StateJson());
        supervision = new Supervision(new SupervisionParts(
                registry,
                history,
                runtime,
                new PaperLaunches(),
                (asked, spec, process, timeout) -> probe(asked),
                suspension,
                new PaperNeeds(),
                new RestartPolicy(RESTARTS, new Random(42)),
                time,
                time,
                Runnable::run,
                (module, from, to) -> {
                    changes.add(module.name() + ": " + from.phase().wire() + " → "
                            + to.phase().wire());
                    listener.changed(module, from, to);
                }));
    }

    private CompletableFuture<Optional<String>> probe(Probe probe) {
        asked.add(probe);
        CompletableFuture<Optional<String>> result = new CompletableFuture<>();
        if (leaveProbesOpen) {
            openProbes.add(result);
        } else {
            result.complete(probe instanceof Probe.Alive ? Optional.empty() : answer);
        }
        return result;
    }

    /** The manager crashes: nothing of it is left but its database, and a new one starts. */
    void crash() {
        supervision.detachAll();
        time.dropTimers();
        database.close();
        open();
        registry.all().forEach(record -> supervision.add(record.id(), Optional.empty()));
        registry.all().forEach(record -> supervision.require(record.id()).begin());
    }

    ModuleSupervisor add(String name, Desired desired) {
        ModuleId id = id(name);
        registry.insert(id, desired, time.instant());
        ModuleSupervisor supervisor = supervision.add(id, Optional.empty());
        supervisor.begin();
        return supervisor;
    }

    void want(String name, Desired desired) {
        registry.update(id(name), record -> record.with(record.settings().withDesired(desired)));
        supervision.require(id(name)).desiredChanged("asked for");
    }

    static ModuleId id(String name) {
        return new ModuleId(name, "0123456789abcdef0123456789abcdef");
    }

    FakeProcess process(String name) {
        return runtime.alive(id(name)).orElseThrow();
    }

    int starts(String name) {
        return runtime.started(id(name)).size();
    }

    void pass(Duration duration) {
        time.advance(duration);
    }

    @Override
    public void close() {
        database.close();
    }

    private final class PaperNeeds implements Needs {
        @Override
        public List<ModuleId> blockersOf(ModuleId module) {
            return needsOf(module).stream()
                    .filter(needed -> supervision
                            .find(needed)
                            .filter(it -> it.state() instanceof InstanceState.Running)
                            .isEmpty())
                    .toList();
        }

        @Override
        public Set<ModuleId> needsOf(ModuleId module) {
            return needs.getOrDefault(module, new TreeSet<>());
        }
    }

    private final class PaperLaunches implements Launches {
        @Override
        public Launch of(ModuleId module, long generation) {
            if (launchFailure.isPresent()) {
                throw launchFailure.get();
            }
            tokens++;
            return ofAdopted(module, generation);
        }

        @Override
        public Launch beside(ModuleId module, String version, long generation) {
            return of(module, generation);
        }

        @Override
        public void settle(ModuleId module, long generation) {
            settled.add(generation);
        }

        @Override
        public Launch ofAdopted(ModuleId module, long generation) {
            ProcessSpec process = new ProcessSpec(
                    List.of("./run"),
                    ".",
                    Map.of(),
                    new ProcessSpec.Stop("INT", Duration.ofSeconds(3)),
                    probe,
                    List.of(),
                    pausable,
                    0,
                    0,
                    Optional.empty());
            LaunchSpec spec = new LaunchSpec(
                    module, generation, folder, folder, process, Manifest.Resources.NONE, new HashMap<>());
            return new Launch(spec, new Manifest.Behavior(true, restartOnFailure, check), probe);
        }
    }
}
