package io.vyra.modulemanager.operation.saga;

import io.vyra.modulemanager.module.ModuleId;

/** Deletes the versions of a module that the retention rule no longer keeps. */
@FunctionalInterface
public interface RetentionSweep {
    void sweep(ModuleId module);

    /** A module is gone with all its versions, or a version that was made ready is not going to be installed. */
    default void removed() {}
}
