package io.vyra.modulemanager.runtime;

import io.vyra.modulemanager.module.Manifest;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Runs each module as its manifest says: as a process, or in a container once somebody has plugged in a runtime for those. The core is
 * built before any adapter is.
 *
 * <p>Thread-safe.
 */
public final class RuntimeChoice implements ModuleRuntime {
    /** Only SLIM is built without an adapter. */
    private static final Absence IN_SLIM = new Absence(
            "this is the SLIM distribution without containers",
            "replace the manager by SLIM with containers (--slim --with-containers) or by the full distribution:"
                    + " docs/slim-mode.md");

    private final ModuleRuntime processes;
    private volatile Optional<ModuleRuntime> containers = Optional.empty();
    private volatile Absence absence = IN_SLIM;
    private volatile Consumer<String> recovery = cause -> {};

    public RuntimeChoice(ModuleRuntime processes) {
        this.processes = processes;
    }

    /** From now on this one runs containers. To be called before modules are started. */
    public void plug(ModuleRuntime runtime) {
        containers = Optional.of(runtime);
    }

    /** @param listener is told, with why in words, when containers can be started again after some could not */
    public void onRecovery(Consumer<String> listener) {
        recovery = listener;
    }

    /** To be called by the runtime of containers. */
    public void recovered(String cause) {
        recovery.accept(cause);
    }

    /**
     * @param reason why there is no runtime for containers, as half a sentence
     * @param remedy what else to do than to choose a process, as the end of a sentence
     */
    public void withoutContainers(String reason, String remedy) {
        absence = new Absence(reason, remedy);
    }

    private record Absence(String reason, String remedy) {}

    @Override
    public String kind() {
        return processes.kind();
    }

    @Override
    public ModuleProcess start(LaunchSpec spec) {
        return spec.container().isPresent()
                ? forContainers(ProblemType.START_FAILED, spec.module().toString())
                        .start(spec)
                : processes.start(spec);
    }

    /** Containers are asked first: what there is of one is known to them without asking an engine. */
    @Override
    public Adoption adopt(ModuleId module, long generation) {
        Optional<Adoption> contained = containers
                .map(runtime -> runtime.adopt(module, generation))
                .filter(adoption -> !(adoption instanceof Adoption.NeverStarted));
        return contained.orElseGet(() -> processes.adopt(module, generation));
    }

    @Override
    public void admit(ModuleId module, String version, Manifest manifest) {
        if (isContainer(manifest)) {
            forInstall(module, version).admit(module, version, manifest);
        }
    }

    @Override
    public void prepare(ModuleId module, String version, Manifest manifest, Path tree) {
        if (isContainer(manifest)) {
            forInstall(module, version).prepare(module, version, manifest, tree);
        }
    }

    private static boolean isContainer(Manifest manifest) {
        return manifest.process().flatMap(process -> process.container()).isPresent();
    }

    private ModuleRuntime forInstall(ModuleId module, String version) {
        return forContainers(ProblemType.NOT_IMPLEMENTED, module.name() + " " + version);
    }

    @Override
    public void abandon(ModuleId module, String version) {
        containers.ifPresent(runtime -> runtime.abandon(module, version));
    }

    private ModuleRuntime forContainers(ProblemType type, String what) {
        Absence why = absence;
        return containers.orElseThrow(() -> new ProblemException(
                type,
                what + " runs in a container (kind: container in .module/module_runtime.yaml), but " + why.reason()
                        + ". Choose a version that runs as a process, or " + why.remedy() + "."));
    }

    @Override
    public void retain(Map<ModuleId, Set<String>> versions) {
        processes.retain(versions);
        containers.ifPresent(runtime -> runtime.retain(versions));
    }

    @Override
    public void forget(ModuleId module) {
        containers.ifPresent(runtime -> runtime.forget(module));
        processes.forget(module);
    }

    @Override
    public Optional<Succession> succession() {
        return containers.flatMap(ModuleRuntime::succession);
    }

    @Override
    public EngineState engine() {
        return containers.map(ModuleRuntime::engine).orElse(EngineState.ABSENT);
    }

    @Override
    public LimitSupport limitSupport() {
        return processes.limitSupport();
    }
}
