package io.vyra.modulemanager.container;

import io.vyra.modulemanager.container.ContainerRecord.LogPlace;
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
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * A second container of a module, under another name, beside the module's own. Whoever calls sees to it that nobody else works on the module.
 *
 * <p>What an absent engine cannot remove is owed: it is removed when the engine is back, or by a later manager.
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

    /** Of a module's own container: it has the module's name, unless the one beside it may have that. */
    String name(LaunchSpec launch) {
        return beside.find(launch.module()).isPresent()
                ? parts.labels().name(launch.module(), launch.generation())
                : parts.labels().name(launch.module());
    }

    ModuleProcess start(LaunchSpec launch, ContainerLaunch container) {
        starting.require(launch, container);
        removeBeside(launch.module());
        LogMerge.clear(launch.logs());
        try {
            return starting.start(
                    launch,
                    container,
                    parts.labels().name(launch.module(), launch.generation()),
                    ContainerRecord.intended(launch.module(), launch.generation(), LogPlace.BESIDE),
                    beside::put);
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

    /** Where what this container prints is written. */
    Path logs(ModuleId module, ContainerState state) {
        boolean isBeside = recorded(module)
                .filter(record -> BesideContainers.isOf(record.generation(), state))
                .anyMatch(record -> record.log() == LogPlace.BESIDE);
        return isBeside ? besideLogs(module) : ground.logs().apply(module);
    }

    private Path besideLogs(ModuleId module) {
        return ground.logs().apply(module).resolve(LaunchSpec.BESIDE);
    }

    private Stream<ContainerRecord> recorded(ModuleId module) {
        return Stream.concat(own.find(module).stream(), beside.find(module).stream());
    }

    /** Whether there may be a container of the module that is, or will be by its {@linkplain #promote promotion}, its own. */
    boolean isKnown(ModuleId module, long generation) {
        return own.find(module).isPresent() || isBeside(module, generation);
    }

    private boolean isBeside(ModuleId module, long generation) {
        return beside.find(module)
                .filter(record -> record.generation() == generation)
                .isPresent();
    }

    /**
     * The container of this generation is the module's own from now on, and the one that was is the one beside it: neither is touched, and what
     * is done about the module's own does not concern the other.
     *
     * @throws EngineException when only the engine could tell which other one there is
     */
    void promote(ModuleId module, long generation) {
        Optional<ContainerRecord> second = beside.find(module);
        if (second.isEmpty()) {
            return;
        }
        ContainerRecord successor = second.get();
        Optional<ContainerRecord> first = own.find(module);
        // The crash of an earlier manager came between the two records.
        boolean isHalf = first.filter(record -> record.generation() == successor.generation())
                .isPresent();
        if (successor.generation() == generation) {
            Optional<ContainerRecord> before = isHalf || first.isEmpty() ? other(module, successor) : first;
            own.put(successor);
            before.ifPresentOrElse(beside::put, () -> beside.delete(module));
        } else if (isHalf) {
            other(module, successor).ifPresentOrElse(own::put, () -> own.delete(module));
        }
    }

    /** What the engine knows of a container that is not this one. */
    private Optional<ContainerRecord> other(ModuleId module, ContainerRecord one) {
        LogPlace log = one.log() == LogPlace.OWN ? LogPlace.BESIDE : LogPlace.OWN;
        return containers(module).stream()
                .filter(state -> !BesideContainers.isOf(one.generation(), state))
                .findFirst()
                .flatMap(state -> ContainerLabels.generation(state.labels()).stream()
                        .mapToObj(generation -> ContainerRecord.intended(module, generation, log)
                                .started(state.id(), state.startedAt().orElseGet(ground.clock()::instant), List.of()))
                        .findFirst());
    }

    /**
     * Removes the container beside the one of this generation, and makes one log of the two.
     *
     * @throws EngineException when it cannot be removed now
     */
    void settle(ModuleId module, long generation) {
        owed.put(module, generation);
        promote(module, generation);
        Optional<ContainerRecord> other = beside.find(module);
        Optional<String> removed = other.flatMap(record -> removed(module, record.generation()));
        Optional<ContainerRecord> mine = own.find(module);
        if (recorded(module).anyMatch(record -> record.log() == LogPlace.BESIDE)) {
            processes.mergeLogs(
                    mine.flatMap(ContainerRecord::container),
                    removed,
                    besideLogs(module),
                    ground.logs().apply(module));
        }
        mine.filter(record -> record.log() == LogPlace.BESIDE).ifPresent(record -> own.put(record.with(LogPlace.OWN)));
        beside.delete(module);
        owed.remove(module);
    }

    private void removeBeside(ModuleId module) {
        beside.find(module).ifPresent(record -> removed(module, record.generation()));
        beside.delete(module);
    }

    private Optional<String> removed(ModuleId module, long generation) {
        Optional<String> found = containers(module).stream()
                .filter(state -> BesideContainers.isOf(generation, state))
                .map(ContainerState::id)
                .findFirst();
        found.ifPresent(engine::remove);
        return found;
    }

    /** Whether a launch beside was begun, or ended, and not settled. */
    boolean isOpen(ModuleId module) {
        return owed.containsKey(module)
                || beside.find(module).isPresent()
                || own.find(module)
                        .filter(record -> record.log() == LogPlace.BESIDE)
                        .isPresent();
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
