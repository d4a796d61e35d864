package io.vyra.modulemanager.manager;

import io.vyra.modulemanager.module.Probe;
import io.vyra.modulemanager.runtime.LaunchSpec;
import io.vyra.modulemanager.runtime.ModuleProcess;
import io.vyra.modulemanager.runtime.ProbeResult;
import io.vyra.modulemanager.runtime.ProbeRunner;
import io.vyra.modulemanager.supervision.Prober;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** Runs each probe on a thread of its own, so that a slow one delays nothing. */
final class ThreadedProber implements Prober {
    private final ProbeRunner runner;
    private final Executor threads;

    ThreadedProber(ProbeRunner runner, Executor threads) {
        this.runner = runner;
        this.threads = threads;
    }

    @Override
    public CompletableFuture<Optional<String>> probe(
            Probe probe, LaunchSpec spec, ModuleProcess process, Duration timeout) {
        if (probe instanceof Probe.Alive) {
            return CompletableFuture.completedFuture(
                    process.exit().isDone() ? Optional.of("the process has ended") : Optional.empty());
        }
        return CompletableFuture.supplyAsync(
                () -> switch (runner.run(probe, spec, process, timeout)) {
                    case ProbeResult.Passed _ -> Optional.empty();
                    case ProbeResult.Failed failed -> Optional.of(failed.reason());
                },
                threads);
    }
}
