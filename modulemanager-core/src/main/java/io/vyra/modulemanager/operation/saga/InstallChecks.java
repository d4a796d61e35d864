package io.vyra.modulemanager.operation.saga;

import io.vyra.modulemanager.module.Manifest;
import io.vyra.modulemanager.module.ModuleId;
import java.nio.file.Path;

/** What can only be checked once a package is unpacked. */
@FunctionalInterface
public interface InstallChecks {

    /**
     * @param tree the unpacked package
     * @throws io.vyra.modulemanager.problem.ProblemException when the module cannot run on this machine: architecture, memory,
     *     ports, devices, a command that does not exist
     */
    void check(ModuleId module, Manifest manifest, Path tree);
}
