package io.vyra.modulemanager.container;

import io.vyra.modulemanager.container.engine.ContainerState;
import io.vyra.modulemanager.container.engine.Engine;
import io.vyra.modulemanager.container.engine.EngineException;
import io.vyra.modulemanager.container.settings.ContainerLabels;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * What launches leave behind in the engine, and when it goes. What an absent engine cannot remove is owed: it is removed when the engine is
 * back, or by a later manager. Thread-safe for different modules.
 */
final class ContainerLeftovers {
    private static final Logger LOG = Logger.getLogger(ContainerLeftovers.class);

    private final Engine engine;
    private final ContainerLabels labels;
    private final ContainerRecords records;
    private final BesideContainers beside;
    private final Set<ModuleId> owed = ConcurrentHashMap.newKeySet();
    /** Modules that earlier managers launched, as long as this one has not looked after them. */
    private final Set<ModuleId> earlier = ConcurrentHashMap.newKeySet();

    ContainerLeftovers(Engine engine, ContainerLabels labels, ContainerRecords records, BesideContainers beside) {
        this.engine = engine;
        this.labels = labels;
        this.records = records;
        this.beside = beside;
        this.earlier.addAll(records.all());
        this.earlier.addAll(beside.all());
    }

    /** From now on this manager looks after the module. */
    void known(ModuleId module) {
        earlier.remove(module);
    }

    List<ModuleId> ofEarlierManagers() {
        return List.copyOf(earlier);
    }

    List<ModuleId> owed() {
        return List.copyOf(owed);
    }

    boolean isOwed(ModuleId module) {
        return owed.contains(module);
    }

    /**
     * Removes what earlier launches left. A container that lives and was reported as started is refused; one that lives although its launch
     * counts as failed, because the engine went away in the middle of it, is nobody's and goes, too.
     */
    void makeRoom(ModuleId module) {
        Optional<String> reported = records.find(module).flatMap(ContainerRecord::container);
        for (String id : own(module)) {
            boolean isAlive = engine.inspect(id).filter(ContainerState::isAlive).isPresent();
            if (isAlive && reported.filter(id::equals).isPresent()) {
                throw new ProblemException(
                        ProblemType.CONFLICT, "A container of " + module + " is still alive. Stop the module first.");
            }
            if (isAlive) {
                LOG.warnf("Container of a failed launch ended module=%s container=%s", module, id);
            }
            engine.remove(id);
        }
        owed.remove(module);
    }

    /** After a launch that failed nothing of it is left; what cannot be removed now is found by the next launch. */
    void undo(ModuleId module) {
        try {
            removeAll(module);
        } catch (RuntimeException e) {
            LOG.warnf("failed launch not tidied up module=%s cause=%s", module, e.toString());
        }
    }

    /** Returns whether everything is gone; where it is not, the rest is owed. */
    boolean remove(ModuleId module) {
        try {
            removeAll(module);
            owed.remove(module);
            return true;
        } catch (EngineException e) {
            if (!e.isUnreachable()) {
                throw e;
            }
            LOG.warnf("Container left until the engine is back module=%s cause=%s", module, e.getMessage());
            owed.add(module);
            return false;
        }
    }

    private void removeAll(ModuleId module) {
        for (String id : own(module)) {
            engine.remove(id);
        }
        records.delete(module);
    }

    /** All containers of the module but the one beside its own, which is the business of whoever started it. */
    private List<String> own(ModuleId module) {
        List<String> all = engine.find(labels.of(module));
        return beside.find(module).isEmpty()
                ? all
                : all.stream()
                        .filter(id -> engine.inspect(id)
                                .filter(state -> beside.isBeside(module, state))
                                .isEmpty())
                        .toList();
    }
}
