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
            // There is nothing to wait for.
            return CompletableFuture.completedFuture(failure(probe, spec, process, timeout));
        }
        return CompletableFuture.supplyAsync(() -> failure(probe, spec, process, timeout), threads);
    }

    private Optional<String> failure(Probe probe, LaunchSpec spec, ModuleProcess process, Duration timeout) {
        return switch (runner.run(probe, spec, process, timeout)) {
            case ProbeResult.Passed _ -> Optional.empty();
            case ProbeResult.Failed failed -> Optional.of(failed.reason());
        };
    }
}
