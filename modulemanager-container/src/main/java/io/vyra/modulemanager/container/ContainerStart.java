package io.vyra.modulemanager.container;

import io.vyra.modulemanager.container.ContainerRuntime.Parts;
import io.vyra.modulemanager.container.engine.ContainerState;
import io.vyra.modulemanager.container.engine.Engine;
import io.vyra.modulemanager.container.engine.EngineException;
import io.vyra.modulemanager.container.engine.EngineFacts;
import io.vyra.modulemanager.container.engine.PortConflict;
import io.vyra.modulemanager.container.settings.ContainerSettings;
import io.vyra.modulemanager.container.settings.ReadyImage;
import io.vyra.modulemanager.module.Manifest;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import io.vyra.modulemanager.runtime.ContainerLaunch;
import io.vyra.modulemanager.runtime.LaunchSpec;
import io.vyra.modulemanager.runtime.ModuleProcess;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Makes a module's container and starts it. Order of what is durable: the record that the launch is intended, the container (made, then
 * started) with the launch in its labels, the record of the container. Thread-safe for different modules.
 */
final class ContainerStart {
    private static final Logger LOG = Logger.getLogger(ContainerStart.class);

    private final Engine engine;
    private final Parts parts;
    private final InstantSource clock;
    private final ContainerProcesses processes;
    private volatile EngineFacts known;

    ContainerStart(Engine engine, Parts parts, InstantSource clock, ContainerProcesses processes) {
        this.engine = engine;
        this.parts = parts;
        this.clock = clock;
        this.processes = processes;
    }

    /** What is refused before anything is touched. */
    void require(LaunchSpec launch, ContainerLaunch container) {
        parts.policy().require(launch.module(), container.spec());
        requireGpu(launch.module(), container.requirements(), facts());
    }

    /**
     * @param name     of the container
     * @param intended what is known of the launch so far
     * @param record   makes durable what is known of it
     */
    ModuleProcess start(
            LaunchSpec launch,
            ContainerLaunch container,
            String name,
            ContainerRecord intended,
            Consumer<ContainerRecord> record) {
        record.accept(intended);
        ReadyImage image = parts.images()
                .require(launch.module(), container.version(), container.spec().image(), launch.tree());
        ContainerSettings settings = parts.planner().plan(launch, container, image, name);
        List<String> unenforced = facts().limits().unenforced(settings.limits());
        Engine.Created created = made(settings);
        ContainerState state = engine.inspect(created.id())
                .orElseThrow(() -> new EngineException(
                        EngineException.Reason.NOT_FOUND, "its container was removed as soon as it was started"));
        Instant startedAt = state.startedAt().orElseGet(clock::instant);
        // What the engine says it leaves out, and what it is known to leave out without a word.
        List<String> notes =
                Stream.concat(created.warnings().stream(), unenforced.stream()).toList();
        record.accept(intended.started(created.id(), startedAt, notes));
        LOG.infof(
                "Module container started module=%s generation=%d container=%s pid=%d",
                launch.module(), launch.generation(), created.id(), state.pid());
        return processes.watched(state, launch.generation(), notes, launch.logs());
    }

    /** Makes the container and starts it. */
    private Engine.Created made(ContainerSettings settings) {
        try {
            Engine.Created created = engine.create(settings);
            engine.start(created.id());
            return created;
        } catch (EngineException e) {
            throw PortConflict.explain(e, settings.ports());
        }
    }

    /** Asked anew, because somebody may have set the engine up in another way. */
    EngineFacts freshFacts() {
        known = engine.facts();
        return known;
    }

    /** Asked once: what an engine is and may limit is decided when it is set up. */
    private EngineFacts facts() {
        EngineFacts facts = known;
        return facts == null ? freshFacts() : facts;
    }

    /** An engine that leaves the request out without a word would let the module find out. */
    static void requireGpu(ModuleId module, Manifest.Requirements requirements, EngineFacts facts) {
        if (requirements.gpu() && !facts.givesGpus()) {
            throw new ProblemException(
                    ProblemType.UNSUPPORTED_PLATFORM,
                    module.name() + " needs a GPU, which " + facts.kind().title() + "'s service gives no container."
                            + " Run it with Docker.");
        }
    }
}
