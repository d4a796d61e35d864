package io.vyra.modulemanager.operation.saga;

import io.vyra.modulemanager.operation.Step;
import io.vyra.modulemanager.operation.StepContext;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Takes an uploaded package file over into the operation's staging folder. */
record AcceptUploadStep(Subject subject, Path uploaded, SagaParts parts) implements Step {
    @Override
    public String id() {
        return "accept:" + subject.id().name();
    }

    @Override
    public String title() {
        return "Accepting the uploaded package of " + subject.label();
    }

    @Override
    public void perform(StepContext context) {
        Path target = subject.packageFile(parts.store(), context);
        parts.store().takeIn(uploaded, target);
        if (!Files.exists(target)) {
            throw new ProblemException(
                    ProblemType.INVALID_PACKAGE,
                    "The uploaded package is gone from " + uploaded + ". Upload it again.");
        }
    }

    @Override
    public void undo(StepContext context) {
        try {
            Files.deleteIfExists(uploaded);
        } catch (IOException e) {
            throw new ProblemException(
                    ProblemType.INTERNAL_ERROR, "The uploaded package " + uploaded + " could not be deleted.", e);
        }
        parts.store().discardStaging(context.operationId());
    }
}
