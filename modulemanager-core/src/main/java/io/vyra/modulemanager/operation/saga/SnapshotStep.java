package io.vyra.modulemanager.operation.saga;

import io.vyra.modulemanager.operation.Step;
import io.vyra.modulemanager.operation.StepContext;

/** Copies the stopped module's storage, so that the old version gets its own data back when the new one does not last. */
record SnapshotStep(Subject subject, SagaParts parts) implements Step {
    @Override
    public String id() {
        return "snapshot:" + subject.id().name();
    }

    @Override
    public String title() {
        return "Keeping a copy of the data of " + subject.id().name();
    }

    @Override
    public void perform(StepContext context) {
        parts.store().snapshotStorage(subject.id(), context.operationId());
    }

    @Override
    public void undo(StepContext context) {
        parts.store().restoreStorage(subject.id(), context.operationId());
    }
}
