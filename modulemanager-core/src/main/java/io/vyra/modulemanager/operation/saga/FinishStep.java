package io.vyra.modulemanager.operation.saga;

import io.vyra.modulemanager.operation.Step;
import io.vyra.modulemanager.operation.StepContext;
import java.util.List;

/** The point of no return of a deployment: the copies that an undo would need are given up. */
record FinishStep(List<Subject> subjects, SagaParts parts) implements Step {
    @Override
    public String id() {
        return "finish";
    }

    @Override
    public String title() {
        return "Finishing";
    }

    @Override
    public void perform(StepContext context) {
        for (Subject subject : subjects) {
            parts.store().dropSnapshot(subject.id(), context.operationId());
            parts.retention().sweep(subject.id());
        }
        parts.store().discardStaging(context.operationId());
    }

    @Override
    public boolean isPointOfNoReturn() {
        return true;
    }
}
