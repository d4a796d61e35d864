package io.vyra.modulemanager.operation.saga;

import io.vyra.modulemanager.instance.Desired;
import io.vyra.modulemanager.operation.Step;
import io.vyra.modulemanager.operation.StepContext;
import io.vyra.modulemanager.supervision.InstanceState.Stopped;
import io.vyra.modulemanager.supervision.ModuleSupervisor;
import java.util.Optional;

/**
 * Sets a newly installed module going, if that was asked for.
 *
 * <p>A module that does not start stays installed and desired to run: its supervision goes on trying, and the operation says why.
 */
record StartInstalledStep(Subject subject, Optional<Boolean> start, SagaParts parts) implements Step {
    @Override
    public String id() {
        return "start:" + subject.id().name();
    }

    @Override
    public String title() {
        return "Starting " + subject.label();
    }

    @Override
    public void perform(StepContext context) {
        boolean wanted = start.orElseGet(() -> parts.store()
                .manifest(subject.id(), subject.version())
                .manifest()
                .behavior()
                .autoStart());
        if (!wanted) {
            context.progress(100, "not started: not asked for");
            return;
        }
        parts.registry()
                .update(subject.id(), record -> record.with(record.settings().withDesired(Desired.RUNNING)));
        var supervisor = parts.supervision().require(subject.id());
        supervisor.release(context.operationId(), "installed");
        supervisor.desiredChanged("installed by " + context.createdBy());
        new Settling(subject.id(), parts).await(context);
    }

    /** In an update that brought this module along: what is taken away again must not go on running. */
    @Override
    public void undo(StepContext context) {
        if (parts.registry().find(subject.id()).isPresent()) {
            parts.registry()
                    .update(
                            subject.id(),
                            record -> record.with(record.settings().withDesired(Desired.STOPPED)));
        }
        Optional<ModuleSupervisor> supervisor = parts.supervision().find(subject.id());
        if (supervisor.isPresent()) {
            supervisor.get().desiredChanged("the operation that installed it was undone");
            context.await(supervisor.get().when(Stopped.class::isInstance));
        }
    }
}
