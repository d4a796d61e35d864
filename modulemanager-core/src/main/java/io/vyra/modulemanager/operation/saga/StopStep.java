package io.vyra.modulemanager.operation.saga;

import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.operation.Step;
import io.vyra.modulemanager.operation.StepContext;
import io.vyra.modulemanager.supervision.InstanceState.Stopped;
import io.vyra.modulemanager.supervision.ModuleSupervisor;
import java.util.Optional;

/** Stops a module for the sake of the operation; what is desired of it does not change. */
record StopStep(ModuleId module, String why, SagaParts parts) implements Step {
    @Override
    public String id() {
        return "stop:" + module.name();
    }

    @Override
    public String title() {
        return "Stopping " + module.name();
    }

    @Override
    public void perform(StepContext context) {
        // One that is gone, with an installation that was undone, has nothing to stop.
        Optional<ModuleSupervisor> supervisor = parts.supervision().find(module);
        if (supervisor.isPresent()) {
            supervisor.get().hold(context.operationId(), why);
            context.await(supervisor.get().when(Stopped.class::isInstance));
        }
    }

    @Override
    public void undo(StepContext context) {
        parts.supervision().find(module).ifPresent(supervisor -> {
            supervisor.release(context.operationId(), "the operation was undone");
            new Settling(module, parts).awaitBestEffort(context);
        });
    }
}
