package io.vyra.modulemanager.container;

import io.vyra.modulemanager.container.engine.ContainerState;
import io.vyra.modulemanager.container.engine.Engine;
import io.vyra.modulemanager.container.engine.EngineException;
import io.vyra.modulemanager.container.log.ContainerLog;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import io.vyra.modulemanager.runtime.ExitEvidence;
import io.vyra.modulemanager.runtime.ModuleProcess;
import io.vyra.modulemanager.runtime.ProbeResult;
import io.vyra.modulemanager.runtime.ProcessIdentity;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * A module in a container, as this manager sees it. What it knows comes from asking the engine; events only say when to ask.
 *
 * <p>An ended container stays in the engine until the module is forgotten, so its evidence is durable there.
 */
final class ContainerProcess implements ModuleProcess {
    private static final Logger LOG = Logger.getLogger(ContainerProcess.class);
    private static final Set<String> SIGNALS = Set.of("HUP", "INT", "QUIT", "KILL", "USR1", "USR2", "TERM");
    private static final int LAST_LINES = 50;
    private static final int MOST_WORDS = 200;
    private static final Duration LOG_PATIENCE = Duration.ofSeconds(15);
    private static final Duration TOLD_PATIENCE = Duration.ofSeconds(3);

    private final Engine engine;
    private final InstantSource clock;
    private final ProcessIdentity identity;
    private final List<String> notes;
    private volatile ContainerLog log;
    /** Held while the log is read or moved. */
    private final ReentrantLock logging = new ReentrantLock();

    private final UsageFeed usage;
    private final CompletableFuture<ExitEvidence> exit = new CompletableFuture<>();
    private final AtomicBoolean ending = new AtomicBoolean();
    private final CompletableFuture<OptionalInt> told = new CompletableFuture<>();
    private volatile boolean toldOutOfMemory;
    /** Why the engine was not reached last; empty when it was. */
    private volatile String absence = "";

    /** @param notes limits that are not enforced */
    ContainerProcess(
            Engine engine, InstantSource clock, ProcessIdentity identity, List<String> notes, ContainerLog log) {
        this.engine = engine;
        this.clock = clock;
        this.identity = identity;
        this.notes = List.copyOf(notes);
        this.log = log;
        this.usage = new UsageFeed(engine, identity.bootId());
    }

    static ProcessIdentity identity(ContainerState state, long generation, Instant otherwise) {
        return new ProcessIdentity(state.pid(), 0, state.id(), state.startedAt().orElse(otherwise), generation);
    }

    private String container() {
        return identity.bootId();
    }

    /** An event told how it ended; counts only when the engine cannot be asked any more. */
    void told(OptionalInt code) {
        if (code.isPresent()) {
            told.complete(code);
        }
    }

    /** Asks the engine what has become of the container. Where nobody answers nothing is concluded, and the result is false. */
    boolean look() {
        if (exit.isDone()) {
            return true;
        }
        Optional<ContainerState> state;
        try {
            state = reach(() -> engine.inspect(container()));
        } catch (EngineException e) {
            LOG.debugf("engine does not say what became of it container=%s cause=%s", container(), e.getMessage());
            return false;
        }
        if (state.isEmpty()) {
            finish(this::removed);
        } else if (!state.get().isAlive()) {
            ContainerState ended = state.get();
            finish(() -> evidence(ended));
        } else if (state.get().outOfMemory()) {
            toldOutOfMemory = true;
        }
        return true;
    }

    /** Asks the engine, and remembers whether it was there. */
    private <T> T reach(Supplier<T> question) {
        try {
            T answer = question.get();
            absence = "";
            return answer;
        } catch (EngineException e) {
            absence = e.isUnreachable() ? e.getMessage() : "";
            throw e;
        }
    }

    /** Nobody tells of its container any more. */
    void unheard(String why) {
        absence = why;
    }

    /** Whoever finds one has it looked at again, so that one that is over is not told for long. */
    @Override
    public Optional<String> obstacle() {
        if (exit.isDone()) {
            return Optional.empty();
        }
        if (ending.get()) {
            // Its end is known and not yet told: whoever asks must not take it for one that runs.
            return Optional.of("its container has ended, and how is being found out");
        }
        String why = absence;
        if (why.isEmpty()) {
            return Optional.empty();
        }
        Thread.ofVirtual().name("container-look").start(this::look);
        return Optional.of(why);
    }

    private void finish(Supplier<ExitEvidence> evidence) {
        if (!ending.compareAndSet(false, true)) {
            return;
        }
        exit.complete(evidence.get());
        usage.close();
        log.close();
    }

    /** The event that tells the code may come after the container was found to be gone. */
    private ExitEvidence removed() {
        Instant now = clock.instant();
        OptionalInt code = told.copy()
                .completeOnTimeout(OptionalInt.empty(), TOLD_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .join();
        return ContainerEvidence.of(
                identity.generation(),
                code,
                toldOutOfMemory,
                identity.startedAt(),
                now,
                lastLines(),
                "somebody removed its container");
    }

    /** Also for a container that nobody watched to its end. */
    ExitEvidence evidence(ContainerState ended) {
        return ContainerEvidence.ended(
                ended, identity.generation(), identity.startedAt(), clock.instant(), toldOutOfMemory, lastLines());
    }

    private List<String> lastLines() {
        logging.lock();
        try {
            return log.lastLines(LAST_LINES, LOG_PATIENCE);
        } finally {
            logging.unlock();
        }
    }

    /**
     * Its log is written there from now on.
     *
     * @param between done when nobody writes
     */
    void logInto(Path folder, Runnable between) {
        logging.lock();
        try {
            log = log.movedTo(folder, between);
        } finally {
            logging.unlock();
        }
    }

    /** When this returns its log is not written any more. */
    void closeLog() {
        log.close();
    }

    /** Lets go of it without disturbing it. */
    void detach() {
        usage.close();
        log.close();
    }

    @Override
    public String kind() {
        return "container";
    }

    @Override
    public ProcessIdentity identity() {
        return identity;
    }

    @Override
    public CompletableFuture<ExitEvidence> exit() {
        return exit.copy();
    }

    @Override
    public void requestStop(String signal) {
        String name = signal.toUpperCase(Locale.ROOT).replaceFirst("^SIG", "");
        if (!SIGNALS.contains(name)) {
            throw new IllegalArgumentException("signal must be one of " + SIGNALS + " but is " + signal);
        }
        give("signal " + name, () -> engine.signal(container(), name));
        /* A paused container would not see the signal before it is continued. */
        give("resume", this::unpause);
    }

    @Override
    public void kill() {
        give("kill", () -> engine.signal(container(), "KILL"));
    }

    @Override
    public void pause() {
        give("pause", () -> engine.pause(container()))
                .filter(failure -> !isPaused())
                .ifPresent(failure -> {
                    throw notDone(failure);
                });
    }

    @Override
    public void resume() {
        give("resume", this::unpause).filter(failure -> isPaused()).ifPresent(failure -> {
            throw notDone(failure);
        });
    }

    /** One that is not paused is not continued: an engine would refuse that. */
    private void unpause() {
        if (isHeld()) {
            engine.unpause(container());
        }
    }

    @Override
    public boolean isPaused() {
        if (exit.isDone()) {
            return false;
        }
        try {
            return reach(this::isHeld);
        } catch (EngineException e) {
            if (e.isUnreachable()) {
                throw notDone(e);
            }
            LOG.debugf("engine does not say whether it is paused container=%s cause=%s", container(), e.getMessage());
            return false;
        }
    }

    private boolean isHeld() {
        return engine.inspect(container())
                .filter(state -> state.phase() == ContainerState.Phase.PAUSED)
                .isPresent();
    }

    private static ProblemException notDone(EngineException e) {
        return new ProblemException(ProblemType.TIMED_OUT, "Its container did not obey: " + e.getMessage() + ".", e);
    }

    /** After the exit every command is a no-op. Returns why it was not obeyed; then what became of the container is looked at. */
    private Optional<EngineException> give(String what, Runnable command) {
        if (exit.isDone()) {
            return Optional.empty();
        }
        try {
            reach(() -> {
                command.run();
                return null;
            });
            return Optional.empty();
        } catch (EngineException e) {
            LOG.warnf("command not obeyed container=%s command=%s cause=%s", container(), what, e.getMessage());
            Thread.ofVirtual().name("container-look").start(this::look);
            return Optional.of(e);
        }
    }

    @Override
    public Optional<ProbeResult> probe(List<String> command, Duration timeout) {
        try {
            Engine.Execution execution = reach(() -> engine.execute(container(), command, timeout));
            return Optional.of(judge(command.getFirst(), execution, timeout));
        } catch (EngineException e) {
            return Optional.of(new ProbeResult.Failed("the probe could not be started: " + e.getMessage()));
        }
    }

    private static ProbeResult judge(String program, Engine.Execution execution, Duration timeout) {
        if (execution.code().isEmpty()) {
            return new ProbeResult.Failed("'" + program + "' did not end within "
                    + String.format(Locale.ROOT, "%.1f s", timeout.toMillis() / 1000.0));
        }
        if (execution.code().get() == 0) {
            return new ProbeResult.Passed();
        }
        String words = execution.output().strip().replaceAll("\\s+", " ");
        String how = "'" + program + "' ended with code " + execution.code().get();
        return new ProbeResult.Failed(
                words.isEmpty() ? how : how + ": " + words.substring(0, Math.min(words.length(), MOST_WORDS)));
    }

    @Override
    public Optional<Usage> usage() {
        return exit.isDone() ? Optional.empty() : usage.latest();
    }

    @Override
    public List<String> unenforcedLimits() {
        return notes;
    }
}
