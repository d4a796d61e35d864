package io.vyra.modulemanager.supervision;

import io.vyra.modulemanager.instance.Desired;
import io.vyra.modulemanager.instance.InstanceRecord;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.module.ProcessSpec.Stop;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import io.vyra.modulemanager.runtime.ExitEvidence;
import io.vyra.modulemanager.runtime.ModuleProcess;
import io.vyra.modulemanager.runtime.ModuleRuntime;
import io.vyra.modulemanager.supervision.InstanceState.Afterwards;
import io.vyra.modulemanager.supervision.InstanceState.Backoff;
import io.vyra.modulemanager.supervision.InstanceState.Failed;
import io.vyra.modulemanager.supervision.InstanceState.Launchable;
import io.vyra.modulemanager.supervision.InstanceState.Living;
import io.vyra.modulemanager.supervision.InstanceState.Running;
import io.vyra.modulemanager.supervision.InstanceState.Starting;
import io.vyra.modulemanager.supervision.InstanceState.Stopped;
import io.vyra.modulemanager.supervision.InstanceState.Stopping;
import io.vyra.modulemanager.supervision.InstanceState.Suspended;
import io.vyra.modulemanager.supervision.InstanceState.Waiting;
import io.vyra.modulemanager.supervision.Launches.Launch;
import io.vyra.modulemanager.supervision.RestartPolicy.Budget;
import io.vyra.modulemanager.supervision.RestartPolicy.Decision;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.jboss.logging.Logger;

/**
 * Keeps one module at its desired state.
 *
 * <p>Everything happens on its mailbox, one event at a time, so that nothing here is locked; the public methods only post and may
 * be called from any thread. A transition counts up the epoch, and a timer of an earlier epoch does nothing.
 */
public final class ModuleSupervisor {
    private static final Logger LOG = Logger.getLogger(ModuleSupervisor.class);
    private static final Duration ADOPT_AGAIN_AFTER = Duration.ofSeconds(5);
    /** For bringing a module to where its process may be ended. */
    private static final Duration PREPARATION = Duration.ofSeconds(15);

    private final ModuleId module;
    private final SupervisionParts parts;
    private final Mailbox mailbox;
    private final StateWaiters waiters = new StateWaiters();
    private final LaunchRecords records;
    private final SuspensionDialogue suspensions;

    private volatile InstanceState state;
    private volatile Budget budget = Budget.WHOLE;
    private volatile String ailment = "";
    private volatile Optional<ExitEvidence> lastExit;
    private final AvailabilityMeter availability;
    private Optional<String> heldBy;
    private Optional<Launch> launch = Optional.empty();
    private Optional<ProbeLoop> probes = Optional.empty();
    private Timers.Timer timer = () -> {};
    private long epoch;
    private InstanceState signalled;
    private Optional<Ending> ending = Optional.empty();
    private boolean detached;
    /** Of a module that an earlier manager may have launched, until it is found out. */
    private volatile boolean isUnknown;

    ModuleSupervisor(ModuleId module, SupervisionParts parts, Optional<String> heldBy) {
        this.module = module;
        this.parts = parts;
        this.heldBy = heldBy;
        this.mailbox = new Mailbox(parts.executor(), module.toString());
        this.availability = new AvailabilityMeter(parts.clock());
        this.records = new LaunchRecords(module, parts);
        this.suspensions = new SuspensionDialogue(module, parts, new Suspending());
        this.lastExit = parts.history().lastExit(module);
        this.state = new Stopped(parts.clock().instant(), "not started yet");
    }

    // ---- what others may ask ----

    public InstanceState state() {
        return state;
    }

    /** Why the module's last probes failed, although it still counts as running; empty when they passed. */
    public String ailment() {
        return ailment;
    }

    /** Why the module did not go where it was last asked to go; empty when it did, or nobody asked. */
    public String refusal() {
        return suspensions.refusal();
    }

    /** What keeps the manager from seeing the module and commanding it; empty when nothing does. */
    public Optional<String> obstacle() {
        return state.process().flatMap(ModuleProcess::obstacle);
    }

    /** Whether a process of an earlier manager's may run that could not be looked for yet. */
    public boolean isUnknown() {
        return isUnknown;
    }

    public Optional<ExitEvidence> lastExit() {
        return lastExit;
    }

    public AvailabilityMeter.Reading availability() {
        return availability.read();
    }

    public int restartsLeft() {
        return parts.policy().left(budget);
    }

    /** Finds out what became of a launch that an earlier manager intended, then goes to the desired state. */
    public void begin() {
        mailbox.post(this::adoptAndReconcile);
    }

    private void adoptAndReconcile() {
        try {
            adopt();
        } catch (RuntimeException e) {
            LOG.errorf(e, "Not found out what became of the process module=%s", module);
            stayUnknown(e);
            return;
        }
        if (isUnknown && state instanceof Stopped) {
            state = new Stopped(now(), "found not to run");
        }
        isUnknown = false;
        reconcile("the module manager started");
        waiters.tell(state);
    }

    /** Unknown is not ended: launching now might make a second process, and nobody may take the module for stopped. */
    private void stayUnknown(RuntimeException e) {
        isUnknown = true;
        String why = e instanceof ProblemException problem ? problem.problem().clause() : e.toString();
        state = new Stopped(state.since(), "not known whether it runs: " + why);
        parts.listener().changed(module, state, state);
        setTimer(ADOPT_AGAIN_AFTER, this::adoptAndReconcile);
    }

    /** The desired state has changed, by a user's word: the restart budget is whole again. */
    public void desiredChanged(String cause) {
        mailbox.post(() -> {
            budget = Budget.WHOLE;
            suspensions.forgetRefusal();
            reconcile(cause);
        });
    }

    /** Ends the process and starts it again. */
    public void restart(String cause) {
        mailbox.post(() -> {
            budget = Budget.WHOLE;
            if (!detached && state instanceof Living living && !(state instanceof Stopping)) {
                stop(living, Afterwards.START, cause);
            } else {
                reconcile(cause);
            }
        });
    }

    /** Stops the module and keeps it stopped, whatever is desired, until {@link #release}. */
    public void hold(String by, String cause) {
        mailbox.post(() -> {
            heldBy = Optional.of(by);
            reconcile(cause);
        });
    }

    /** Ends a hold; a new version or configuration brings the whole restart budget back. */
    public void release(String by, String cause) {
        mailbox.post(() -> {
            if (heldBy.filter(by::equals).isPresent()) {
                heldBy = Optional.empty();
                budget = Budget.WHOLE;
                reconcile(cause);
            }
        });
    }

    /**
     * Another process of the module may be the one on record by now: then it is supervised instead of the one before, which is not disturbed.
     *
     * @return completes when it is so; exceptionally with {@code TIMED_OUT} when nobody can tell at the moment which process is which
     */
    public CompletableFuture<Void> followRecord(String cause) {
        CompletableFuture<Void> result = new CompletableFuture<>();
        mailbox.post(() -> {
            try {
                if (isUnknown) {
                    throw new ProblemException(ProblemType.TIMED_OUT, state.reason());
                }
                follow(cause);
                result.complete(null);
            } catch (RuntimeException e) {
                result.completeExceptionally(e);
            }
        });
        return result;
    }

    private void follow(String cause) {
        long generation = parts.registry().require(module).launches().generation();
        boolean isFollowed = state.process()
                .filter(process -> process.identity().generation() == generation)
                .isPresent();
        if (detached || isFollowed) {
            return;
        }
        if (parts.runtime().adopt(module, generation) instanceof ModuleRuntime.Adoption.Alive(ModuleProcess found)
                && found.identity().generation() == generation) {
            endProbes();
            launch = Optional.of(parts.launches().ofAdopted(module, generation));
            watch(found);
            budget = Budget.WHOLE;
            transition(state.toSuccessor(found, now(), cause));
            beginProbes(found);
            // Somebody may want something else by now.
            reconcile(cause);
        } else {
            throw new ProblemException(
                    ProblemType.START_FAILED, "Module " + module + " ended before it could take over.");
        }
    }

    /** A module that others may need has started or stopped running. */
    void needsChanged(ModuleId other, boolean runsNow) {
        mailbox.post(() -> {
            if (state instanceof Waiting) {
                reconcile(other + (runsNow ? " runs" : " no longer runs"));
            } else if (runsNow
                    && (state instanceof Backoff || state instanceof Failed)
                    && parts.needs().needsOf(module).contains(other)) {
                budget = Budget.WHOLE;
                reconcile("its dependency " + other + " recovered");
            }
        });
    }

    /** Whatever kept a module in a container from being found or started is over. */
    void containersRecovered(String cause) {
        mailbox.post(() -> {
            if (isUnknown && !detached) {
                adoptAndReconcile();
                return;
            }
            boolean isContained =
                    launch.filter(it -> it.spec().container().isPresent()).isPresent();
            if (isContained && (state instanceof Backoff || state instanceof Failed)) {
                budget = Budget.WHOLE;
                reconcile(cause);
            }
        });
    }

    /** Completes with the first state from now on, the present one included when it is known, that meets the condition. */
    public CompletableFuture<InstanceState> when(Predicate<InstanceState> condition) {
        CompletableFuture<InstanceState> result = new CompletableFuture<>();
        mailbox.post(() -> waiters.await(condition, isUnknown ? Optional.empty() : Optional.of(state), result));
        return result;
    }

    /** Lets go of the module without disturbing it: the manager is ending. */
    public void detach() {
        mailbox.post(() -> {
            detached = true;
            endProbes();
            timer.cancel();
            ending.ifPresent(Ending::cancel);
        });
    }

    // ---- the way to the desired state ----

    private Desired wanted() {
        if (heldBy.isPresent()) {
            return Desired.STOPPED;
        }
        Desired desired =
                parts.registry().find(module).map(InstanceRecord::desired).orElse(Desired.STOPPED);
        return desired == Desired.REMOVED ? Desired.STOPPED : desired;
    }

    private void reconcile(String cause) {
        if (detached || isUnknown) {
            return;
        }
        boolean stop = wanted() == Desired.STOPPED;
        switch (state) {
            case Stopped stopped when !stop -> launchOrWait(stopped, cause);
            case Waiting waiting when !stop -> launchOrWait(waiting, cause);
            case Waiting waiting -> transition(waiting.toStopped(now(), cause));
            case Backoff backoff when stop -> transition(backoff.toStopped(now(), cause));
            case Failed failed when stop -> transition(failed.toStopped(now(), cause));
            case Backoff backoff when budget.equals(Budget.WHOLE) -> launchOrWait(backoff, cause);
            case Failed failed when budget.equals(Budget.WHOLE) -> launchOrWait(failed, cause);
            case Starting starting when stop -> stop(starting, Afterwards.REST, cause);
            case Running running when stop -> stop(running, Afterwards.REST, cause);
            case Suspended suspended when stop -> stop(suspended, Afterwards.REST, cause);
            case Running running when wanted() == Desired.SUSPENDED -> suspensions.suspend(running, cause);
            case Suspended suspended when wanted() == Desired.RUNNING -> suspensions.resume(suspended, cause);
            case Stopped _, Backoff _, Failed _, Starting _, Running _, Suspended _, Stopping _ -> {
                // Already there, or on the way: the end of the way reconciles again.
            }
        }
    }

    private void launchOrWait(Launchable from, String cause) {
        List<ModuleId> blockers;
        try {
            blockers = parts.needs().blockersOf(module);
        } catch (RuntimeException e) {
            // Nobody else would ask again.
            launchFailed(from, 0, e);
            return;
        }
        if (blockers.isEmpty()) {
            launch(from, cause);
        } else if (!(from instanceof Waiting waiting) || !waiting.blockers().equals(blockers)) {
            transition(from.toWaiting(blockers, now()));
        }
    }

    private void launch(Launchable from, String cause) {
        ModuleProcess process;
        long generation = 0;
        try {
            generation = parts.registry().intendLaunch(module);
            launch = Optional.of(parts.launches().of(module, generation));
            process = parts.runtime().start(launch.get().spec());
        } catch (RuntimeException e) {
            // A launch that fails for whatever reason is a failure of this module alone.
            launchFailed(from, generation, e);
            return;
        }
        watch(process);
        transition(from.toStarting(process, now(), cause));
        beginProbes(process);
    }

    private void launchFailed(Launchable from, long generation, RuntimeException e) {
        String why = e instanceof ProblemException problem
                ? problem.problem().clause()
                : "the launch broke: " + e.getMessage();
        LOG.warnf("Launch failed module=%s cause=%s", module, why);
        if (generation > 0) {
            endLaunch(new ExitEvidence(
                    generation, OptionalInt.empty(), OptionalInt.empty(), false, now(), Duration.ZERO, List.of(), why));
        }
        backOff(from, Duration.ZERO, why);
    }

    private void watch(ModuleProcess process) {
        process.exit().thenAccept(evidence -> mailbox.post(() -> exited(process, evidence)));
    }

    private void stop(Living from, Afterwards afterwards, String cause) {
        endProbes();
        Stopping stopping = from.toStopping(afterwards, now(), cause);
        transition(stopping);
        CompletableFuture<Void> prepared = parts.suspension().prepareToStop(module);
        if (prepared.isDone()) {
            end(stopping);
            return;
        }
        setTimer(PREPARATION, () -> end(stopping));
        prepared.whenComplete((_, _) -> mailbox.post(() -> end(stopping)));
    }

    /** Once for each stop, whichever comes first: the module is prepared, or its time for that is over. */
    private void end(Stopping stopping) {
        if (state == stopping && signalled != stopping) {
            signalled = stopping;
            timer.cancel();
            Stop stop = launch.map(it -> it.spec().process().stop()).orElse(Stop.DEFAULT);
            ending = Optional.of(Ending.begin(module, stopping.alive(), stop, parts.timers(), mailbox::post));
        }
    }

    // ---- what the process does ----

    /** Asks the runtime even when no launch is on record: a restored backup knows nothing of what was launched after it. */
    private void adopt() {
        Optional<InstanceRecord> record = parts.registry().find(module);
        if (record.isEmpty()) {
            return;
        }
        boolean intended = record.get().launches().intended();
        long generation = record.get().launches().generation();
        switch (parts.runtime().adopt(module, generation)) {
            case ModuleRuntime.Adoption.Alive alive -> adoptAlive(alive.process());
            case ModuleRuntime.Adoption.Ended ended when intended -> adoptEnded(ended.evidence());
            case ModuleRuntime.Adoption.NeverStarted _
            when intended -> parts.registry().launchEnded(module, generation);
            case ModuleRuntime.Adoption.Ended _ -> records.endedBefore();
            case ModuleRuntime.Adoption.NeverStarted _ -> {
                // Nothing is left of it.
            }
        }
    }

    private void adoptAlive(ModuleProcess process) {
        long generation = process.identity().generation();
        boolean isPaused = process.isPaused();
        launch = Optional.of(parts.launches().ofAdopted(module, generation));
        parts.registry().launchFound(module, generation);
        watch(process);
        boolean suspendedItself = !isPaused && suspensions.suspendedItselfLast();
        Starting starting = new Stopped(now(), "").toStarting(process, now(), "adopted after a restart of the manager");
        transition(starting);
        if (isPaused) {
            transition(starting.toSuspended(now(), "found suspended"));
        } else if (suspendedItself) {
            suspensions.foundSuspended(starting);
        } else {
            beginProbes(process);
        }
    }

    private void adoptEnded(ExitEvidence evidence) {
        endLaunch(evidence);
        boolean known = evidence.code().isPresent() || evidence.signal().isPresent();
        if (known && wanted() != Desired.STOPPED && state instanceof Stopped stopped) {
            backOff(stopped, evidence.ranFor(), evidence.inWords() + ", while the manager was away");
        }
    }

    private void exited(ModuleProcess process, ExitEvidence evidence) {
        if (!(state instanceof Living living) || living.alive() != process) {
            return;
        }
        if (detached) {
            // Whoever supervises the module next finds out by adopting it.
            return;
        }
        endProbes();
        endLaunch(evidence);
        String how = evidence.inWords();
        Stopped ended = living.toEnded(now(), how);
        boolean wanted = wanted() != Desired.STOPPED;
        switch (living) {
            case Stopping stopping
            when wanted && stopping.afterwards() == Afterwards.START -> {
                transition(ended);
                launchOrWait(ended, stopping.reason());
            }
            case Stopping stopping
            when wanted && stopping.afterwards() == Afterwards.BACK_OFF ->
                backOff(ended, evidence.ranFor(), stopping.reason() + "; " + how);
            case Stopping stopping -> {
                transition(living.toEnded(now(), stopping.reason() + "; " + how));
                reconcile(stopping.reason());
            }
            case Starting _, Running _, Suspended _ when wanted -> backOff(ended, evidence.ranFor(), how);
            case Starting _, Running _, Suspended _ -> transition(ended);
        }
    }

    private void endLaunch(ExitEvidence evidence) {
        lastExit = Optional.of(evidence);
        records.ended(evidence);
    }

    /** Ended against the desired state: decides when it is started again. */
    private void backOff(Launchable from, Duration ranFor, String how) {
        boolean mayRestart = launch.map(it -> it.behavior().restartOnFailure()).orElse(true);
        if (!mayRestart) {
            transition(from.toFailed(
                    Optional.empty(),
                    now(),
                    how + "; its manifest says restart_on_failure: false, so start it yourself"));
            return;
        }
        records.countRestart();
        Decision decision = parts.policy().afterFailure(budget, ranFor);
        budget = decision.budget();
        switch (decision) {
            case Decision.Retry retry -> transition(from.toBackoff(now().plus(retry.delay()), now(), how));
            case Decision.Spent spent ->
                transition(from.toFailed(
                        Optional.of(now().plus(spent.delay())),
                        now(),
                        how + "; its restart budget is spent, so it is only tried now and then"));
        }
        setTimer(decisionDelay(decision), () -> {
            if (state instanceof Launchable launchable && wanted() != Desired.STOPPED) {
                launchOrWait(launchable, "tried again after: " + how);
            }
        });
    }

    private static Duration decisionDelay(Decision decision) {
        return switch (decision) {
            case Decision.Retry retry -> retry.delay();
            case Decision.Spent spent -> spent.delay();
        };
    }

    // ---- probes ----

    private void beginProbes(ModuleProcess process) {
        ProbeLoop loop = new ProbeLoop(
                launch.orElseThrow(),
                process,
                parts.prober(),
                parts.timers(),
                parts.clock(),
                mailbox::post,
                new ProbeVerdicts());
        probes = Optional.of(loop);
        loop.begin();
    }

    private void endProbes() {
        probes.ifPresent(ProbeLoop::end);
        probes = Optional.empty();
        ailment = "";
    }

    private final class ProbeVerdicts implements ProbeLoop.Verdicts {
        @Override
        public void works() {
            boolean ailed = !ailment.isEmpty();
            ailment = "";
            if (state instanceof Starting starting) {
                transition(starting.toRunning(now(), starting.reason()));
                reconcile("its first probe passed");
            } else if (ailed) {
                parts.listener().changed(module, state, state);
            }
        }

        @Override
        public void ails(String reason, int failures) {
            ailment = "probe failed " + failures + " times in a row: " + reason;
            parts.listener().changed(module, state, state);
        }

        @Override
        public void hangs(String reason) {
            if (state instanceof Living living) {
                LOG.warnf("Hung module=%s cause=%s", module, reason);
                String doing = living.alive().doing();
                String evidence = doing.isEmpty() ? "" : " (its process " + doing + ")";
                stop(living, Afterwards.BACK_OFF, "did not answer its probe: " + reason + evidence);
            }
        }
    }

    // ---- suspension ----

    private final class Suspending implements SuspensionDialogue.Supervisor {
        @Override
        public Desired wanted() {
            return ModuleSupervisor.this.wanted();
        }

        @Override
        public boolean isPausable() {
            return launch.map(it -> it.spec().process().pausable()).orElse(false);
        }

        @Override
        public void become(Suspended next) {
            endProbes();
            transition(next);
        }

        @Override
        public void become(Running next) {
            transition(next);
            beginProbes(next.alive());
        }

        @Override
        public void reconcile(String cause) {
            ModuleSupervisor.this.reconcile(cause);
        }

        @Override
        public void stayed() {
            parts.listener().changed(module, state, state);
            waiters.tell(state);
        }

        @Override
        public void after(Duration delay, Runnable action) {
            setTimer(delay, action);
        }

        @Override
        public long epoch() {
            return epoch;
        }

        @Override
        public void postFor(long asked, Runnable action) {
            mailbox.post(() -> {
                if (epoch == asked && !detached) {
                    action.run();
                }
            });
        }
    }

    // ---- the choke point ----

    private void transition(InstanceState next) {
        InstanceState before = state;
        timer.cancel();
        epoch++;
        state = next;
        LOG.infof(
                "Module changed module=%s from=%s to=%s cause=%s",
                module, before.phase().wire(), next.phase().wire(), next.reason());
        availability.note(wanted() == Desired.RUNNING, next instanceof Running);
        parts.recordTransition(module, before, next);
        parts.listener().changed(module, before, next);
        waiters.tell(next);
    }

    private void setTimer(Duration delay, Runnable action) {
        long setIn = epoch;
        timer.cancel();
        timer = parts.timers()
                .after(
                        delay,
                        () -> mailbox.post(() -> {
                            if (epoch == setIn && !detached) {
                                action.run();
                            }
                        }));
    }

    private Instant now() {
        return parts.clock().instant();
    }
}
