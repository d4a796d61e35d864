package io.vyra.modulemanager.runtime;

import io.vyra.modulemanager.module.ModuleId;
import java.nio.file.Path;

/** A runtime with all it needs, and modules made of a line of shell, for the conformance tests. */
public interface RuntimeBench extends AutoCloseable {

    ModuleRuntime runtime();

    /** Lets go of every module without disturbing it; {@link #runtime} is then a new one, as after a restart of the manager. */
    void restartManager();

    /** A new module; whatever is left of it at the end is ended. */
    ModuleId module(String name);

    /** A launch of {@code /bin/sh -c script}; in {@code $SHARED} it finds the folder {@link #shared}, in {@code $GREETING} a greeting. */
    LaunchSpec shell(ModuleId module, long generation, String script);

    /** A launch of a program that does not exist. */
    LaunchSpec nothing(ModuleId module, long generation);

    Path logs();

    /** A folder that the module sees, too. */
    Path shared();

    /** A probe runner that asks the module where it runs. */
    ProbeRunner probes();

    FolderWatch watch();

    @Override
    void close();
}
