package io.vyra.modulemanager.supervision;

import io.vyra.modulemanager.ModuleView.Phase;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.runtime.ModuleProcess;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a module is doing now. A transition exists as a method only on the states it may be made from.
 *
 * <p>Every state says since when and why, in words.
 */
public sealed interface InstanceState {

    Instant since();

    String reason();

    Phase phase();

    /** The process, in the states that have one. */
    default Optional<ModuleProcess> process() {
        return Optional.empty();
    }

    /** Another process, which has proved itself beside this one or where this one has ended, is the module's from now on. */
    default Running toSuccessor(ModuleProcess successor, Instant at, String cause) {
        return new Running(successor, at, cause);
    }

    /** When the manager tries again by itself. */
    default Optional<Instant> nextRetry() {
        return Optional.empty();
    }

    /** A state from which a launch may be made. */
    sealed interface Launchable extends InstanceState {
        default Starting toStarting(ModuleProcess process, Instant at, String cause) {
            return new Starting(process, at, cause);
        }

        default Waiting toWaiting(List<ModuleId> blockers, Instant at) {
            return new Waiting(blockers, at);
        }

        default Stopped toStopped(Instant at, String cause) {
            return new Stopped(at, cause);
        }

        default Backoff toBackoff(Instant until, Instant at, String cause) {
            return new Backoff(until, at, cause);
        }

        default Failed toFailed(Optional<Instant> retryAt, Instant at, String cause) {
            return new Failed(retryAt, at, cause);
        }
    }

    /** A state with a living process. */
    sealed interface Living extends InstanceState {
        ModuleProcess alive();

        @Override
        default Optional<ModuleProcess> process() {
            return Optional.of(alive());
        }

        default Stopping toStopping(Afterwards afterwards, Instant at, String cause) {
            return new Stopping(alive(), afterwards, at, cause);
        }

        /** Its process has ended; where it goes next is decided from there. */
        default Stopped toEnded(Instant at, String cause) {
            return new Stopped(at, cause);
        }
    }

    record Stopped(Instant since, String reason) implements Launchable {
        @Override
        public Phase phase() {
            return Phase.STOPPED;
        }
    }

    /** Wants to run, but modules it needs do not. */
    record Waiting(List<ModuleId> blockers, Instant since) implements Launchable {
        public Waiting {
            blockers = List.copyOf(blockers);
        }

        @Override
        public String reason() {
            return "waits for "
                    + String.join(
                            ", ", blockers.stream().map(ModuleId::toString).toList()) + " to run";
        }

        @Override
        public Phase phase() {
            return Phase.STARTING;
        }
    }

    /** Its process lives, its first probe has not passed yet. */
    record Starting(ModuleProcess alive, Instant since, String reason) implements Living {
        public Starting {
            Objects.requireNonNull(alive, "alive");
        }

        public Running toRunning(Instant at, String cause) {
            return new Running(alive, at, cause);
        }

        public Suspended toSuspended(Instant at, String cause) {
            return new Suspended(alive, at, cause);
        }

        @Override
        public Phase phase() {
            return Phase.STARTING;
        }
    }

    record Running(ModuleProcess alive, Instant since, String reason) implements Living {
        public Suspended toSuspended(Instant at, String cause) {
            return new Suspended(alive, at, cause);
        }

        @Override
        public Phase phase() {
            return Phase.RUNNING;
        }
    }

    record Suspended(ModuleProcess alive, Instant since, String reason) implements Living {
        public Running toRunning(Instant at, String cause) {
            return new Running(alive, at, cause);
        }

        @Override
        public Phase phase() {
            return Phase.SUSPENDED;
        }
    }

    /** What follows when a stopping process has ended, if the module is still wanted then. */
    enum Afterwards {
        /** Nothing; the desired state decides. */
        REST,
        /** Started again at once. */
        START,
        /** Counted as a failure: it hung. */
        BACK_OFF
    }

    record Stopping(ModuleProcess alive, Afterwards afterwards, Instant since, String reason) implements Living {
        @Override
        public Phase phase() {
            return Phase.STOPPING;
        }
    }

    /** Ended against the desired state; starts again at {@code until}. */
    record Backoff(Instant until, Instant since, String reason) implements Launchable {
        @Override
        public Optional<Instant> nextRetry() {
            return Optional.of(until);
        }

        @Override
        public Phase phase() {
            return Phase.BACKOFF;
        }
    }

    /** Its restart budget is spent; it is tried again slowly, or not at all when its manifest forbids restarts. */
    record Failed(Optional<Instant> retryAt, Instant since, String reason) implements Launchable {
        @Override
        public Optional<Instant> nextRetry() {
            return retryAt;
        }

        @Override
        public Phase phase() {
            return Phase.FAILED;
        }
    }
}
