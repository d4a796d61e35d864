package io.vyra.modulemanager.supervision;

import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import io.vyra.modulemanager.supervision.InstanceState.Running;
import io.vyra.modulemanager.supervision.InstanceState.Stopped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** The supervisors of all modules. Thread-safe. */
public final class Supervision {
    private static final Logger LOG = Logger.getLogger(Supervision.class);
    private static final String SHUTDOWN = "the module manager is stopping its modules";

    private final SupervisionParts parts;
    private final Map<ModuleId, ModuleSupervisor> supervisors = new ConcurrentSkipListMap<>();

    public Supervision(SupervisionParts parts) {
        SupervisionListener outer = parts.listener();
        this.parts = parts.withListener((module, from, to) -> {
            tell(outer, module, from, to);
            tellDependents(module, from, to);
        });
    }

    /** What others make of a change must not keep a module from changing. */
    private static void tell(SupervisionListener listener, ModuleId module, InstanceState from, InstanceState to) {
        try {
            listener.changed(module, from, to);
        } catch (RuntimeException e) {
            LOG.errorf(e, "Listener broke module=%s to=%s", module, to.phase().wire());
        }
    }

    private void tellDependents(ModuleId module, InstanceState from, InstanceState to) {
        boolean ran = from instanceof Running;
        boolean runs = to instanceof Running;
        if (ran != runs) {
            supervisors.values().forEach(other -> other.needsChanged(module, runs));
        }
    }

    /**
     * Takes a module under supervision; {@link ModuleSupervisor#begin} sets it going. Idempotent.
     *
     * @param heldBy operation that keeps it stopped for now
     */
    public ModuleSupervisor add(ModuleId module, Optional<String> heldBy) {
        return supervisors.computeIfAbsent(module, id -> new ModuleSupervisor(id, parts, heldBy));
    }

    /** Lets go of a module that is gone. */
    public void remove(ModuleId module) {
        ModuleSupervisor removed = supervisors.remove(module);
        if (removed != null) {
            removed.detach();
        }
    }

    public Optional<ModuleSupervisor> find(ModuleId module) {
        return Optional.ofNullable(supervisors.get(module));
    }

    /** For an update in which two versions run at once. */
    public HandOver handOver() {
        return new HandOver(parts);
    }

    /** @throws ProblemException {@code MODULE_NOT_FOUND} */
    public ModuleSupervisor require(ModuleId module) {
        return find(module)
                .orElseThrow(() -> new ProblemException(
                        ProblemType.MODULE_NOT_FOUND,
                        "Module " + module + " is not installed, so it cannot be supervised."));
    }

    /** Ends every hold of an operation that has ended. */
    public void releaseAll(String by, String cause) {
        supervisors.values().forEach(supervisor -> supervisor.release(by, cause));
    }

    /** What runs modules in containers works again: those that could not be started are started at once. */
    public void containersRecovered(String cause) {
        supervisors.values().forEach(supervisor -> supervisor.containersRecovered(cause));
    }

    /** Leaves every module running and stops caring: for a restart of the manager. */
    public void detachAll() {
        supervisors.values().forEach(ModuleSupervisor::detach);
    }

    /**
     * Stops every module, dependents before what they need, without touching what is desired: for a manager whose modules end
     * with it.
     *
     * @param needsOf  what a module needs
     * @param patience for all together
     * @return modules that were still alive at the end
     */
    public List<ModuleId> stopAll(Function<ModuleId, Set<ModuleId>> needsOf, Duration patience) {
        long until = System.nanoTime() + patience.toNanos();
        Set<ModuleId> left = new HashSet<>(supervisors.keySet());
        while (!left.isEmpty()) {
            List<ModuleId> wave = notNeededByOthers(left, needsOf);
            List<CompletableFuture<InstanceState>> ends = new ArrayList<>();
            for (ModuleId id : wave) {
                ModuleSupervisor supervisor = supervisors.get(id);
                supervisor.hold(SHUTDOWN, SHUTDOWN);
                ends.add(supervisor.when(Stopped.class::isInstance));
            }
            try {
                CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new))
                        .get(Math.max(1, until - System.nanoTime()), TimeUnit.NANOSECONDS);
            } catch (TimeoutException | ExecutionException e) {
                LOG.warnf("Modules did not stop in time modules=%s", wave);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return List.copyOf(left);
            }
            wave.forEach(left::remove);
        }
        return supervisors.entrySet().stream()
                .filter(entry -> entry.getValue().state().process().isPresent())
                .map(Map.Entry::getKey)
                .toList();
    }

    private static List<ModuleId> notNeededByOthers(Set<ModuleId> left, Function<ModuleId, Set<ModuleId>> needsOf) {
        Set<ModuleId> needed = new HashSet<>();
        left.forEach(id -> needed.addAll(needsOf.apply(id)));
        List<ModuleId> free = left.stream().filter(id -> !needed.contains(id)).toList();
        // A cycle cannot be planned, but a damaged installation may hold one: then all of it goes at once.
        return free.isEmpty() ? List.copyOf(left) : free;
    }
}
