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

    /**
     * One log is made of the two that a module's containers wrote: the one beside goes behind the module's own. Nobody writes meanwhile.
     *
     * @param own     the container that is left, if one is
     * @param removed the one that is not, if there was one
     */
    void mergeLogs(Optional<String> own, Optional<String> removed, Path beside, Path logs) {
        removed.flatMap(watch::find).ifPresent(ContainerProcess::closeLog);
        Runnable merge = () -> LogMerge.move(beside, logs, ground.rotation());
        own.flatMap(watch::find).ifPresentOrElse(process -> process.logInto(logs, merge), merge);
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
