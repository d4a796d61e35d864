package io.vyra.modulemanager.supervision;

import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import io.vyra.modulemanager.runtime.ExitEvidence;
import io.vyra.modulemanager.runtime.LaunchSpec;
import io.vyra.modulemanager.runtime.ModuleProcess;
import io.vyra.modulemanager.runtime.ProcessIdentity;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A process on paper: it lives until a signal or the test ends it. */
public final class FakeProcess implements ModuleProcess {
    private final LaunchSpec spec;
    private final InstantSource clock;
    private final Instant startedAt;
    private final ProcessIdentity identity;
    private final CompletableFuture<ExitEvidence> exit;
    private final List<String> signals = new CopyOnWriteArrayList<>();
    private volatile boolean paused;
    private volatile boolean ignoresStop;
    private volatile Optional<String> obstacle = Optional.empty();
    private final AtomicInteger ignoredKills = new AtomicInteger();

    FakeProcess(LaunchSpec spec, long pid, InstantSource clock) {
        this.spec = spec;
        this.clock = clock;
        this.startedAt = clock.instant();
        this.identity = new ProcessIdentity(pid, pid, "boot", startedAt, spec.generation());
        this.exit = new CompletableFuture<>();
    }

    /** The same process, as a restarted manager sees it. */
    private FakeProcess(FakeProcess same) {
        this.spec = same.spec;
        this.clock = same.clock;
        this.startedAt = same.startedAt;
        this.identity = same.identity;
        this.exit = same.exit.copy();
        this.paused = same.paused;
        this.ignoresStop = same.ignoresStop;
        this.ignoredKills.set(same.ignoredKills.get());
        this.original = Optional.of(same);
    }

    private Optional<FakeProcess> original = Optional.empty();

    FakeProcess adopted() {
        return new FakeProcess(this);
    }

    public LaunchSpec spec() {
        return spec;
    }

    public void ignoreStop() {
        ignoresStop = true;
    }

    /** As a process that hangs in the kernel does. */
    public void ignoreKills(int times) {
        ignoresStop = true;
        ignoredKills.set(times);
    }

    /** Ends by itself. */
    public void exitWith(int code) {
        end(OptionalInt.of(code), OptionalInt.empty());
    }

    private void end(OptionalInt code, OptionalInt signal) {
        CompletableFuture<ExitEvidence> root = original.map(it -> it.exit).orElse(exit);
        Instant now = clock.instant();
        root.complete(new ExitEvidence(
                identity.generation(), code, signal, false, now, Duration.between(startedAt, now), List.of(), ""));
    }

    public boolean isAlive() {
        return !exit.isDone();
    }

    /** What was sent to it, in order. */
    public List<String> signals() {
        return signals;
    }

    @Override
    public ProcessIdentity identity() {
        return identity;
    }

    @Override
    public CompletableFuture<ExitEvidence> exit() {
        return exit;
    }

    @Override
    public void requestStop(String signal) {
        signals.add(signal);
        if (!ignoresStop) {
            end(OptionalInt.empty(), OptionalInt.of(15));
        }
    }

    @Override
    public void kill() {
        signals.add("KILL");
        if (ignoredKills.getAndDecrement() <= 0) {
            end(OptionalInt.empty(), OptionalInt.of(9));
        }
    }

    /** From now on nobody reaches it; empty: they do again. */
    public void beOutOfReach(Optional<String> why) {
        obstacle = why;
    }

    private void requireReach() {
        obstacle.ifPresent(why -> {
            throw new ProblemException(ProblemType.TIMED_OUT, why);
        });
    }

    @Override
    public Optional<String> obstacle() {
        return obstacle;
    }

    @Override
    public void pause() {
        requireReach();
        signals.add("STOP");
        paused = true;
    }

    @Override
    public void resume() {
        requireReach();
        signals.add("CONT");
        paused = false;
    }

    @Override
    public boolean isPaused() {
        requireReach();
        return paused;
    }

    @Override
    public Optional<Usage> usage() {
        return Optional.empty();
    }

    @Override
    public List<String> unenforcedLimits() {
        return List.of();
    }
}
