package io.vyra.modulemanager.operation.saga;

import io.vyra.modulemanager.catalog.FetchedPackage;
import io.vyra.modulemanager.operation.OperationStopped;
import io.vyra.modulemanager.operation.Step;
import io.vyra.modulemanager.operation.StepContext;
import io.vyra.modulemanager.operation.StopReason;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;

/** Brings a package from its repository into the operation's staging folder, verified. */
record FetchStep(Subject subject, SagaParts parts) implements Step {
    @Override
    public String id() {
        return "download:" + subject.id().name();
    }

    @Override
    public String title() {
        return "Downloading " + subject.label();
    }

    @Override
    public void perform(StepContext context) {
        Path target = subject.packageFile(parts.store(), context);
        try {
            FetchedPackage fetched = parts.fetcher()
                    .fetch(
                            subject.entry(),
                            parts.repositories().get(subject.entry().repositoryId()),
                            target,
                            (received, total) ->
                                    context.progress(percent(received, total), received + " bytes received"),
                            () -> context.stopSignal().isGiven());
            context.remember("checksum:" + subject.id(), fetched.sha256());
            context.progress(100, fetched.bytes() + " bytes, SHA-256 verified" + String.join("; ", fetched.warnings()));
        } catch (CancellationException e) {
            context.stopSignal().check();
            throw new OperationStopped(new StopReason.ManagerStopping());
        }
    }

    private static int percent(long received, OptionalLong total) {
        return total.isPresent() && total.getAsLong() > 0 ? (int) (100 * received / total.getAsLong()) : 0;
    }

    @Override
    public void undo(StepContext context) {
        parts.fetcher().discard(subject.packageFile(parts.store(), context));
        parts.store().discardStaging(context.operationId());
    }
}
