package io.vyra.modulemanager.operation.saga;

import io.vyra.modulemanager.instance.InstanceRecord;
import io.vyra.modulemanager.instance.InstanceRecord.Versions;
import io.vyra.modulemanager.operation.Step;
import io.vyra.modulemanager.operation.StepContext;
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
            context.remember(previousKey(), before.versions().previous().orElse(""));
        }
        point(new Versions(Optional.of(subject.version()), subject.from()));
        parts.supervision().add(subject.id(), Optional.empty());
    }

    @Override
    public void undo(StepContext context) {
        // A new module has nothing to go back to: the undo of its commit removes it altogether.
        Optional<String> previous = context.recall(previousKey()).filter(version -> !version.isEmpty());
        if (subject.from().isPresent()) {
            point(new Versions(subject.from(), previous));
        }
    }

    private void point(Versions versions) {
        parts.registry().update(subject.id(), record -> record.with(versions));
        parts.store().switchCurrent(subject.id(), versions.current().orElseThrow());
    }

    private String previousKey() {
        return "previous:" + subject.id();
    }
}
