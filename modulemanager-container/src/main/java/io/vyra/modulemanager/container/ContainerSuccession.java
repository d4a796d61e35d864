package io.vyra.modulemanager.container;

import io.vyra.modulemanager.container.ContainerRuntime.Parts;
import io.vyra.modulemanager.container.engine.ContainerState;
import io.vyra.modulemanager.container.engine.Engine;
import io.vyra.modulemanager.container.engine.EngineException;
import io.vyra.modulemanager.container.log.LogMerge;
import io.vyra.modulemanager.container.settings.ContainerLabels;
import io.vyra.modulemanager.module.ContainerSpec;
import io.vyra.modulemanager.module.Manifest;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.runtime.ContainerLaunch;
import io.vyra.modulemanager.runtime.LaunchSpec;
import io.vyra.modulemanager.runtime.ModuleProcess;
import io.vyra.modulemanager.runtime.RuntimeGround;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * A second container of a module, under another name, beside the module's own. Whoever calls sees to it that nobody else works on the module.
 *
 * <p>What an absent engine cannot remove is owed, and removed by {@link #pay} or by a later manager.
 */
final class ContainerSuccession {
    private static final Logger LOG = Logger.getLogger(ContainerSuccession.class);

    private final Engine engine;
    private final Parts parts;
    private final RuntimeGround ground;
    private final ContainerRecords own;
    private final BesideContainers beside;
    private final ContainerStart starting;
    private final ContainerProcesses processes;
    /** Generations that are to be all there is of a module. */
    private final Map<ModuleId, Long> owed = new ConcurrentHashMap<>();

    ContainerSuccession(
            Engine engine,
            Parts parts,
            RuntimeGround ground,
            ContainerRecords own,
            BesideContainers beside,
            ContainerStart starting,
            ContainerProcesses processes) {
        this.engine = engine;
        this.parts = parts;
        this.ground = ground;
        this.own = own;
        this.beside = beside;
        this.starting = starting;
        this.processes = processes;
    }

    Optional<String> obstacle(Manifest manifest) {
        return manifest.process()
                .flatMap(process -> process.container())
                .filter(this::sharesNetwork)
                .map(spec -> manifest.name() + " " + manifest.version()
                        + " shares the machine's network, in which nobody knows its ports");
    }

    private boolean sharesNetwork(ContainerSpec spec) {
        return parts.planner().network(spec).equals("host");
    }

    ModuleProcess start(LaunchSpec launch, ContainerLaunch container) {
        starting.require(launch, container);
        removeBeside(launch.module());
        LogMerge.clear(launch.logs());
        try {
            return starting.start(
                    launch, container, parts.labels().name(launch.module(), launch.generation()), beside::put);
        } catch (RuntimeException e) {
            undo(launch.module());
            throw e;
        }
    }

    /** What cannot be removed now is removed when the operation is undone. */
    private void undo(ModuleId module) {
        try {
            removeBeside(module);
        } catch (RuntimeException e) {
            LOG.warnf("failed launch beside not tidied up module=%s cause=%s", module, e.toString());
        }
    }

    List<ModuleProcess> others(ModuleId module, long generation) {
        List<ModuleProcess> others = new ArrayList<>();
        for (ContainerState state : containers(module)) {
            if (state.isAlive() && !BesideContainers.isOf(generation, state)) {
                long other = ContainerLabels.generation(state.labels()).orElse(0);
                others.add(processes.watched(state, other, List.of(), logs(module, state)));
            }
        }
        return others;
    }

    /** Two followers cannot write one log. */
    Path logs(ModuleId module, ContainerState state) {
        Path logs = ground.logs().apply(module);
        return beside.isBeside(module, state) ? logs.resolve(LaunchSpec.BESIDE) : logs;
    }

    /** The container of this generation is the module's own, if it was the one beside; the other one is still there. */
    void promote(ModuleId module, long generation) {
        beside.find(module).filter(record -> record.generation() == generation).ifPresent(own::put);
    }

    /** @throws EngineException when what is to go cannot be removed now */
    void settle(ModuleId module, long generation) {
        owed.put(module, generation);
        promote(module, generation);
        for (ContainerState state : containers(module)) {
            if (BesideContainers.isOf(generation, state)) {
                processes.logInto(state.id(), ground.logs().apply(module));
            } else {
                engine.remove(state.id());
            }
        }
        beside.delete(module);
        owed.remove(module);
    }

    private void removeBeside(ModuleId module) {
        for (ContainerState state : containers(module)) {
            if (beside.isBeside(module, state)) {
                engine.remove(state.id());
            }
        }
        beside.delete(module);
    }

    /** Whether a launch beside was begun, or ended, and not settled. */
    boolean isOpen(ModuleId module) {
        return owed.containsKey(module) || beside.find(module).isPresent();
    }

    Map<ModuleId, Long> owed() {
        return Map.copyOf(owed);
    }

    private List<ContainerState> containers(ModuleId module) {
        return engine.find(parts.labels().of(module)).stream()
                .flatMap(id -> engine.inspect(id).stream())
                .toList();
    }
}
