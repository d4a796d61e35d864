package io.vyra.modulemanager.container;

import io.vyra.modulemanager.module.Manifest;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.runtime.EngineState;
import io.vyra.modulemanager.runtime.LaunchSpec;
import io.vyra.modulemanager.runtime.ModuleProcess;
import io.vyra.modulemanager.runtime.ModuleRuntime;
import io.vyra.modulemanager.runtime.Succession;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Makes the runtime of containers once a container is wanted or there was one before: a robot without any does not load the engine's client,
 * which would take longer than the rest of the manager's start. Thread-safe.
 */
public final class OnDemandRuntime implements ModuleRuntime, AutoCloseable {
    private final Path records;
    private final Supplier<ContainerRuntime> maker;
    /** Null until it is wanted. Written by one thread at a time, read by any: who asks how the engine is waits for nobody. */
    private volatile ContainerRuntime made;

    /** @param data the manager's data folder */
    public OnDemandRuntime(Path data, Supplier<ContainerRuntime> maker) {
        this.records = ContainerRuntime.records(data);
        this.maker = maker;
    }

    private synchronized ContainerRuntime runtime() {
        if (made == null) {
            made = maker.get();
        }
        return made;
    }

    private boolean wasUsed() {
        return Files.isDirectory(records);
    }

    @Override
    public String kind() {
        return "container";
    }

    @Override
    public ModuleProcess start(LaunchSpec spec) {
        return runtime().start(spec);
    }

    @Override
    public void prepare(ModuleId module, String version, Manifest manifest, Path tree) {
        runtime().prepare(module, version, manifest, tree);
    }

    @Override
    public Adoption adopt(ModuleId module, long generation) {
        return wasUsed() ? runtime().adopt(module, generation) : new Adoption.NeverStarted();
    }

    @Override
    public synchronized void abandon(ModuleId module, String version) {
        if (made != null) {
            made.abandon(module, version);
        }
    }

    @Override
    public void retain(Map<ModuleId, Set<String>> versions) {
        if (wasUsed()) {
            runtime().retain(versions);
        }
    }

    @Override
    public void forget(ModuleId module) {
        if (wasUsed()) {
            runtime().forget(module);
        }
    }

    @Override
    public Optional<Succession> succession() {
        return Optional.of(new Succession() {
            @Override
            public Optional<String> obstacle(Manifest manifest) {
                return made().obstacle(manifest);
            }

            @Override
            public ModuleProcess startBeside(LaunchSpec spec) {
                return made().startBeside(spec);
            }

            @Override
            public List<ModuleProcess> others(ModuleId module, long generation) {
                return wasUsed() ? made().others(module, generation) : List.of();
            }

            @Override
            public void settle(ModuleId module, long generation) {
                if (wasUsed()) {
                    made().settle(module, generation);
                }
            }

            private Succession made() {
                return runtime().succession().orElseThrow();
            }
        });
    }

    @Override
    public EngineState engine() {
        ContainerRuntime runtime = made;
        return runtime == null ? EngineState.UNUSED : runtime.engine();
    }

    @Override
    public LimitSupport limitSupport() {
        return runtime().limitSupport();
    }

    @Override
    public synchronized void close() {
        if (made != null) {
            made.close();
        }
    }
}
