package io.vyra.modulemanager.runtime;

import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Runs modules as plain processes of this machine, each under a {@code module-shim} of its own (docs/adr/0003), so that they
 * outlive this manager.
 */
public final class ProcessRuntime implements ModuleRuntime {
    private static final Logger LOG = Logger.getLogger(ProcessRuntime.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int LOOKS = 3;

    private final RunFolder folder;
    private final CgroupLimits limits;
    private final ShimLauncher launcher;
    private final ShimSurroundings around;
    private final Map<ModuleId, ReentrantLock> locks = new ConcurrentHashMap<>();

    /**
     * @param shim      the program {@code module-shim}
     * @param runFolder for locks, sockets and records of shims; created when missing; should not survive a restart of the machine,
     *                  but may; at most 89 bytes long, because the kernel limits the paths of sockets
     * @throws IllegalArgumentException when the shim is no program, or the run folder's path is too long
     */
    public ProcessRuntime(
            Path shim,
            Path runFolder,
            CgroupLimits limits,
            LogRotation rotation,
            FolderWatch watch,
            InstantSource clock) {
        requireUsable(shim, runFolder);
        ProcessTable processes = new ProcessTable();
        this.limits = limits;
        this.folder = new RunFolder(runFolder);
        this.around = new ShimSurroundings(
                folder, new ShimFinder(folder, watch, PATIENCE), processes, new Leftovers(processes), watch, clock);
        this.launcher = new ShimLauncher(
                shim.toAbsolutePath(), folder, rotation, new Users(Path.of("/etc"), processes.ownUser()), PATIENCE);
    }

    /**
     * For a manager that wants to know before it makes anything.
     *
     * @throws IllegalArgumentException when the shim is no program, or the run folder's path is too long
     */
    public static void requireUsable(Path shim, Path runFolder) {
        if (!Files.isExecutable(shim)) {
            throw new IllegalArgumentException("the program module-shim is missing: " + shim);
        }
        RunFolder.requireShort(runFolder);
    }

    @Override
    public String kind() {
        return "process";
    }

    @Override
    public LimitSupport limitSupport() {
        return limits.support();
    }

    @Override
    public ModuleProcess start(LaunchSpec spec) {
        return alone(spec.module(), () -> {
            String key = RunFolder.key(spec.module());
            ModuleGroups groups = limits.create(key, spec.generation(), spec.resources());
            StartRecord started;
            try {
                started = launcher.launch(spec, groups);
            } catch (RuntimeException e) {
                groups.remove();
                throw e;
            }
            StartRecord record = started.with(Optional.of(spec.logs()), groups.folders(), groups.unenforced());
            LOG.infof(
                    "module process started module=%s generation=%d pid=%d",
                    spec.module(), spec.generation(), record.identity().pid());
            ShimProcess process = new ShimProcess(around, key, mark(spec.module(), spec.generation()), record, groups);
            return ShimConnection.open(folder.socket(key), PATIENCE)
                    .map(process::attach)
                    .orElseGet(process::detached);
        });
    }

    @Override
    public Adoption adopt(ModuleId module, long generation) {
        return alone(module, () -> {
            for (int attempt = 0; attempt < LOOKS; attempt++) {
                Optional<Adoption> found = look(module, generation);
                if (found.isPresent()) {
                    return found.get();
                }
            }
            throw new ProblemException(
                    ProblemType.TIMED_OUT,
                    "What became of " + module
                            + " cannot be found out: its keeper process neither answers nor ends. See"
                            + " whether the machine's disks hang, and restart the machine if they do.");
        });
    }

    /** Empty when a shim came up while this manager looked. */
    private Optional<Adoption> look(ModuleId module, long generation) {
        String key = RunFolder.key(module);
        String unseen = "its keeper process was killed, and the module with it";
        switch (around.finder().find(key)) {
            case ShimFinder.Found.Answering(ShimConnection connection) -> {
                return Optional.of(alive(module, connection));
            }
            case ShimFinder.Found.Silent silent -> {
                endShim(key);
                unseen = "its keeper process did not answer any more and was ended with it";
            }
            case ShimFinder.Found.Dead dead -> LOG.debugf("no keeper process module=%s", module);
        }
        Optional<RunFolder.Claim> claim = folder.claim(key);
        if (claim.isEmpty()) {
            return Optional.empty();
        }
        /* While it is claimed, no shim that comes late can start what is being judged here. */
        try (RunFolder.Claim held = claim.get()) {
            LOG.tracef("claimed lock=%s", held.channel());
            return Optional.of(ended(module, generation, unseen));
        }
    }

    private Adoption alive(ModuleId module, ShimConnection connection) {
        String key = RunFolder.key(module);
        StartRecord greeting = connection.greeting();
        StartRecord record = folder.startRecord(key)
                .filter(stored -> stored.identity().equals(greeting.identity()))
                .orElse(greeting);
        ModuleGroups groups = limits.recorded(record.controlGroups(), record.notes());
        LOG.infof(
                "module process adopted module=%s generation=%d pid=%d",
                module, record.identity().generation(), record.identity().pid());
        return new Adoption.Alive(
                new ShimProcess(around, key, mark(module, record.identity().generation()), record, groups)
                        .attach(connection));
    }

    private Adoption ended(ModuleId module, long generation, String whenUnseen) {
        String key = RunFolder.key(module);
        Optional<StartRecord> start =
                folder.startRecord(key).filter(record -> record.identity().generation() == generation);
        Optional<ExitRecord> exit = folder.exitRecord(key, generation);
        if (exit.isEmpty() || exit.get().leftover()) {
            start.ifPresent(record -> around.leftovers().end(record.identity()));
            around.leftovers().endMarked(folder.mark(module) + "-");
        }
        ProcessIdentity unknown = new ProcessIdentity(0, 0, "", around.clock().instant(), generation);
        StartRecord record = start.orElse(new StartRecord(unknown, 0, Optional.empty(), List.of(), List.of()));
        ModuleGroups groups = limits.recorded(record.controlGroups(), List.of());
        ShimProcess past = new ShimProcess(around, key, mark(module, generation), record, groups);
        Optional<Adoption> adoption = exit.map(
                        end -> past.evidence(end.code(), end.signal(), end.at(), end.ranFor(), ""))
                .or(() -> start.map(lost -> unseen(past, whenUnseen)))
                .map(Adoption.Ended::new);
        groups.remove();
        return adoption.orElseGet(Adoption.NeverStarted::new);
    }

    private ExitEvidence unseen(ShimProcess past, String note) {
        boolean otherBoot = !past.identity().bootId().equals(around.processes().bootId());
        var now = around.clock().instant();
        return past.evidence(
                OptionalInt.empty(),
                OptionalInt.empty(),
                now,
                Duration.between(past.identity().startedAt(), now),
                otherBoot ? "the machine was restarted" : note);
    }

    @Override
    public void forget(ModuleId module) {
        alone(module, () -> {
            String key = RunFolder.key(module);
            switch (around.finder().find(key)) {
                case ShimFinder.Found.Answering(ShimConnection connection) -> end(module, connection);
                case ShimFinder.Found.Silent silent -> endShim(key);
                case ShimFinder.Found.Dead dead -> LOG.tracef("no keeper process module=%s", module);
            }
            try (RunFolder.Claim held = folder.claim(key)
                    .orElseThrow(() -> new ProblemException(
                            ProblemType.CONFLICT,
                            "A process of " + module + " is still alive. Stop the module first."))) {
                LOG.debugf("forgetting module=%s lock=%s", module, held.channel());
                folder.startRecord(key).ifPresent(record -> around.leftovers().end(record.identity()));
                around.leftovers().endMarked(folder.mark(module) + "-");
                limits.removeOld(key);
                folder.delete(key);
            }
            return null;
        });
        locks.remove(module);
    }

    private void end(ModuleId module, ShimConnection connection) {
        connection.send("kill");
        try {
            connection.end().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.warnf("module does not end module=%s", module);
            endShim(RunFolder.key(module));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException("the end of a conversation is never exceptional", e);
        } finally {
            connection.close();
        }
    }

    private void endShim(String key) {
        folder.startRecord(key).ifPresent(start -> around.leftovers().endShim(start.shimPid(), folder, key));
    }

    private String mark(ModuleId module, long generation) {
        return folder.mark(module) + "-" + generation + ".";
    }

    private <T> T alone(ModuleId module, Supplier<T> action) {
        ReentrantLock lock = locks.computeIfAbsent(module, any -> new ReentrantLock());
        lock.lock();
        try {
            return action.get();
        } catch (java.io.UncheckedIOException e) {
            throw new ProblemException(
                    ProblemType.INTERNAL_ERROR,
                    "The run-time files of " + module + " cannot be used: " + e.getMessage(),
                    e);
        } finally {
            lock.unlock();
        }
    }
}
