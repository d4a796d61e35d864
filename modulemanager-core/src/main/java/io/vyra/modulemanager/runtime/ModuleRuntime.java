package io.vyra.modulemanager.runtime;

import io.vyra.modulemanager.module.Manifest;
import io.vyra.modulemanager.module.ModuleId;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Starts module instances and finds those that an earlier manager started.
 *
 * <p>Implementations are thread-safe. At most one process of a module runs at a time: the runtime itself refuses a second one,
 * whatever the caller believes. A second one beside it is what {@link #succession} is for.
 */
public interface ModuleRuntime {

    /** Short name for {@code runtime.kind} in the API, for example {@code process}. */
    String kind();

    /**
     * Starts the module. Returns once the program was executed, not once it works.
     *
     * @throws io.vyra.modulemanager.problem.ProblemException of type {@code START_FAILED} when the program does not exist, is not
     *     executable, its user is unknown or may not be taken, or the machine refuses another process
     */
    ModuleProcess start(LaunchSpec spec);

    /**
     * Finds what became of the launch that was intended for {@code generation}.
     *
     * @return {@link Adoption.Alive} with the process, which may be of another generation than the one asked for, but not one that was
     *     started beside that;
     *     {@link Adoption.Ended} with the evidence it left; or {@link Adoption.NeverStarted}
     */
    Adoption adopt(ModuleId module, long generation);

    /**
     * Refuses what cannot run here however ready it is made, before anything is fetched for it.
     *
     * @param version of the module, which need not be installed yet
     * @throws io.vyra.modulemanager.problem.ProblemException when the version cannot run here
     */
    default void admit(ModuleId module, String version, Manifest manifest) {}

    /**
     * Makes ready what a launch of a version needs, before anything that runs is touched. Calling again costs little.
     *
     * @param version of the module, which need not be installed yet
     * @param tree    the version's tree, unpacked and checked
     * @throws io.vyra.modulemanager.problem.ProblemException when the version cannot run here
     */
    default void prepare(ModuleId module, String version, Manifest manifest, Path tree) {}

    /** A version that was made ready is not going to be installed: what was made for it is subject to {@link #retain}. Never fails. */
    default void abandon(ModuleId module, String version) {}

    /** What {@link #prepare} made for other versions than these may go. Never fails. */
    default void retain(Map<ModuleId, Set<String>> versions) {}

    /** Ends whatever is left of the module that has no living process, and deletes its run-time files. */
    void forget(ModuleId module);

    /** How two versions run at once during an update; empty where they cannot. */
    default Optional<Succession> succession() {
        return Optional.empty();
    }

    /** How the engine is that it runs modules with; {@code ABSENT} where it needs none. Returns at once. */
    default EngineState engine() {
        return EngineState.ABSENT;
    }

    /** What became of an intended launch. */
    sealed interface Adoption {
        record Alive(ModuleProcess process) implements Adoption {}

        record Ended(ExitEvidence evidence) implements Adoption {}

        record NeverStarted() implements Adoption {}
    }

    /** Which limits this machine can enforce; the reason where it cannot. */
    LimitSupport limitSupport();

    /**
     * @param mechanism {@code cgroup-v2}, {@code cgroup-v1} or {@code none}
     * @param reason    why limits are not enforced; empty when they are
     */
    record LimitSupport(String mechanism, Optional<String> reason) {}
}
