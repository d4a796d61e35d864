package io.vyra.modulemanager.manager;

import io.vyra.modulemanager.catalog.Plan;
import io.vyra.modulemanager.module.HealthCheck;
import io.vyra.modulemanager.module.Manifest;
import io.vyra.modulemanager.module.ProcessSpec;
import java.time.Duration;
import java.util.Optional;

/**
 * How long operations may take before they give up.
 *
 * @param deploy    for an installation or update of one module, beside its download
 * @param probation the update's probation time, which comes on top
 * @param slowestBytesPerSecond download speed below which giving up is right
 */
public record OperationTimeouts(Duration deploy, Duration probation, long slowestBytesPerSecond) {
    private static final Duration MARGIN = Duration.ofSeconds(30);
    /** In bytes per second: what a card of a small robot reads, checks and hands to an engine. */
    private static final long SLOWEST_IMAGE = 2_000_000;

    Duration deploy(Plan plan) {
        int modules = plan.steps().size();
        return deploy.plus(probation)
                .multipliedBy(modules)
                .plus(Duration.ofSeconds(plan.downloadBytes() / slowestBytesPerSecond));
    }

    /** A stop may take its timeout, a start its start period and all retries. */
    Duration drive(Optional<Manifest> manifest) {
        ProcessSpec.Stop stop =
                manifest.flatMap(Manifest::process).map(ProcessSpec::stop).orElse(ProcessSpec.Stop.DEFAULT);
        HealthCheck check = manifest.map(it -> it.behavior().healthCheck()).orElse(HealthCheck.DEFAULT);
        return stop.timeout()
                .plus(check.startPeriod())
                .plus(check.interval().plus(check.timeout()).multipliedBy(check.retries()))
                .plus(MARGIN);
    }

    /** @param bytes of the version that comes back, of which an image may have to be made again */
    Duration rollBack(Optional<Manifest> manifest, long bytes) {
        return drive(manifest).plus(probation).plus(Duration.ofSeconds(bytes / SLOWEST_IMAGE));
    }
}
