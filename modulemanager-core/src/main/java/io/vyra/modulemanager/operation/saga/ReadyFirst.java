package io.vyra.modulemanager.operation.saga;

import io.vyra.modulemanager.module.Manifest;
import io.vyra.modulemanager.operation.Step;
import io.vyra.modulemanager.operation.StepContext;

/**
 * The first step of a return to a version that has lain in the store: what a launch of that version needs may have gone since, such as its
 * image, and is made again before anything that runs is touched. Not a step of its own, so that an operation has the steps that it was
 * accepted with also after an upgrade of the manager.
 */
record ReadyFirst(Subject subject, Step step, SagaParts parts) implements Step {
    /** Of what the operation remembers: the version that was made ready. */
    private static final String READY = "ready";

    @Override
    public String id() {
        return step.id();
    }

    @Override
    public String title() {
        return step.title();
    }

    @Override
    public void perform(StepContext context) {
        // After a crash the present version may be stopped already: then nothing is won by refusing.
        if (context.recall(READY).isEmpty()) {
            context.progress(0, "making " + subject.label() + " ready");
            Manifest manifest = subject.manifest(parts);
            parts.checks().ready(subject.id(), manifest, parts.store().tree(subject.id(), subject.version()));
            context.stopSignal().check();
            context.progress(0, "");
            context.remember(READY, subject.version());
        }
        step.perform(context);
    }

    /** What was made ready belongs to a version that stays in the store. */
    @Override
    public void undo(StepContext context) {
        step.undo(context);
    }

    @Override
    public boolean isPointOfNoReturn() {
        return step.isPointOfNoReturn();
    }
}
