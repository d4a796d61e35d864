package io.vyra.modulemanager.operation.saga;

import io.vyra.modulemanager.catalog.CatalogEntry;
import io.vyra.modulemanager.catalog.FetchedPackage;
import io.vyra.modulemanager.module.ContainerSpec.Image;
import io.vyra.modulemanager.module.Manifest;
import io.vyra.modulemanager.operation.OperationStopped;
import io.vyra.modulemanager.operation.StepContext;
import io.vyra.modulemanager.operation.StopReason;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/** Brings the image that a package wants of its repository into the package's unpacked tree, where it stays with its version. */
record OfferedImages(SagaParts parts) {

    /**
     * @return what could not be verified
     * @throws ProblemException when the repository offers no such image, or what the fetcher throws
     */
    List<String> deliver(Subject subject, Manifest manifest, Path tree, StepContext context) {
        Optional<String> variant = manifest.process()
                .flatMap(process -> process.container())
                .map(container -> container.image())
                .filter(Image.Offered.class::isInstance)
                .map(image -> ((Image.Offered) image).variant());
        return variant.isPresent() ? fetch(subject, variant.get(), tree, context) : List.of();
    }

    private List<String> fetch(Subject subject, String variant, Path tree, StepContext context) {
        CatalogEntry image = subject.entry().image(variant).orElseThrow(() -> missing(subject, variant));
        Path target = parts.store().stagingFolder(context.operationId()).resolve(subject.id() + ".image.tar.gz");
        try {
            FetchedPackage fetched = parts.fetcher()
                    .fetch(
                            image,
                            parts.repositories().get(image.repositoryId()),
                            target,
                            (received, total) -> context.progress(50, received + " bytes of the image received"),
                            () -> context.stopSignal().isGiven());
            parts.store().takeIn(fetched.file(), tree.resolve(Image.Offered.FILE));
            return fetched.warnings();
        } catch (CancellationException e) {
            context.stopSignal().check();
            throw new OperationStopped(new StopReason.ManagerStopping());
        }
    }

    private static ProblemException missing(Subject subject, String variant) {
        String offered = subject.entry().images().isEmpty()
                ? "none"
                : String.join(
                        ", ",
                        subject.entry().images().keySet().stream().sorted().toList());
        String where = subject.entry().repositoryId().isEmpty()
                ? "it was uploaded, and only a repository's index names images. Install it from a repository"
                : "the index of repository " + subject.entry().repositoryId() + " offers " + offered
                        + ". Its publisher must add the image";
        return new ProblemException(
                ProblemType.INVALID_PACKAGE,
                subject.label() + " runs in the image '" + variant
                        + "' of its repository (.module/module_runtime.yaml /image/variant), but " + where
                        + ", or put it into the package (image.archive).");
    }
}
