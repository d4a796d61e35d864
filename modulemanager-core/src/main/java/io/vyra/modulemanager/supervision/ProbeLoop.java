package io.vyra.modulemanager.supervision;

import io.vyra.modulemanager.module.HealthCheck;
import io.vyra.modulemanager.module.Probe;
import io.vyra.modulemanager.runtime.ModuleProcess;
import io.vyra.modulemanager.supervision.Launches.Launch;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * Probes one process until it is told to end: every 100 ms until the first pass, then at the manifest's interval. What fails while there is
 * an obstacle between the manager and the process says nothing about the process.
 *
 * <p>Its own state is touched only from the supervisor's mailbox, on which it also reports.
 */
final class ProbeLoop {
    private static final Duration STARTING_INTERVAL = Duration.ofMillis(100);

    private final Launch launch;
    private final ModuleProcess process;
    private final Prober prober;
    private final Timers timers;
    private final InstantSource clock;
    private final Executor mailbox;
    private final Verdicts verdicts;
    private final Instant startedAt;

    private boolean passedOnce;
    private boolean ended;
    private int failures;
    private Timers.Timer next = () -> {};

    ProbeLoop(
            Launch launch,
            ModuleProcess process,
            Prober prober,
            Timers timers,
            InstantSource clock,
            Executor mailbox,
            Verdicts verdicts) {
        this.launch = launch;
        this.process = process;
        this.prober = prober;
        this.timers = timers;
        this.clock = clock;
        this.mailbox = mailbox;
        this.verdicts = verdicts;
        this.startedAt = clock.instant();
    }

    /** What the loop finds out; called on the mailbox. */
    interface Verdicts {
        /** The probe passed, for the first time or after failures. */
        void works();

        /** The probe failed, but not often enough yet to count as hung. */
        void ails(String reason, int failures);

        /** The probe failed as often as the manifest allows. Called once. */
        void hangs(String reason);
    }

    void begin() {
        probeOnce();
    }

    void end() {
        ended = true;
        next.cancel();
    }

    private void probeOnce() {
        if (ended) {
            return;
        }
        prober.probe(probe(), launch.spec(), process, check().timeout())
                .exceptionally(broken -> Optional.of("the probe itself broke: " + broken.getMessage()))
                .thenAccept(failure -> mailbox.execute(() -> judge(failure)));
    }

    private void judge(Optional<String> failure) {
        if (ended) {
            return;
        }
        if (failure.isEmpty()) {
            boolean news = !passedOnce || failures > 0;
            passedOnce = true;
            failures = 0;
            if (news) {
                verdicts.works();
            }
        } else if (process.obstacle().isEmpty() && (passedOnce || !isInStartPeriod())) {
            failures++;
            if (failures >= check().retries()) {
                end();
                verdicts.hangs(failure.get());
            } else {
                verdicts.ails(failure.get(), failures);
            }
        }
        // A process that lives needs no asking again: its end is an event.
        if (!ended && !(passedOnce && probe() instanceof Probe.Alive)) {
            next = timers.after(interval(), () -> mailbox.execute(this::probeOnce));
        }
    }

    private boolean isInStartPeriod() {
        return clock.instant().isBefore(startedAt.plus(check().startPeriod()));
    }

    /** A module past its start period that never passed is probed at the ordinary interval, so that its retries mean time. */
    private Duration interval() {
        return passedOnce || !isInStartPeriod() ? check().interval() : STARTING_INTERVAL;
    }

    /** With its checks switched off, a module works as long as its process lives. */
    private Probe probe() {
        return check().enabled() ? launch.probe() : new Probe.Alive();
    }

    private HealthCheck check() {
        return launch.behavior().healthCheck();
    }
}
