package io.vyra.modulemanager.container;

import io.vyra.modulemanager.container.ContainerRecord.LogPlace;
import io.vyra.modulemanager.container.engine.ContainerState;
import io.vyra.modulemanager.container.engine.Engine;
import io.vyra.modulemanager.container.engine.EngineException;
import io.vyra.modulemanager.container.engine.EngineFacts;
import io.vyra.modulemanager.container.image.ModuleImages;
import io.vyra.modulemanager.container.settings.ContainerLabels;
import io.vyra.modulemanager.container.settings.ContainerPolicy;
import io.vyra.modulemanager.container.settings.SettingsPlanner;
import io.vyra.modulemanager.module.ContainerSpec;
import io.vyra.modulemanager.module.Manifest;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import io.vyra.modulemanager.runtime.ContainerLaunch;
import io.vyra.modulemanager.runtime.EngineState;
import io.vyra.modulemanager.runtime.ExitEvidence;
import io.vyra.modulemanager.runtime.LaunchSpec;
import io.vyra.modulemanager.runtime.ModuleProcess;
import io.vyra.modulemanager.runtime.ModuleRuntime;
import io.vyra.modulemanager.runtime.RuntimeGround;
import io.vyra.modulemanager.runtime.Succession;
import io.vyra.modulemanager.store.DiskSync;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Runs modules in containers.
 *
 * <p>Whatever a crash leaves of a {@linkplain ContainerStart start}, {@link #adopt} finds out what it was. A second container of a module
 * cannot be, because all have the same name; but for the one that {@link #succession} starts beside it, whose name tells its launch.
 */
public final class ContainerRuntime implements ModuleRuntime, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(ContainerRuntime.class);
    private static final long NO_GENERATION = 0;

    private final Engine engine;
    private final Parts parts;
    private final RuntimeGround ground;
    private final ContainerRecords records;
    private final BesideContainers beside;
    private final ContainerLeftovers leftovers;
    private final EngineWatch watch;
    private final ContainerProcesses processes;
    private final ContainerStart starting;
    private final ContainerSuccession succeeding;
    /** Of a module that is gone its lock stays: somebody may wait for it. */
    private final Map<ModuleId, ReentrantLock> locks = new ConcurrentHashMap<>();

    /**
     * What decides about containers; thread-safe, all of them.
     *
     * @param labels by which this manager knows its containers
     */
    public record Parts(ContainerLabels labels, ContainerPolicy policy, SettingsPlanner planner, ModuleImages images) {}

    public ContainerRuntime(Engine engine, Parts parts, RuntimeGround ground) {
        this.engine = engine;
        this.parts = parts;
        this.ground = ground;
        this.records = new ContainerRecords(records(ground.data()), DiskSync.real());
        this.beside = new BesideContainers(records(ground.data()));
        this.leftovers = new ContainerLeftovers(engine, parts.labels(), records, beside);
        this.watch = new EngineWatch(engine, parts.labels().ours(), this::engineIsBack);
        this.processes = new ContainerProcesses(engine, ground, watch);
        this.starting = new ContainerStart(engine, parts, ground.clock(), processes);
        this.succeeding = new ContainerSuccession(engine, parts, ground, records, beside, starting, processes);
    }

    /** Where the records of launches are; the folder exists since the first use of containers. */
    static Path records(Path data) {
        return data.resolve("containers");
    }

    @Override
    public String kind() {
        return "container";
    }

    @Override
    public EngineState engine() {
        return watch.state();
    }

    @Override
    public LimitSupport limitSupport() {
        try {
            EngineFacts facts = engine.facts();
            return facts.limits().memory() || facts.limits().cpu()
                    ? new LimitSupport("cgroup-v" + facts.cgroupVersion(), Optional.empty())
                    : new LimitSupport(
                            "none", Optional.of(facts.kind().title() + " was given no control groups to limit with"));
        } catch (EngineException e) {
            return new LimitSupport("none", Optional.of(e.getMessage()));
        }
    }

    @Override
    public void prepare(ModuleId module, String version, Manifest manifest, Path tree) {
        ContainerSpec spec =
                manifest.process().flatMap(process -> process.container()).orElseThrow();
        parts.policy().require(module, spec);
        try {
            EngineFacts facts = starting.freshFacts();
            facts.complaint().ifPresent(complaint -> {
                throw new ProblemException(ProblemType.UNSUPPORTED_PLATFORM, complaint);
            });
            ContainerStart.requireGpu(module, manifest.requirements(), facts);
            parts.images().prepare(module, version, spec.image(), tree);
        } catch (EngineException e) {
            throw problem(ProblemType.UNSUPPORTED_PLATFORM, module + " cannot run here", e);
        }
    }

    @Override
    public void abandon(ModuleId module, String version) {
        parts.images().abandon(module, version);
    }

    @Override
    public void retain(Map<ModuleId, Set<String>> versions) {
        leftovers.ofEarlierManagers().stream()
                .filter(module -> !versions.containsKey(module))
                .forEach(this::forgetRemoved);
        try {
            parts.images().retain(versions);
        } catch (EngineException e) {
            LOG.debugf("images not swept cause=%s", e.getMessage());
        }
    }

    /** Its removal ended while the engine was away, and with it the manager that would have tidied up. */
    private void forgetRemoved(ModuleId module) {
        try {
            settle(module, NO_GENERATION);
            forget(module);
        } catch (ProblemException e) {
            LOG.warnf(
                    "Container of a removed module left module=%s cause=%s",
                    module, e.problem().detail());
        }
    }

    @Override
    public ModuleProcess start(LaunchSpec launch) {
        ContainerLaunch container = launch.container()
                .orElseThrow(() -> new IllegalArgumentException(launch.module() + " does not run in a container"));
        return alone(
                launch.module(),
                () -> asking(
                        ProblemType.START_FAILED,
                        launch.module() + " was not started",
                        () -> start(launch, container)));
    }

    private ModuleProcess start(LaunchSpec launch, ContainerLaunch container) {
        starting.require(launch, container);
        leftovers.makeRoom(launch.module());
        try {
            return starting.start(
                    launch,
                    container,
                    succeeding.name(launch),
                    ContainerRecord.intended(launch.module(), launch.generation(), LogPlace.OWN),
                    records::put);
        } catch (RuntimeException e) {
            leftovers.undo(launch.module());
            throw e;
        }
    }

    @Override
    public Adoption adopt(ModuleId module, long generation) {
        return alone(
                module,
                () -> succeeding.isKnown(module, generation)
                        ? asking(
                                ProblemType.TIMED_OUT,
                                "What became of " + module + " cannot be found out",
                                () -> find(module, generation))
                        : new Adoption.NeverStarted());
    }

    private Adoption find(ModuleId module, long generation) {
        succeeding.promote(module, generation);
        return records.find(module)
                .map(record -> look(module, generation, record))
                .orElseGet(Adoption.NeverStarted::new);
    }

    private Adoption look(ModuleId module, long generation, ContainerRecord record) {
        Optional<ContainerState> ended = Optional.empty();
        Optional<ContainerState> another = Optional.empty();
        for (String id : engine.find(parts.labels().of(module))) {
            Optional<ContainerState> state = engine.inspect(id);
            boolean isAlive = state.filter(ContainerState::isAlive).isPresent();
            boolean isOfThisLaunch = state.filter(found -> BesideContainers.isOf(generation, found))
                    .isPresent();
            if (isAlive && isOfThisLaunch) {
                return alive(module, state.get(), record);
            }
            if (isAlive && !beside.isBeside(module, state.get())) {
                another = state;
            }
            if (isOfThisLaunch && state.get().phase() == ContainerState.Phase.ENDED) {
                ended = state;
            }
        }
        if (ended.isPresent()) {
            return new Adoption.Ended(
                    processes.evidence(ended.get(), generation, record.notes(), succeeding.logs(module, ended.get())));
        }
        // A restored backup knows nothing of launches after it.
        if (another.isPresent()
                && ContainerLabels.generation(another.get().labels()).isPresent()) {
            return alive(module, another.get(), record);
        }
        leftovers.makeRoom(module);
        if (record.generation() == generation && record.container().isPresent()) {
            return new Adoption.Ended(removed(record));
        }
        records.delete(module);
        return new Adoption.NeverStarted();
    }

    private Adoption alive(ModuleId module, ContainerState state, ContainerRecord record) {
        long generation = ContainerLabels.generation(state.labels()).orElseThrow();
        LOG.infof("Module container adopted module=%s generation=%d container=%s", module, generation, state.id());
        return new Adoption.Alive(processes.watched(state, generation, record.notes(), succeeding.logs(module, state)));
    }

    private ExitEvidence removed(ContainerRecord record) {
        Instant now = ground.clock().instant();
        return ContainerEvidence.of(
                record.generation(),
                OptionalInt.empty(),
                false,
                record.startedAt().orElse(now),
                now,
                List.of(),
                "somebody removed its container while no manager ran");
    }

    /** What an absent engine cannot remove is removed later: what has ended concerns nobody any more. */
    @Override
    public void forget(ModuleId module) {
        alone(
                module,
                () -> records.find(module).isEmpty()
                        || asking(
                                ProblemType.TIMED_OUT,
                                "What is left of " + module + " cannot be removed",
                                () -> remove(module)));
    }

    private boolean remove(ModuleId module) {
        boolean isGone = leftovers.remove(module);
        if (!isGone) {
            watch.missed();
        }
        return isGone;
    }

    private void engineIsBack() {
        LOG.infof("Container engine is back owed=%s", leftovers.owed());
        for (ModuleId module : leftovers.owed()) {
            try {
                // Not what was launched again meanwhile.
                alone(module, () -> leftovers.isOwed(module) && remove(module));
            } catch (ProblemException | EngineException e) {
                LOG.warnf("Container left module=%s cause=%s", module, e.getMessage());
            }
        }
        succeeding.owed().forEach(this::settle);
        ground.choice().recovered("the container engine is back");
    }

    @Override
    public Optional<Succession> succession() {
        return Optional.of(new Beside());
    }

    private void settle(ModuleId module, long generation) {
        try {
            alone(module, () -> {
                if (succeeding.isOpen(module)) {
                    succeeding.settle(module, generation);
                }
                return generation;
            });
        } catch (EngineException e) {
            LOG.warnf("Container beside left until the engine is back module=%s cause=%s", module, e.getMessage());
            watch.missed();
        } catch (ProblemException e) {
            LOG.warnf("Container beside left module=%s cause=%s", module, e.getMessage());
        }
    }

    /** What is done for a module's second container, with nobody else at work on the module. */
    private final class Beside implements Succession {
        @Override
        public Optional<String> obstacle(Manifest manifest) {
            return succeeding.obstacle(manifest);
        }

        @Override
        public ModuleProcess startBeside(LaunchSpec spec) {
            ContainerLaunch container = spec.container().orElseThrow();
            return alone(
                    spec.module(),
                    () -> asking(
                            ProblemType.START_FAILED,
                            spec.module() + " was not started",
                            () -> succeeding.start(spec, container)));
        }

        @Override
        public List<ModuleProcess> others(ModuleId module, long generation) {
            return alone(
                    module,
                    () -> asking(
                            ProblemType.TIMED_OUT,
                            "Which containers " + module + " has cannot be found out",
                            () -> succeeding.others(module, generation)));
        }

        @Override
        public void settle(ModuleId module, long generation) {
            ContainerRuntime.this.settle(module, generation);
        }
    }

    private <T> T alone(ModuleId module, Supplier<T> action) {
        leftovers.known(module);
        ReentrantLock lock = locks.computeIfAbsent(module, any -> new ReentrantLock());
        lock.lock();
        try {
            return action.get();
        } catch (java.io.UncheckedIOException e) {
            throw new ProblemException(
                    ProblemType.INTERNAL_ERROR, "The records of containers cannot be used: " + e.getMessage(), e);
        } finally {
            lock.unlock();
        }
    }

    /** Where the engine is not there, whoever waits for this module hears when it is back. */
    private <T> T asking(ProblemType type, String what, Supplier<T> question) {
        try {
            return question.get();
        } catch (EngineException e) {
            if (e.isUnreachable()) {
                watch.missed();
            }
            throw problem(type, what, e);
        }
    }

    /** What an engine does not do becomes a problem: whose it is depends on what was asked for. */
    private static ProblemException problem(ProblemType type, String what, EngineException e) {
        String remedy = e.isUnreachable() ? " Start the container engine." : "";
        return new ProblemException(type, what + ": " + e.getMessage() + "." + remedy, e);
    }

    /** Lets go of every container without disturbing it. */
    @Override
    public void close() {
        watch.close();
        engine.close();
    }
}
