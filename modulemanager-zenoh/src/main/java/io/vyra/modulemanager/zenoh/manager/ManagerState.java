package io.vyra.modulemanager.zenoh.manager;

import io.vyra.modulemanager.Caller;
import io.vyra.modulemanager.ModuleManager;
import io.vyra.modulemanager.ModuleView;
import io.vyra.modulemanager.module.Lifecycle;
import io.vyra.modulemanager.module.ModuleHealth;
import io.vyra.modulemanager.module.Operational;
import java.util.List;
import java.util.Optional;

/** The manager's own three layers, as VYRA's state machine has them. Thread-safe. */
final class ManagerState {
    private final ModuleManager manager;

    /** What a reader sees. */
    record Layers(Lifecycle lifecycle, Operational operational, ModuleHealth health) {}

    ManagerState(ModuleManager manager) {
        this.manager = manager;
    }

    /** Running while it works on an operation; with a warning while a module failed for good. */
    Layers layers() {
        List<ModuleView> modules = manager.modules(Caller.MANAGER);
        boolean isBusy = modules.stream().map(ModuleView::operation).anyMatch(Optional::isPresent);
        boolean isAiling = modules.stream().anyMatch(module -> module.state().phase() == ModuleView.Phase.FAILED);
        return new Layers(
                Lifecycle.ACTIVE,
                isBusy ? Operational.RUNNING : Operational.READY,
                isAiling ? ModuleHealth.WARNING : ModuleHealth.HEALTHY);
    }
}
