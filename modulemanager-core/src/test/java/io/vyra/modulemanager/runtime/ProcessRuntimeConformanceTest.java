package io.vyra.modulemanager.runtime;

import io.vyra.modulemanager.module.ModuleId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/** The conformance tests with plain processes. */
class ProcessRuntimeConformanceTest extends RuntimeConformance {

    @Override
    protected RuntimeBench open(Path folder) throws IOException {
        return new ProcessBench(new ModuleBench(folder));
    }

    private static final class ProcessBench implements RuntimeBench {
        private final ModuleBench bench;
        private ProcessRuntime runtime;

        ProcessBench(ModuleBench bench) {
            this.bench = bench;
            this.runtime = bench.runtime();
        }

        @Override
        public ModuleRuntime runtime() {
            return runtime;
        }

        @Override
        public void restartManager() {
            runtime = bench.runtime();
        }

        @Override
        public ModuleId module(String name) {
            return bench.module(name);
        }

        @Override
        public LaunchSpec shell(ModuleId module, long generation, String script) {
            LaunchSpec launch = bench.launch(module, generation, "/bin/sh", "-c", script);
            Map<String, String> environment = new HashMap<>(launch.environment());
            environment.put("SHARED", shared().toString());
            return launch.withEnvironment(environment);
        }

        @Override
        public LaunchSpec nothing(ModuleId module, long generation) {
            return bench.launch(module, generation, "/bin/no-such-program");
        }

        @Override
        public Path logs() {
            return bench.logs();
        }

        @Override
        public Path shared() {
            return bench.tree();
        }

        @Override
        public ProbeRunner probes() {
            return new ProbeRunner(ModuleBench.SHIM, BusProbe.NONE, InstantSource.system());
        }

        @Override
        public FolderWatch watch() {
            return bench.watch;
        }

        @Override
        public void close() {
            bench.close();
        }
    }
}
