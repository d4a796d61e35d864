package io.vyra.modulemanager.runtime;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** One started module. Thread-safe; after the exit every command is a no-op. */
public interface ModuleProcess {

    ProcessIdentity identity();

    /** Completes exactly once, when the module's main process has ended and its evidence is durable. Never fails. */
    CompletableFuture<ExitEvidence> exit();

    /** Sends the manifest's stop signal to the whole process group. Never fails: who stops it kills it later. */
    void requestStop(String signal);

    /** SIGKILL to everything the module started. Never fails: who kills it looks whether it ended, and kills it again. */
    void kill();

    /**
     * SIGSTOP to the whole process group.
     *
     * @throws io.vyra.modulemanager.problem.ProblemException {@code TIMED_OUT} when nobody took the command, see {@link #obstacle}
     */
    void pause();

    /**
     * SIGCONT to the whole process group.
     *
     * @throws io.vyra.modulemanager.problem.ProblemException as {@link #pause} does
     */
    void resume();

    /**
     * Whether {@link #pause()} holds at the moment, as the kernel sees it.
     *
     * @throws io.vyra.modulemanager.problem.ProblemException {@code TIMED_OUT} when nobody can tell
     */
    boolean isPaused();

    /**
     * What keeps the manager from seeing the module and commanding it, in words without a full stop; empty when nothing does. While there is
     * something, what is seen of the module, a failing probe for example, says nothing about it.
     */
    default Optional<String> obstacle() {
        return Optional.empty();
    }

    /** What the kernel says its main process is doing, in words, as evidence of a hang; empty when nothing can be said. */
    default String doing() {
        return "";
    }

    /** Short name for {@code runtime.kind} in the API. */
    default String kind() {
        return "process";
    }

    /**
     * Runs a probe's program where the module runs, with the module's environment and user.
     *
     * @return empty when that is simply this machine, so that the caller runs it itself
     */
    default Optional<ProbeResult> probe(List<String> command, Duration timeout) {
        return Optional.empty();
    }

    /** Present use of resources; empty once it has ended, and while nothing is known. */
    Optional<Usage> usage();

    /** Whether its limits are enforced; when not, which and why. */
    List<String> unenforcedLimits();

    /**
     * @param cpuSeconds  processor time used since the start, user and system, whole process tree
     * @param memoryBytes resident memory, whole process tree
     * @param processes   number of processes
     */
    record Usage(double cpuSeconds, long memoryBytes, int processes) {}
}
