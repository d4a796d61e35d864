package io.vyra.modulemanager.operation.saga;

import io.vyra.modulemanager.instance.InstanceRecord;
import io.vyra.modulemanager.instance.InstanceRecord.Versions;
import io.vyra.modulemanager.module.UpdateOrder;
import io.vyra.modulemanager.operation.Step;
import io.vyra.modulemanager.operation.StepContext;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import java.util.Optional;

/** Makes a stored version the current one: first in the database, then on the disk, which follows. */
record SwitchStep(Subject subject, SagaParts parts) implements Step {
    @Override
    public String id() {
        return "switch:" + subject.id().name();
    }

    @Override
    public String title() {
        return "Switching " + subject.id().name() + " to " + subject.version();
    }

    @Override
    public void perform(StepContext context) {
        if (context.recall(previousKey()).isEmpty()) {
            InstanceRecord before = parts.registry().require(subject.id());
            requireAsPlanned(before);
            context.remember(previousKey(), before.versions().previous().orElse(""));
        }
        Optional<String> beside =
                isBeside(context) ? context.recall(BesideStep.generationKey(subject)) : Optional.empty();
        if (beside.isPresent() && context.recall(generationKey(subject)).isEmpty()) {
            context.remember(
                    generationKey(subject),
                    Long.toString(
                            parts.registry().require(subject.id()).launches().generation()));
        }
        point(new Versions(Optional.of(subject.version()), subject.from()), beside);
        parts.supervision().add(subject.id(), Optional.empty());
    }

    @Override
    public void undo(StepContext context) {
        // A new module has nothing to go back to: the undo of its commit removes it altogether.
        Optional<String> remembered = context.recall(previousKey());
        if (subject.from().isPresent() && remembered.isPresent()) {
            point(
                    new Versions(subject.from(), remembered.filter(version -> !version.isEmpty())),
                    isBeside(context) ? context.recall(generationKey(subject)) : Optional.empty());
        }
    }

    /** Another operation may have switched between the wish and this step. */
    private void requireAsPlanned(InstanceRecord before) {
        if (subject.from().isPresent() && !before.versions().current().equals(subject.from())) {
            throw new ProblemException(
                    ProblemType.CONFLICT,
                    "Module " + subject.id() + " was in version "
                            + subject.from().get()
                            + " when this was asked for, and meanwhile is in version "
                            + before.versions().current().orElse("none") + ". Look at it and ask again.");
        }
    }

    private boolean isBeside(StepContext context) {
        return InOrder.isChosen(UpdateOrder.START_FIRST, subject, context);
    }

    /** @param generation of the launch that counts from now on, where both versions run; in the same transaction */
    private void point(Versions versions, Optional<String> generation) {
        parts.registry()
                .update(
                        subject.id(),
                        record -> generation
                                .map(Long::parseLong)
                                .filter(other -> record.launches().generation() != other
                                        && !record.versions().current().equals(versions.current()))
                                .map(record.with(versions)::succeededBy)
                                .orElseGet(() -> record.with(versions)));
        parts.store().switchCurrent(subject.id(), versions.current().orElseThrow());
    }

    /** Of what the operation remembers, once a version beside it is about to count: the launch of the old version. */
    static String generationKey(Subject subject) {
        return "generation:" + subject.id();
    }

    private String previousKey() {
        return "previous:" + subject.id();
    }
}
