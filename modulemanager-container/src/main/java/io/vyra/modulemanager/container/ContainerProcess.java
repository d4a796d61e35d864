package io.vyra.modulemanager.container;

import io.vyra.modulemanager.container.engine.ContainerState;
import io.vyra.modulemanager.container.engine.Engine;
import io.vyra.modulemanager.container.engine.EngineException;
import io.vyra.modulemanager.container.log.ContainerLog;
import io.vyra.modulemanager.runtime.ExitEvidence;
import io.vyra.modulemanager.runtime.ModuleProcess;
import io.vyra.modulemanager.runtime.ProbeResult;
import io.vyra.modulemanager.runtime.ProcessIdentity;
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
    /** An engine reports the end by signal n as the code 128 + n, as shells do. */
    private static final int SIGNALLED = 128;

    private static final int MOST_SIGNAL = 64;

    private final Engine engine;
    private final InstantSource clock;
    private final ProcessIdentity identity;
    private final List<String> notes;
    private final ContainerLog log;
    private final UsageFeed usage;
    private final CompletableFuture<ExitEvidence> exit = new CompletableFuture<>();
    private final AtomicBoolean ending = new AtomicBoolean();
    private final CompletableFuture<OptionalInt> told = new CompletableFuture<>();
    private volatile boolean toldOutOfMemory;

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
            state = engine.inspect(container());
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

    private void finish(java.util.function.Supplier<ExitEvidence> evidence) {
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
        OptionalInt signal = signal(code);
        return new ExitEvidence(
                identity.generation(),
                signal.isPresent() ? OptionalInt.empty() : code,
                signal,
                toldOutOfMemory,
                now,
                since(identity.startedAt(), now),
                lastLines(),
                "somebody removed its container");
    }

    /** Also for a container that nobody watched to its end. */
    ExitEvidence evidence(ContainerState ended) {
        Instant at = ended.finishedAt().orElseGet(clock::instant);
        OptionalInt code = OptionalInt.of(ended.exitCode() & 0xff);
        OptionalInt signal = signal(code);
        return new ExitEvidence(
                identity.generation(),
                signal.isPresent() ? OptionalInt.empty() : code,
                signal,
                ended.outOfMemory() || toldOutOfMemory,
                at,
                since(ended.startedAt().orElse(identity.startedAt()), at),
                lastLines(),
                ended.error());
    }

    private static OptionalInt signal(OptionalInt code) {
        return code.isPresent() && code.getAsInt() > SIGNALLED && code.getAsInt() <= SIGNALLED + MOST_SIGNAL
                ? OptionalInt.of(code.getAsInt() - SIGNALLED)
                : OptionalInt.empty();
    }

    private static Duration since(Instant begin, Instant end) {
        Duration ran = Duration.between(begin, end);
        return ran.isNegative() ? Duration.ZERO : ran;
    }

    private List<String> lastLines() {
        return log.lastLines(LAST_LINES, LOG_PATIENCE);
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
        attempt("signal " + name, () -> engine.signal(container(), name));
        /* A paused container would not see the signal before it is continued. */
        resume();
    }

    @Override
    public void kill() {
        attempt("kill", () -> engine.signal(container(), "KILL"));
    }

    @Override
    public void pause() {
        attempt("pause", () -> engine.pause(container()));
    }

    @Override
    public void resume() {
        if (isPaused()) {
            attempt("resume", () -> engine.unpause(container()));
        }
    }

    /** After the exit every command is a no-op; one that the engine does not take is repeated by who gave it, or by nobody. */
    private void attempt(String what, Runnable command) {
        if (exit.isDone()) {
            return;
        }
        try {
            command.run();
        } catch (EngineException e) {
            LOG.warnf("command not obeyed container=%s command=%s cause=%s", container(), what, e.getMessage());
            Thread.ofVirtual().name("container-look").start(this::look);
        }
    }

    @Override
    public boolean isPaused() {
        try {
            return !exit.isDone()
                    && engine.inspect(container())
                            .filter(state -> state.phase() == ContainerState.Phase.PAUSED)
                            .isPresent();
        } catch (EngineException e) {
            LOG.debugf("engine does not say whether it is paused container=%s cause=%s", container(), e.getMessage());
            return false;
        }
    }

    @Override
    public Optional<ProbeResult> probe(List<String> command, Duration timeout) {
        try {
            Engine.Execution execution = engine.execute(container(), command, timeout);
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
