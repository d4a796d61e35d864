package io.vyra.modulemanager.manager;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Modules are plain processes, and every boundary is fatal once. */
@Execution(ExecutionMode.CONCURRENT)
class CrashMatrixTest extends CrashMatrix {
    @Override
    protected SampleRuntime runtime() {
        return new SampleProcesses();
    }

    @Override
    protected Class<?> program() {
        return CrashingManager.class;
    }

    @ParameterizedTest
    @EnumSource(CrashScenario.class)
    void shouldBeWhollyOldOrWhollyNewAfterACrashAnywhere(CrashScenario scenario, @TempDir Path folder)
            throws IOException, InterruptedException {
        crashEverywhere(scenario, folder);
    }
}
