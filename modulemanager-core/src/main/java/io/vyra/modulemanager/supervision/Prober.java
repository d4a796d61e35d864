package io.vyra.modulemanager.supervision;

import io.vyra.modulemanager.module.Probe;
import io.vyra.modulemanager.runtime.LaunchSpec;
import io.vyra.modulemanager.runtime.ModuleProcess;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Asks a module once whether it works. Thread-safe. */
@FunctionalInterface
public interface Prober {

    /**
     * @return completes within {@code timeout} and a little, with why the probe failed, in words, or empty when it passed; never
     *     fails
     */
    CompletableFuture<Optional<String>> probe(Probe probe, LaunchSpec spec, ModuleProcess process, Duration timeout);
}
