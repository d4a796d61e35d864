package io.vyra.modulemanager.container;

import io.vyra.modulemanager.container.engine.ContainerState;
import io.vyra.modulemanager.container.engine.Engine;
import io.vyra.modulemanager.container.engine.EngineException;
import io.vyra.modulemanager.container.image.ModuleImages;
import io.vyra.modulemanager.container.log.ContainerLog;
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
import io.vyra.modulemanager.runtime.ProcessIdentity;
import io.vyra.modulemanager.runtime.RuntimeGround;
import io.vyra.modulemanager.store.DiskSync;
import java.nio.file.Path;
import java.time.Duration;
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
    private final EngineWatch watch;
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
        this.watch = new EngineWatch(engine, parts.labels().ours());
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
            return new LimitSupport("cgroup-v" + engine.facts().cgroupVersion(), Optional.empty());
        } catch (EngineException e) {
            return new LimitSupport("none", Optional.of(e.getMessage()));
        }
    }

    @Override
    public void prepare(ModuleId module, String version, Manifest manifest, Path tree) {
        ContainerSpec spec =
                manifest.process().flatMap(process -> process.container()).orElseThrow();
        parts.policy().require(module, spec);
        asking(ProblemType.UNSUPPORTED_PLATFORM, module + " cannot run here", () -> {
            engine.facts().complaint().ifPresent(complaint -> {
                throw new ProblemException(ProblemType.UNSUPPORTED_PLATFORM, complaint);
            });
            parts.images().prepare(module, version, spec.image(), tree);
            return null;
        });
    }

    @Override
    public void retain(Map<ModuleId, Set<String>> versions) {
        try {
            parts.images().retain(versions);
        } catch (EngineException e) {
            LOG.debugf("images not swept cause=%s", e.getMessage());
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
        makeRoom(launch.module());
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
            undo(launch.module());
            throw e;
        }
    }

    private ModuleProcess run(LaunchSpec launch, ContainerSettings settings, ContainerRecord intended) {
        Engine.Created created = engine.create(settings);
        engine.start(created.id());
        ContainerState state = engine.inspect(created.id())
                .orElseThrow(() -> new EngineException(
                        EngineException.Reason.NOT_FOUND, "its container was removed as soon as it was started"));
        Instant startedAt = state.startedAt().orElseGet(ground.clock()::instant);
        records.put(intended.started(created.id(), startedAt, created.warnings()));
        LOG.infof(
                "Module container started module=%s generation=%d container=%s pid=%d",
                launch.module(), launch.generation(), created.id(), state.pid());
        return watched(state, launch.generation(), created.warnings(), launch.logs());
    }

    /** Each container is watched, and its log followed, once. */
    private ModuleProcess watched(ContainerState state, long generation, List<String> notes, Path logs) {
        Optional<ContainerProcess> known = watch.find(state.id());
        if (known.isPresent()) {
            return known.get();
        }
        ContainerProcess process = process(state, generation, notes, logs);
        watch.add(process);
        return process;
    }

    private ContainerProcess process(ContainerState state, long generation, List<String> notes, Path logs) {
        ProcessIdentity identity =
                ContainerProcess.identity(state, generation, ground.clock().instant());
        return new ContainerProcess(
                engine,
                ground.clock(),
                identity,
                notes,
                ContainerLog.follow(engine, state.id(), logs, ground.rotation(), ground.watch()));
    }

    /**
     * Removes what earlier launches left. A container that lives and was reported as started is refused; one that lives although its launch
     * counts as failed, because the engine went away in the middle of it, is nobody's and goes, too.
     */
    private void makeRoom(ModuleId module) {
        Optional<String> reported = records.find(module).flatMap(ContainerRecord::container);
        for (String id : engine.find(parts.labels().of(module))) {
            boolean isAlive = engine.inspect(id).filter(ContainerState::isAlive).isPresent();
            if (isAlive && reported.filter(id::equals).isPresent()) {
                throw new ProblemException(
                        ProblemType.CONFLICT, "A container of " + module + " is still alive. Stop the module first.");
            }
            if (isAlive) {
                LOG.warnf("Container of a failed launch ended module=%s container=%s", module, id);
            }
            engine.remove(id);
        }
    }

    /** After a launch that failed nothing of it is left; what cannot be removed now is found by the next launch. */
    private void undo(ModuleId module) {
        try {
            for (String id : engine.find(parts.labels().of(module))) {
                engine.remove(id);
            }
            records.delete(module);
        } catch (RuntimeException e) {
            LOG.warnf("failed launch not tidied up module=%s cause=%s", module, e.toString());
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
                return new Adoption.Alive(watched(state.get(), of.getAsLong(), record.notes(), logs(module)));
            }
            boolean isOfThisLaunch = of.isPresent() && of.getAsLong() == generation;
            if (state.isPresent() && isOfThisLaunch && state.get().phase() == ContainerState.Phase.ENDED) {
                ended = state;
            }
        }
        if (ended.isPresent()) {
            return new Adoption.Ended(evidence(module, ended.get(), generation, record));
        }
        makeRoom(module);
        if (record.generation() == generation && record.container().isPresent()) {
            return new Adoption.Ended(removed(record));
        }
        records.delete(module);
        return new Adoption.NeverStarted();
    }

    private ExitEvidence evidence(ModuleId module, ContainerState ended, long generation, ContainerRecord record) {
        Optional<ContainerProcess> known = watch.find(ended.id());
        if (known.isPresent()) {
            return known.get().evidence(ended);
        }
        ContainerProcess past = process(ended, generation, record.notes(), logs(module));
        ExitEvidence evidence = past.evidence(ended);
        past.detach();
        return evidence;
    }

    private ExitEvidence removed(ContainerRecord record) {
        Instant now = ground.clock().instant();
        Duration ran = Duration.between(record.startedAt().orElse(now), now);
        return new ExitEvidence(
                record.generation(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                false,
                now,
                ran.isNegative() ? Duration.ZERO : ran,
                List.of(),
                "somebody removed its container while no manager ran");
    }

    private Path logs(ModuleId module) {
        return ground.logs().apply(module);
    }

    @Override
    public void forget(ModuleId module) {
        alone(module, () -> {
            if (records.find(module).isEmpty()) {
                return null;
            }
            return asking(ProblemType.TIMED_OUT, "What is left of " + module + " cannot be removed", () -> {
                for (String id : engine.find(parts.labels().of(module))) {
                    engine.remove(id);
                }
                records.delete(module);
                return null;
            });
        });
        locks.remove(module);
    }

    private <T> T alone(ModuleId module, Supplier<T> action) {
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

    /** What an engine does not do becomes a problem: whose it is depends on what was asked for. */
    private static <T> T asking(ProblemType type, String what, Supplier<T> question) {
        try {
            return question.get();
        } catch (EngineException e) {
            String remedy = e.isUnreachable() ? " Start the container engine." : "";
            throw new ProblemException(type, what + ": " + e.getMessage() + "." + remedy, e);
        }
    }

    /** Lets go of every container without disturbing it. */
    @Override
    public void close() {
        watch.close();
        engine.close();
    }
}
