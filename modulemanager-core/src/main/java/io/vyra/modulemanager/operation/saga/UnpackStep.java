package io.vyra.modulemanager.operation.saga;

import io.vyra.modulemanager.catalog.Plan;
import io.vyra.modulemanager.catalog.Plan.PlannedModule;
import io.vyra.modulemanager.module.Manifest;
import io.vyra.modulemanager.module.ManifestReading;
import io.vyra.modulemanager.operation.Step;
import io.vyra.modulemanager.operation.StepContext;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Unpacks a package next to nothing that runs, and checks that it is what its index says and can run here. */
record UnpackStep(Subject subject, PlannedModule planned, Plan plan, SagaParts parts) implements Step {
    @Override
    public String id() {
        return "unpack:" + subject.id().name();
    }

    @Override
    public String title() {
        return "Unpacking and checking " + subject.label();
    }

    @Override
    public void perform(StepContext context) {
        Path tree = subject.stagedTree(parts.store(), context);
        parts.store().discardTree(tree);
        parts.unpacker().unpack(subject.packageFile(parts.store(), context), tree, (packed, unpacked) -> {
            context.stopSignal().check();
            context.progress(50, unpacked + " bytes unpacked");
        });
        ManifestReading reading = parts.manifests().read(tree);
        check(reading.manifest());
        parts.checks().admit(subject.id(), reading.manifest());
        List<String> warnings = new ArrayList<>(reading.warnings());
        warnings.addAll(new OfferedImages(parts).deliver(subject, reading.manifest(), tree, context));
        parts.checks().check(plan, planned, reading.manifest(), tree);
        context.progress(100, String.join("; ", warnings));
    }

    private void check(Manifest manifest) {
        if (!manifest.name().equals(subject.id().name())
                || !manifest.version().equals(subject.entry().version())) {
            throw new ProblemException(
                    ProblemType.CHECKSUM_MISMATCH,
                    "The package says it is " + manifest.name() + " " + manifest.version()
                            + " in .module/module_data.yaml, but "
                            + subject.label()
                            + " was expected. Refresh the repository; if it stays, its publisher must repair it.");
        }
    }

    @Override
    public void undo(StepContext context) {
        parts.store().discardStaging(context.operationId());
        parts.checks().abandon(subject.id(), subject.version());
        parts.retention().removed();
    }
}
