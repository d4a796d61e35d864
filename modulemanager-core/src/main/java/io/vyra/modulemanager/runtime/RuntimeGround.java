package io.vyra.modulemanager.runtime;

import io.vyra.modulemanager.module.ModuleId;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.Function;

/**
 * What an adapter needs of the manager to run modules in another way.
 *
 * @param data     the manager's data folder, absolute
 * @param choice   where the adapter plugs itself in
 * @param logs     folder of a module's log, absolute
 * @param rotation how logs of modules are rotated
 */
public record RuntimeGround(
        Path data,
        RuntimeChoice choice,
        Function<ModuleId, Path> logs,
        LogRotation rotation,
        FolderWatch watch,
        InstantSource clock) {}
