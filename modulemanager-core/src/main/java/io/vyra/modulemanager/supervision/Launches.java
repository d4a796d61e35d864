package io.vyra.modulemanager.supervision;

import io.vyra.modulemanager.module.Manifest;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.module.Probe;
import io.vyra.modulemanager.runtime.LaunchSpec;

/** Knows what to launch for a module: its current version, environment and folders. */
public interface Launches {

    /**
     * What to launch now; the module gets a new token, and the one it had is void.
     *
     * @throws io.vyra.modulemanager.problem.ProblemException when the installed version cannot be launched
     */
    Launch of(ModuleId module, long generation);

    /**
     * What a process that was found alive had been launched with, but for its token, which it keeps and nobody can read back.
     *
     * @throws io.vyra.modulemanager.problem.ProblemException when the installed version cannot be read any more
     */
    Launch ofAdopted(ModuleId module, long generation);

    /**
     * What to launch beside the module's own process: another version, with a token of its own and a log of its own. The module's token
     * stays good.
     *
     * @throws io.vyra.modulemanager.problem.ProblemException when the version cannot be launched
     */
    Launch beside(ModuleId module, String version, long generation);

    /** Only the process of this generation is left, and its token is the module's. */
    void settle(ModuleId module, long generation);

    /**
     * @param spec     for the runtime
     * @param behavior how the module is to be supervised
     * @param probe    how to tell that it works
     */
    record Launch(LaunchSpec spec, Manifest.Behavior behavior, Probe probe) {}
}
