package io.vyra.modulemanager.operation.saga;

import io.vyra.modulemanager.catalog.Plan;
import io.vyra.modulemanager.catalog.Plan.PlannedModule;
import io.vyra.modulemanager.module.Manifest;
import io.vyra.modulemanager.module.ModuleId;
import java.nio.file.Path;

/** What can only be checked once a package is unpacked. */
public interface InstallChecks {

    /**
     * What the manifest alone tells, before anything more is fetched for the version.
     *
     * @throws io.vyra.modulemanager.problem.ProblemException when such a module does not run with this manager
     */
    void admit(ModuleId module, Manifest manifest);

    /**
     * @param plan the whole plan, so that modules of one plan are checked against each other
     * @param step the module of the plan that was unpacked
     * @param tree the unpacked package
     * @throws io.vyra.modulemanager.problem.ProblemException when the module cannot run on this machine: architecture, memory,
     *     ports, devices, a command that does not exist
     */
    void check(Plan plan, PlannedModule step, Manifest manifest, Path tree);

    /**
     * A version that was checked and stored earlier is about to run again: what it needs of the runtime is looked at, and made again where it is
     * gone.
     *
     * @param tree of the version in the store
     * @throws io.vyra.modulemanager.problem.ProblemException when it cannot run here any more
     */
    default void ready(ModuleId module, Manifest manifest, Path tree) {}

    /** A version that was checked is not going to be installed. */
    default void abandon(ModuleId module, String version) {}
}
