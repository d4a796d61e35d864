package io.vyra.modulemanager.operation.saga;

import io.vyra.modulemanager.operation.Step;
import io.vyra.modulemanager.operation.StepContext;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import io.vyra.modulemanager.supervision.InstanceState.Stopped;

/** Lets the module go to its desired state again, now with the new version. */
record StartNewVersionStep(Subject subject, SagaParts parts) implements Step {
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
        parts.supervision()
                .require(subject.id())
                .release(context.operationId(), "switched to version " + subject.version());
        try {
            new Settling(subject.id(), parts).await(context);
        } catch (ProblemException e) {
            throw new ProblemException(
                    ProblemType.UPDATE_ROLLED_BACK,
                    subject.label() + " did not start: " + e.problem().detail(),
                    e);
        }
    }

    @Override
    public void undo(StepContext context) {
        var supervisor = parts.supervision().require(subject.id());
        supervisor.hold(context.operationId(), "the version " + subject.version() + " is taken back");
        context.await(supervisor.when(Stopped.class::isInstance));
    }
}
