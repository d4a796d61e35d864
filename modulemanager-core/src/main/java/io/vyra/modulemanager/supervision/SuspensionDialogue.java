package io.vyra.modulemanager.supervision;

import io.vyra.modulemanager.ModuleView.Phase;
import io.vyra.modulemanager.instance.Desired;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.supervision.InstanceState.Running;
import io.vyra.modulemanager.supervision.InstanceState.Starting;
import io.vyra.modulemanager.supervision.InstanceState.Suspended;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * Brings a module into suspension and out of it: asks it to do so itself where it serves that, stops and continues its process elsewhere.
 *
 * <p>To be used from the supervisor's mailbox only, but for {@link #refusal}.
 */
final class SuspensionDialogue {
    private static final Logger LOG = Logger.getLogger(SuspensionDialogue.class);
    private static final Duration ASK_AGAIN_AFTER = Duration.ofSeconds(2);
    private static final long NEVER = -1;
    /** In the history, of a module that suspended itself: no signal did, so none shows it after a restart of the manager. */
    private static final String BY_ITSELF = "by its own action";

    private final ModuleId module;
    private final SupervisionParts parts;
    private final Supervisor supervisor;
    private volatile String refusal = "";
    private long askedIn = NEVER;

    SuspensionDialogue(ModuleId module, SupervisionParts parts, Supervisor supervisor) {
        this.module = module;
        this.parts = parts;
        this.supervisor = supervisor;
    }

    /** What the module's supervisor does for it. */
    interface Supervisor {
        Desired wanted();

        /** Whether the module's process may be stopped in between. */
        boolean isPausable();

        /** Ends the probes. */
        void become(Suspended next);

        /** Begins the probes. */
        void become(Running next);

        void reconcile(String cause);

        /** Whoever waits for the module or shows it is to look again: it stays where it is. */
        void stayed();

        /** Unless the module is in another state by then. */
        void after(Duration delay, Runnable action);

        /** Counts states. */
        long epoch();

        /** On the mailbox, unless the module is in another state than in that epoch by then. */
        void postFor(long epoch, Runnable action);
    }

    /** Why the module did not go where it was last asked to go; empty when it did, or nobody asked. */
    String refusal() {
        return refusal;
    }

    void forgetRefusal() {
        refusal = "";
    }

    /** Asks the module to suspend itself; its probes go on until it has. */
    void suspend(Running from, String cause) {
        ask(parts.suspension()::suspend, outcome -> suspended(from, outcome, cause));
    }

    private void suspended(Running from, Suspension.Outcome outcome, String cause) {
        switch (outcome) {
            case Suspension.Outcome.Done done -> becomeSuspended(from, cause + "; " + BY_ITSELF + ": " + done.reason());
            case Suspension.Outcome.Refused refused ->
                refused(Desired.SUSPENDED, Desired.RUNNING, "it refused to be suspended: " + refused.reason());
            case Suspension.Outcome.NotServed _, Suspension.Outcome.Unreachable _
            when supervisor.isPausable() -> {
                if (isTaken(from.alive()::pause)) {
                    becomeSuspended(from, cause);
                }
            }
            case Suspension.Outcome.NotServed no ->
                refused(
                        Desired.SUSPENDED,
                        Desired.RUNNING,
                        "it cannot be suspended: " + no.reason()
                                + ", and its .module/module_runtime.yaml does not say pausable: true");
            case Suspension.Outcome.Unreachable unreachable -> askAgain(unreachable.reason());
        }
    }

    private void becomeSuspended(Running from, String cause) {
        supervisor.become(from.toSuspended(now(), cause));
        supervisor.reconcile(cause);
    }

    /** A module is not what it was told to be as long as nobody took the command: it is given again. */
    private boolean isTaken(Runnable command) {
        try {
            command.run();
            return true;
        } catch (ProblemException e) {
            askAgain(e.problem().clause());
            return false;
        }
    }

    /** Stopped processes are continued first: they could not answer. */
    void resume(Suspended from, String cause) {
        boolean isPaused;
        try {
            isPaused = from.alive().isPaused();
        } catch (ProblemException e) {
            askAgain(e.problem().clause());
            return;
        }
        if (!isPaused) {
            ask(parts.suspension()::resume, outcome -> resumed(from, outcome, cause));
        } else if (isTaken(from.alive()::resume)) {
            becomeRunning(from, cause);
        }
    }

    private void resumed(Suspended from, Suspension.Outcome outcome, String cause) {
        switch (outcome) {
            case Suspension.Outcome.Done done -> becomeRunning(from, cause + "; " + done.reason());
            case Suspension.Outcome.NotServed _ -> {
                // Whether it was stopped may have been read a moment too early.
                if (isTaken(from.alive()::resume)) {
                    becomeRunning(from, cause);
                }
            }
            case Suspension.Outcome.Refused refused ->
                refused(Desired.RUNNING, Desired.SUSPENDED, "it refused to resume: " + refused.reason());
            case Suspension.Outcome.Unreachable unreachable -> askAgain(unreachable.reason());
        }
    }

    private void becomeRunning(Suspended from, String cause) {
        supervisor.become(from.toRunning(now(), cause));
        supervisor.reconcile(cause);
    }

    /** Where the history has a hole, the module is taken for one that runs, and asked to suspend itself again. */
    boolean suspendedItselfLast() {
        return parts.history().transitions(module, 1).stream()
                .anyMatch(last ->
                        last.to().equals(Phase.SUSPENDED.wire()) && last.cause().contains(BY_ITSELF));
    }

    /** A process that was adopted, of a module that had suspended itself. */
    void foundSuspended(Starting from) {
        Suspended found = from.toSuspended(now(), "was left suspended, " + BY_ITSELF);
        supervisor.become(found);
        confirm(found);
    }

    /**
     * Asks a module that was left suspended whether it still is: nobody looked after it meanwhile. It may take a while until it is on the bus
     * again, and must not be stopped by a signal for that: a later resume would continue the process and leave the module suspended.
     */
    private void confirm(Suspended found) {
        if (supervisor.wanted() != Desired.SUSPENDED) {
            supervisor.reconcile(found.reason());
            return;
        }
        ask(parts.suspension()::suspend, outcome -> {
            switch (outcome) {
                case Suspension.Outcome.Done done -> supervisor.reconcile(done.reason());
                case Suspension.Outcome.Unreachable _ -> supervisor.after(ASK_AGAIN_AFTER, () -> confirm(found));
                case Suspension.Outcome.Refused refused -> becomeRunning(found, "found running: " + refused.reason());
                case Suspension.Outcome.NotServed no -> becomeRunning(found, "found running: " + no.reason());
            }
        });
    }

    /** One question at a time; an answer that comes after another transition is of no use any more. */
    private void ask(
            Function<ModuleId, CompletableFuture<Suspension.Outcome>> question, Consumer<Suspension.Outcome> answered) {
        long asked = supervisor.epoch();
        if (askedIn == asked) {
            return;
        }
        askedIn = asked;
        question.apply(module)
                .exceptionally(broken -> new Suspension.Outcome.Unreachable("it could not be asked: " + broken))
                .thenAccept(outcome -> supervisor.postFor(asked, () -> {
                    askedIn = NEVER;
                    answered.accept(outcome);
                }));
    }

    private void askAgain(String why) {
        LOG.warnf("Not reached module=%s cause=%s", module, why);
        supervisor.after(ASK_AGAIN_AFTER, () -> supervisor.reconcile("asked again: " + why));
    }

    /** A module that says no stays where it is; asking on and on would suspend it when nobody expects that any more. */
    private void refused(Desired asked, Desired stays, String why) {
        LOG.warnf("Refused module=%s cause=%s", module, why);
        refusal = why;
        // Somebody may want something else by now.
        parts.registry()
                .update(
                        module,
                        record -> record.desired() == asked
                                ? record.with(record.settings().withDesired(stays))
                                : record);
        supervisor.stayed();
    }

    private Instant now() {
        return parts.clock().instant();
    }
}
