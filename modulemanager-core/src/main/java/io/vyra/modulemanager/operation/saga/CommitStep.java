package io.vyra.modulemanager.operation.saga;

import io.vyra.modulemanager.instance.Desired;
import io.vyra.modulemanager.instance.VersionRecord;
import io.vyra.modulemanager.operation.Step;
import io.vyra.modulemanager.operation.StepContext;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
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
            requireAsPlanned();
            context.remember(keptKey(), Boolean.toString(parts.store().hasKeptData(subject.id())));
            context.remember(existedKey(), Boolean.toString(parts.store().hasVersion(subject.id(), subject.version())));
        }
        parts.store().commit(subject.id(), subject.entry().version(), staged, parts.self());
        Optional<String> alias = parts.store()
                .manifest(subject.id(), subject.version())
                .manifest()
                .about()
                .alias();
        parts.registry()
                .insert(subject.id(), Desired.STOPPED, alias, parts.clock().instant());
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

    /** Another operation may have come between the plan and this step. */
    private void requireAsPlanned() {
        Optional<String> present = parts.registry()
                .find(subject.id())
                .flatMap(record -> record.versions().current());
        if (!present.equals(subject.from())) {
            throw new ProblemException(
                    present.isPresent() && subject.from().isEmpty()
                            ? ProblemType.ALREADY_INSTALLED
                            : ProblemType.CONFLICT,
                    "The plan was made for " + subject.id() + " "
                            + subject.from()
                                    .map(version -> "in version " + version)
                                    .orElse("not being installed")
                            + ", but meanwhile it is "
                            + present.map(version -> "in version " + version).orElse("not installed")
                            + ". Nothing of it was changed; ask again.");
        }
    }

    @Override
    public void undo(StepContext context) {
        if (context.recall(existedKey()).isEmpty()) {
            // It refused before it did anything; what is there belongs to another operation.
            return;
        }
        if (subject.from().isEmpty()) {
            parts.supervision().remove(subject.id());
            parts.gone().accept(subject.id());
            parts.registry().delete(subject.id());
            parts.history().forget(subject.id());
            // Data that somebody kept over a removal is theirs, whatever becomes of this installation.
            boolean keepData = context.recall(keptKey()).filter("true"::equals).isPresent();
            parts.store().trashModule(subject.id(), keepData);
        } else if (context.recall(existedKey()).filter("false"::equals).isPresent()) {
            parts.versions().delete(subject.id(), subject.version());
            parts.store().trashVersion(subject.id(), subject.version());
        }
    }

    private String keptKey() {
        return "kept:" + subject.id();
    }

    private String existedKey() {
        return "existed:" + subject.id();
    }
}
