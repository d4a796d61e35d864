package io.vyra.modulemanager.operation.saga;

import io.vyra.modulemanager.instance.Desired;
import io.vyra.modulemanager.operation.Step;
import io.vyra.modulemanager.operation.StepContext;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import io.vyra.modulemanager.supervision.InstanceState;
import io.vyra.modulemanager.supervision.InstanceState.Running;
import io.vyra.modulemanager.supervision.ModuleSupervisor;
import java.util.concurrent.CompletableFuture;

/** The new version is on trial: it must run healthily for the probation time, or the old one comes back. */
record ProbationStep(Subject subject, SagaParts parts) implements Step {
    @Override
    public String id() {
        return "probation:" + subject.id().name();
    }

    @Override
    public String title() {
        return "Watching " + subject.label() + " for " + parts.probation().toSeconds() + " s";
    }

    @Override
    public void perform(StepContext context) {
        if (parts.registry().require(subject.id()).desired() != Desired.RUNNING) {
            context.progress(100, "not watched: the module is not desired to run");
            return;
        }
        new Settling(subject.id(), parts).await(context);
        ModuleSupervisor supervisor = parts.supervision().require(subject.id());
        CompletableFuture<String> failure =
                supervisor.when(state -> !(state instanceof Running)).thenApply(InstanceState::reason);
        new Watching(parts.timers(), parts.probation())
                .through(failure, supervisor::obstacle, context)
                .ifPresent(why -> {
                    throw new ProblemException(
                            ProblemType.UPDATE_ROLLED_BACK,
                            subject.label() + " did not stay healthy for "
                                    + parts.probation().toSeconds() + " s: " + why
                                    + ". The version before it was brought back.");
                });
    }
}
