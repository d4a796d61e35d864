package io.vyra.modulemanager.operation.saga;

import io.vyra.modulemanager.module.ModuleId;

/** Deletes the versions of a module that the retention rule no longer keeps. */
@FunctionalInterface
public interface RetentionSweep {
    void sweep(ModuleId module);
}
