package io.vyra.modulemanager.container;

import io.vyra.modulemanager.container.engine.ContainerState;
import io.vyra.modulemanager.container.engine.Engine;
import io.vyra.modulemanager.container.engine.EngineException;
import io.vyra.modulemanager.container.engine.EngineFacts;
import io.vyra.modulemanager.container.engine.PortConflict;
import io.vyra.modulemanager.container.image.ModuleImages;
import io.vyra.modulemanager.container.settings.ContainerLabels;
import io.vyra.modulemanager.container.settings.ContainerPolicy;
import io.vyra.modulemanager.container.settings.ContainerSettings;
import io.vyra.modulemanager.container.settings.SettingsPlanner;
import io.vyra.modulemanager.module.ContainerSpec;
import io.vyra.modulemanager.module.Manifest;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import io.vyra.modulemanager.runtime.ContainerLaunch;
import io.vyra.modulemanager.runtime.ExitEvidence;
import io.vyra.modulemanager.runtime.LaunchSpec;
import io.vyra.modulemanager.runtime.ModuleProcess;
import io.vyra.modulemanager.runtime.ModuleRuntime;
import io.vyra.modulemanager.runtime.RuntimeGround;
import io.vyra.modulemanager.store.DiskSync;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Runs modules in containers.
 *
 * <p>Order of what is durable: the record that a launch is intended, the container (made, then started) with the launch in its labels, the
 * record of the container. Whatever of that a crash leaves, {@link #adopt} finds out what it was. A second container of a module cannot be:
 * all of them have the same name.
 */
public final class ContainerRuntime implements ModuleRuntime, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(ContainerRuntime.class);

    private final Engine engine;
    private final Parts parts;
    private final RuntimeGround ground;
    private final ContainerRecords records;
    private final ContainerLeftovers leftovers;
    private final EngineWatch watch;
    private final ContainerProcesses processes;
    private final Map<ModuleId, ReentrantLock> locks = new ConcurrentHashMap<>();
    private volatile EngineFacts known;

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
        this.leftovers = new ContainerLeftovers(engine, parts.labels(), records);
        this.watch = new EngineWatch(engine, parts.labels().ours(), this::engineIsBack);
        this.processes = new ContainerProcesses(engine, ground, watch);
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
            EngineFacts facts = engine.facts();
            known = facts;
            facts.complaint().ifPresent(complaint -> {
                throw new ProblemException(ProblemType.UNSUPPORTED_PLATFORM, complaint);
            });
            requireGpu(module, manifest.requirements(), facts);
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
        parts.policy().require(launch.module(), container.spec());
        requireGpu(launch.module(), container.requirements(), facts());
        leftovers.makeRoom(launch.module());
        ContainerRecord intended = ContainerRecord.intended(launch.module(), launch.generation());
        records.put(intended);
        try {
            String image = parts.images()
                    .require(
                            launch.module(),
                            container.version(),
                            container.spec().image(),
                            launch.tree());
            ContainerSettings settings = parts.planner().plan(launch, container, image);
            return run(launch, settings, intended);
        } catch (RuntimeException e) {
            leftovers.undo(launch.module());
            throw e;
        }
    }

    private ModuleProcess run(LaunchSpec launch, ContainerSettings settings, ContainerRecord intended) {
        List<String> unenforced = facts().limits().unenforced(settings.limits());
        Engine.Created created = made(settings);
        ContainerState state = engine.inspect(created.id())
                .orElseThrow(() -> new EngineException(
                        EngineException.Reason.NOT_FOUND, "its container was removed as soon as it was started"));
        Instant startedAt = state.startedAt().orElseGet(ground.clock()::instant);
        // What the engine says it leaves out, and what it is known to leave out without a word.
        List<String> notes =
                Stream.concat(created.warnings().stream(), unenforced.stream()).toList();
        records.put(intended.started(created.id(), startedAt, notes));
        LOG.infof(
                "Module container started module=%s generation=%d container=%s pid=%d",
                launch.module(), launch.generation(), created.id(), state.pid());
        return processes.watched(state, launch.generation(), notes, launch.logs());
    }

    /** Makes the container and starts it. */
    private Engine.Created made(ContainerSettings settings) {
        try {
            Engine.Created created = engine.create(settings);
            engine.start(created.id());
            return created;
        } catch (EngineException e) {
            throw PortConflict.explain(e, settings.ports());
        }
    }

    /** Asked once: what an engine is and may limit is decided when it is set up. */
    private EngineFacts facts() {
        EngineFacts facts = known;
        if (facts == null) {
            facts = engine.facts();
            known = facts;
        }
        return facts;
    }

    /** An engine that leaves the request out without a word would let the module find out. */
    private static void requireGpu(ModuleId module, Manifest.Requirements requirements, EngineFacts facts) {
        if (requirements.gpu() && !facts.givesGpus()) {
            throw new ProblemException(
                    ProblemType.UNSUPPORTED_PLATFORM,
                    module.name() + " needs a GPU, which " + facts.kind().title() + "'s service gives no container."
                            + " Run it with Docker.");
        }
    }

    @Override
    public Adoption adopt(ModuleId module, long generation) {
        return alone(module, () -> {
            Optional<ContainerRecord> record = records.find(module);
            return record.isEmpty()
                    ? new Adoption.NeverStarted()
                    : asking(
                            ProblemType.TIMED_OUT,
                            "What became of " + module + " cannot be found out",
                            () -> look(module, generation, record.get()));
        });
    }

    private Adoption look(ModuleId module, long generation, ContainerRecord record) {
        Optional<ContainerState> ended = Optional.empty();
        for (String id : engine.find(parts.labels().of(module))) {
            Optional<ContainerState> state = engine.inspect(id);
            OptionalLong of = state.map(found -> ContainerLabels.generation(found.labels()))
                    .orElseGet(OptionalLong::empty);
            if (state.isPresent() && state.get().isAlive() && of.isPresent()) {
                LOG.infof("Module container adopted module=%s generation=%d container=%s", module, of.getAsLong(), id);
                return new Adoption.Alive(processes.watched(state.get(), of.getAsLong(), record.notes(), logs(module)));
            }
            boolean isOfThisLaunch = of.isPresent() && of.getAsLong() == generation;
            if (state.isPresent() && isOfThisLaunch && state.get().phase() == ContainerState.Phase.ENDED) {
                ended = state;
            }
        }
        if (ended.isPresent()) {
            return new Adoption.Ended(processes.evidence(ended.get(), generation, record.notes(), logs(module)));
        }
        leftovers.makeRoom(module);
        if (record.generation() == generation && record.container().isPresent()) {
            return new Adoption.Ended(removed(record));
        }
        records.delete(module);
        return new Adoption.NeverStarted();
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

    private Path logs(ModuleId module) {
        return ground.logs().apply(module);
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
        locks.remove(module);
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
        ground.choice().recovered("the container engine is back");
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
