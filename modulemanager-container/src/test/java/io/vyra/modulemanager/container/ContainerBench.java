package io.vyra.modulemanager.container;

import io.vyra.modulemanager.module.ContainerSpec;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.runtime.BusProbe;
import io.vyra.modulemanager.runtime.FolderWatch;
import io.vyra.modulemanager.runtime.LaunchSpec;
import io.vyra.modulemanager.runtime.ModuleRuntime;
import io.vyra.modulemanager.runtime.ProbeRunner;
import io.vyra.modulemanager.runtime.RuntimeBench;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Modules made of a line of shell, each in a container of a real engine. */
final class ContainerBench implements RuntimeBench {
    private static final byte[] SHELL = TestImage.gzip(new TestImage().shell().full("shell:1.0.0"));

    private final TestEngine engine;
    private final TestGround ground;
    private final List<ModuleId> modules = new ArrayList<>();
    private ContainerRuntime runtime;

    ContainerBench(TestEngine engine, Path folder) throws IOException {
        this.engine = engine;
        this.ground = new TestGround(folder);
        ground.image(SHELL);
        this.runtime = ground.runtime(engine.client(), "host");
    }

    TestGround ground() {
        return ground;
    }

    @Override
    public ContainerRuntime runtime() {
        return runtime;
    }

    @Override
    public void restartManager() {
        runtime.close();
        runtime = ground.runtime(engine.client(), "host");
    }

    @Override
    public ModuleId module(String name) {
        ModuleId module = ModuleId.random(name);
        modules.add(module);
        return module;
    }

    TestLaunch launch(ModuleId module, long generation) {
        return TestLaunch.of(module, ground.module())
                .generation(generation)
                .environment(Map.of("SHARED", ContainerSpec.DEFAULT_STORAGE, "GREETING", "hello there"));
    }

    @Override
    public LaunchSpec shell(ModuleId module, long generation, String script) {
        return launch(module, generation)
                .running(List.of("/bin/sh"), "-c", script)
                .build();
    }

    @Override
    public LaunchSpec nothing(ModuleId module, long generation) {
        return launch(module, generation)
                .running(List.of("/bin/no-such-program"))
                .build();
    }

    @Override
    public Path logs() {
        return ground.logs();
    }

    @Override
    public Path shared() {
        return ground.module().resolve("storage");
    }

    /** Nothing runs on this machine, so no shim is needed. */
    @Override
    public ProbeRunner probes() {
        return new ProbeRunner(Path.of("/no/shim"), BusProbe.NONE, InstantSource.system());
    }

    @Override
    public FolderWatch watch() {
        return ground.watch();
    }

    @Override
    public void close() {
        ModuleRuntime last = runtime;
        modules.forEach(last::forget);
        runtime.retain(Map.of());
        runtime.close();
        ground.close();
    }
}
