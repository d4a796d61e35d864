package io.vyra.modulemanager.runtime;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.jboss.logging.Logger;

/**
 * Ends what a module left behind when its shim cannot do it any more.
 *
 * <p>Nothing is ever killed by its number alone. A process is the module's when its number, start time and boot match a record, or
 * when it carries the launch mark that every process inherits from the module's environment.
 */
final class Leftovers {
    /** Environment variable with the launch mark. */
    static final String MARK = "MM_LAUNCH";

    private static final Logger LOG = Logger.getLogger(Leftovers.class);
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(2);
    private final ProcessTable processes;

    Leftovers(ProcessTable processes) {
        this.processes = processes;
    }

    /** Kills every process whose mark begins with {@code mark}, and waits for a short time until they are gone. */
    void endMarked(String mark) {
        String pair = MARK + "=" + mark;
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        boolean found;
        do {
            found = false;
            for (ProcessTable.Entry entry : processes.all()) {
                if (!entry.isZombie() && processes.hasInEnvironment(entry.pid(), pair)) {
                    found |= kill(entry.pid(), same -> same.startTicks() == entry.startTicks());
                }
            }
        } while (found && isTimeLeft(deadline));
    }

    /** Kills this very process, if it lives. */
    void end(ProcessIdentity identity) {
        if (processes.isAlive(identity)) {
            kill(identity.pid(), entry -> entry.startTicks() == identity.startTicks());
        }
    }

    /** Kills the shim with this number, if it is one and is that of the module with this key in this run folder. */
    void endShim(long shimPid, RunFolder folder, String key) {
        if (processes.hasArguments(shimPid, List.of("run=" + folder.path(), "key=" + key))) {
            kill(shimPid, shim -> true);
        }
    }

    /** The handle is taken before the check and refuses to kill a successor of the process it was taken of. */
    private boolean kill(long pid, Predicate<ProcessTable.Entry> isStillIt) {
        Optional<ProcessHandle> handle = ProcessHandle.of(pid);
        if (handle.isEmpty() || !processes.find(pid).filter(isStillIt).isPresent()) {
            return false;
        }
        LOG.warnf("leftover process killed pid=%d", pid);
        handle.get().destroyForcibly();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (processes
                .find(pid)
                .filter(isStillIt)
                .filter(entry -> !entry.isZombie())
                .isPresent()) {
            if (!isTimeLeft(deadline)) {
                LOG.warnf("leftover process did not end pid=%d", pid);
                return true;
            }
        }
        return true;
    }

    /** The kernel tells nobody but its parent of the end of a process (Java has no pidfd), so it is looked for. */
    private static boolean isTimeLeft(long deadline) {
        LockSupport.parkNanos(LOOK_AGAIN.toNanos());
        return System.nanoTime() < deadline && !Thread.currentThread().isInterrupted();
    }
}
