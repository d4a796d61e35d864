package io.vyra.modulemanager.operation.saga;

import io.vyra.modulemanager.instance.Desired;
import io.vyra.modulemanager.instance.VersionRecord;
import io.vyra.modulemanager.operation.Step;
import io.vyra.modulemanager.operation.StepContext;
import java.nio.file.Path;
import java.util.Optional;

/** Puts the checked tree in its place by one rename, and into the database. Nothing that runs is touched. */
record CommitStep(Subject subject, SagaParts parts) implements Step {
    @Override
    public String id() {
        return "commit:" + subject.id().name();
    }

    @Override
    public String title() {
        return "Storing " + subject.label();
    }

    @Override
    public void perform(StepContext context) {
        Path staged = subject.stagedTree(parts.store(), context);
        if (context.recall(existedKey()).isEmpty()) {
            context.remember(existedKey(), Boolean.toString(parts.store().hasVersion(subject.id(), subject.version())));
        }
        parts.store().commit(subject.id(), subject.entry().version(), staged, parts.self());
        parts.registry().insert(subject.id(), Desired.STOPPED, parts.clock().instant());
        parts.versions()
                .put(
                        subject.id(),
                        new VersionRecord(
                                subject.version(),
                                Optional.of(subject.entry().repositoryId()).filter(id -> !id.isEmpty()),
                                context.recall("checksum:" + subject.id()),
                                parts.store().bytesOf(parts.store().tree(subject.id(), subject.version())),
                                parts.clock().instant(),
                                false));
    }

    @Override
    public void undo(StepContext context) {
        if (subject.from().isEmpty()) {
            parts.supervision().remove(subject.id());
            parts.registry().delete(subject.id());
            parts.history().forget(subject.id());
            parts.store().trashModule(subject.id(), false);
        } else if (context.recall(existedKey()).filter("false"::equals).isPresent()) {
            parts.versions().delete(subject.id(), subject.version());
            parts.store().trashVersion(subject.id(), subject.version());
        }
    }

    private String existedKey() {
        return "existed:" + subject.id();
    }
}
