package io.vyra.modulemanager.container;

import io.vyra.modulemanager.container.engine.ContainerState;
import io.vyra.modulemanager.container.engine.Engine;
import io.vyra.modulemanager.container.log.ContainerLog;
import io.vyra.modulemanager.container.log.LogMerge;
import io.vyra.modulemanager.runtime.ExitEvidence;
import io.vyra.modulemanager.runtime.ModuleProcess;
import io.vyra.modulemanager.runtime.ProcessIdentity;
import io.vyra.modulemanager.runtime.RuntimeGround;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Turns what an engine says of containers into what a manager sees of modules. Thread-safe for different containers. */
final class ContainerProcesses {
    private final Engine engine;
    private final RuntimeGround ground;
    private final EngineWatch watch;

    ContainerProcesses(Engine engine, RuntimeGround ground, EngineWatch watch) {
        this.engine = engine;
        this.ground = ground;
        this.watch = watch;
    }

    /** Each container is watched, and its log followed, once. */
    ModuleProcess watched(ContainerState state, long generation, List<String> notes, Path logs) {
        Optional<ContainerProcess> known = watch.find(state.id());
        if (known.isPresent()) {
            return known.get();
        }
        ContainerProcess process = process(state, generation, notes, logs);
        watch.add(process);
        return process;
    }

    /** Of one that has ended; what it printed is read to the end. */
    ExitEvidence evidence(ContainerState ended, long generation, List<String> notes, Path logs) {
        Optional<ContainerProcess> known = watch.find(ended.id());
        if (known.isPresent()) {
            return known.get().evidence(ended);
        }
        ContainerProcess past = process(ended, generation, notes, logs);
        ExitEvidence evidence = past.evidence(ended);
        past.detach();
        return evidence;
    }

    /** The container was beside its module's own and is that now: so is its log. */
    void logInto(String container, Path logs) {
        Optional<ContainerProcess> process = watch.find(container);
        if (process.isPresent()) {
            process.get().logInto(logs, before -> {
                LogMerge.move(before, logs, ground.rotation());
                return log(container, logs);
            });
        }
    }

    private ContainerLog log(String container, Path logs) {
        return ContainerLog.follow(engine, container, logs, ground.rotation(), ground.watch());
    }

    private ContainerProcess process(ContainerState state, long generation, List<String> notes, Path logs) {
        ProcessIdentity identity =
                ContainerProcess.identity(state, generation, ground.clock().instant());
        return new ContainerProcess(engine, ground.clock(), identity, notes, log(state.id(), logs));
    }
}
