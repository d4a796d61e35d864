package io.vyra.modulemanager.supervision;

import io.vyra.modulemanager.module.ModuleId;

/** Told of every change of a module's state. Must be quick and must not throw. */
@FunctionalInterface
public interface SupervisionListener {
    void changed(ModuleId module, InstanceState from, InstanceState to);
}
