package io.vyra.modulemanager.manager;

import io.vyra.modulemanager.instance.Desired;
import io.vyra.modulemanager.instance.InstanceRecord;
import io.vyra.modulemanager.instance.InstanceRegistry;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.operation.InterruptedOperations;
import io.vyra.modulemanager.operation.Operations;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.store.Leftovers;
import io.vyra.modulemanager.store.ModuleStore;
import io.vyra.modulemanager.supervision.HandOver;
import io.vyra.modulemanager.supervision.ModuleSupervisor;
import io.vyra.modulemanager.supervision.Supervision;
import java.util.Optional;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Makes the disk and the processes follow the database at a start.
 *
 * <p>What belongs to an unfinished operation is left to that operation.
 */
final class StartReconciliation {
    private static final Logger LOG = Logger.getLogger(StartReconciliation.class);

    private final InstanceRegistry registry;
    private final ModuleStore store;
    private final Consumer<ModuleId> discard;
    private final Consumer<ModuleId> end;
    private final HandOver handOver;

    /**
     * @param discard takes a module that was being removed out of everything
     * @param end     ends whatever runs of a module
     * @param handOver leaves no second process of a module whose update is not under way
     */
    StartReconciliation(
            InstanceRegistry registry,
            ModuleStore store,
            Consumer<ModuleId> discard,
            Consumer<ModuleId> end,
            HandOver handOver) {
        this.registry = registry;
        this.store = store;
        this.discard = discard;
        this.end = end;
        this.handOver = handOver;
    }

    /** Brings disk, processes and operations in line with the database, then lets everything run. */
    void bringUp(Operations operations, Supervision supervision) {
        InterruptedOperations interrupted = operations.interrupted();
        reconcileDisk(interrupted);
        registry.all().stream()
                .filter(record -> record.versions().current().isPresent())
                .forEach(record -> supervision.add(
                        record.id(),
                        Optional.ofNullable(
                                interrupted.holding().get(record.id().toString()))));
        registry.all().stream()
                .filter(record -> !interrupted.modules().contains(record.id().toString()))
                .forEach(record -> handOver.settle(record.id()));
        registry.all().forEach(record -> supervision.find(record.id()).ifPresent(ModuleSupervisor::begin));
        operations.resume();
    }

    private void reconcileDisk(InterruptedOperations interrupted) {
        store.discardPartials();
        Leftovers leftovers = store.leftovers();
        leftovers.stagings().stream()
                .filter(name -> !interrupted.ids().contains(name))
                .filter(name -> interrupted.uploads().stream().noneMatch(upload -> upload.endsWith(name)))
                .forEach(store::discardStaging);
        leftovers.snapshots().stream()
                .filter(snapshot -> !interrupted.ids().contains(snapshot.operationId()))
                .forEach(snapshot -> store.dropSnapshot(snapshot.module(), snapshot.operationId()));
        leftovers.unknown().forEach(name -> LOG.warnf("Unknown file left alone file=%s", name));
        for (ModuleId module : store.moduleIds()) {
            if (!interrupted.modules().contains(module.toString())
                    && registry.find(module).isEmpty()) {
                // Only a restored older state leaves such a folder. It may be all that is left of somebody's data.
                LOG.warnf(
                        "Module is unknown to this state, its processes are ended and its folder is left alone"
                                + " module=%s; delete the folder, or restore the state that knows it",
                        module);
                attempt(module, end);
            }
        }
        registry.all().stream()
                .filter(record -> !interrupted.modules().contains(record.id().toString()))
                .forEach(this::reconcile);
    }

    /** A container engine that is not there must not keep the other modules from running. */
    private static void attempt(ModuleId module, Consumer<ModuleId> action) {
        try {
            action.accept(module);
        } catch (ProblemException e) {
            LOG.warnf(
                    "Left for the next start module=%s cause=%s",
                    module, e.problem().detail());
        }
    }

    private void reconcile(InstanceRecord record) {
        if (record.desired() == Desired.REMOVED) {
            LOG.infof("Removal finished module=%s", record.id());
            attempt(record.id(), discard);
            return;
        }
        Optional<String> current = record.versions().current();
        if (current.isEmpty()) {
            LOG.warnf("Module without a version discarded module=%s", record.id());
            attempt(record.id(), discard);
        } else if (!store.hasVersion(record.id(), current.get())) {
            LOG.errorf("Version missing on disk module=%s version=%s; install it again", record.id(), current.get());
        } else if (!store.current(record.id()).equals(current)) {
            LOG.warnf("Current version corrected module=%s version=%s", record.id(), current.get());
            store.switchCurrent(record.id(), current.get());
        }
    }
}
