package io.vyra.modulemanager.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.problem.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a manager finds of the modules an earlier one started. */
class ProcessRuntimeAdoptionTest {
    @TempDir
    Path folder;

    private ModuleBench bench;
    private ModuleId module;
    private String key;

    @BeforeEach
    void open() throws IOException {
        bench = new ModuleBench(folder);
        module = bench.module("adopted");
        key = RunFolder.key(module);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    /** Starts the module from another Java process, which ends at once, as a manager does that is killed. */
    private void startByAnotherManager(long generation, String script) throws Exception {
        Process manager = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ShortLivedManager.class.getName(),
                        folder.toString(),
                        module.toString(),
                        Long.toString(generation),
                        script)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("manager.out").toFile())
                .start();
        assertThat(manager.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(manager.exitValue())
                .withFailMessage(() -> read(folder.resolve("manager.out")))
                .isEqualTo(9);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void shouldFindTheExitCodeOfAModuleThatEndedWithoutAManager() throws Exception {
        startByAnotherManager(5, "echo before; while [ ! -e go ]; do sleep 0.05; done; echo after; exit 42");
        Files.createFile(bench.tree().resolve("go"));
        Awaitility.await().until(() -> Files.exists(bench.runFolder().resolve(key + ".exit")));

        ExitEvidence evidence = ModuleBench.ended(bench.runtime().adopt(module, 5));

        assertThat(evidence.code()).hasValue(42);
        assertThat(evidence.generation()).isEqualTo(5);
        assertThat(evidence.lastLines()).containsExactly("before", "after");
        assertThat(evidence.ranFor()).isGreaterThan(Duration.ZERO);
        assertThat(bench.runtime().adopt(module, 6)).isInstanceOf(ModuleRuntime.Adoption.NeverStarted.class);
    }

    @Test
    void shouldAdoptALivingModuleAndCommandIt() throws Exception {
        startByAnotherManager(8, "trap 'echo stopping; exit 6' TERM; echo ready; while :; do sleep 0.05; done");
        bench.awaitLog("ready");

        ModuleProcess process = ModuleBench.alive(bench.runtime().adopt(module, 8));

        assertThat(process.identity().generation()).isEqualTo(8);
        assertThat(bench.processes.isAlive(process.identity())).isTrue();
        process.pause();
        Awaitility.await().until(process::isPaused);
        assertThat(ModuleBench.alive(bench.runtime().adopt(module, 8)).isPaused())
                .isTrue();
        process.requestStop("TERM");
        ExitEvidence evidence = ModuleBench.end(process);
        assertThat(evidence.code()).hasValue(6);
        assertThat(evidence.lastLines()).contains("ready", "stopping");
    }

    @Test
    void shouldAdoptWhateverTheMomentAStartIsIn() throws Exception {
        ProcessRuntime first = bench.runtime();
        try (ExecutorService starters = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int generation = 1; generation <= 30; generation++) {
                LaunchSpec launch = bench.launch(module, generation, "/bin/sleep", "600");
                Future<ModuleProcess> starting = starters.submit(() -> startWhenFree(first, launch));
                /* Another manager looks again and again while the shim comes up: it sees nothing, or the living process. */
                ModuleRuntime second = bench.runtime();
                ModuleRuntime.Adoption seen;
                do {
                    seen = second.adopt(module, generation);
                    assertThat(seen).isNotInstanceOf(ModuleRuntime.Adoption.Ended.class);
                } while (seen instanceof ModuleRuntime.Adoption.NeverStarted);
                ModuleProcess adopted = ModuleBench.alive(seen);
                assertThat(adopted.identity()).isEqualTo(starting.get().identity());
                adopted.kill();
                assertThat(ModuleBench.end(adopted).signal()).hasValue(9);
                assertThat(ModuleBench.end(starting.get()).signal()).hasValue(9);
            }
        }
    }

    /** While the other manager looks, it holds the lock itself, and the start says that the module is busy. */
    private static ModuleProcess startWhenFree(ProcessRuntime runtime, LaunchSpec launch) {
        while (true) {
            try {
                return runtime.start(launch);
            } catch (ProblemException e) {
                assertThat(e.problem().detail()).contains("still alive");
            }
        }
    }

    @Test
    void shouldNeverKillAProcessThatGotThePidLater() throws Exception {
        Process innocent = new ProcessBuilder("/bin/sleep", "600").start();
        try {
            Files.createDirectories(bench.runFolder());
            long ticks = bench.processes.find(innocent.pid()).orElseThrow().startTicks();
            record(3, innocent.pid(), ticks - 1, bench.processes.bootId(), innocent.pid());

            ExitEvidence evidence = ModuleBench.ended(bench.runtime().adopt(module, 3));
            bench.runtime().forget(module);

            assertThat(evidence.note()).contains("keeper process was killed");
            assertThat(innocent.isAlive()).isTrue();
        } finally {
            innocent.destroyForcibly();
        }
    }

    @Test
    void shouldEndAProcessThatLostItsShimWhileNobodyLooked() throws Exception {
        Process orphan = new ProcessBuilder("/bin/sleep", "600").start();
        Files.createDirectories(bench.runFolder());
        ProcessTable.Entry entry = bench.processes.find(orphan.pid()).orElseThrow();
        record(3, orphan.pid(), entry.startTicks(), bench.processes.bootId(), 999_999_999);

        ModuleBench.ended(bench.runtime().adopt(module, 3));

        assertThat(orphan.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void shouldSayThatTheMachineWasRestarted() throws Exception {
        Process innocent = new ProcessBuilder("/bin/sleep", "600").start();
        try {
            Files.createDirectories(bench.runFolder());
            long ticks = bench.processes.find(innocent.pid()).orElseThrow().startTicks();
            record(3, innocent.pid(), ticks, "11111111-2222-3333-4444-555555555555", innocent.pid());

            ExitEvidence evidence = ModuleBench.ended(bench.runtime().adopt(module, 3));

            assertThat(evidence.note()).isEqualTo("the machine was restarted");
            assertThat(evidence.code()).isEmpty();
            assertThat(innocent.isAlive()).isTrue();
        } finally {
            innocent.destroyForcibly();
        }
    }

    private void record(long generation, long pid, long ticks, String boot, long shim) throws IOException {
        Files.writeString(
                bench.runFolder().resolve(key + ".start"),
                "generation=" + generation + "\npid=" + pid + "\nstart_ticks=" + ticks + "\nboot_id=" + boot
                        + "\nstarted_at_ms=1000\nshim_pid=" + shim + "\nend\n");
    }

    @Test
    void shouldTreatRubbishInTheRunFolderAsNothing() throws Exception {
        Files.createDirectories(bench.runFolder());
        List<String> rubbish =
                new ArrayList<>(List.of("", "end\n", "generation=3\npid=1\nend\n", "\0\0\0", "x".repeat(100_000)));
        for (String text : rubbish) {
            Files.writeString(bench.runFolder().resolve(key + ".start"), text);
            Files.writeString(bench.runFolder().resolve(key + ".exit"), text);
            Files.writeString(bench.runFolder().resolve(key + ".sock"), text);

            assertThat(bench.runtime().adopt(module, 3)).isInstanceOf(ModuleRuntime.Adoption.NeverStarted.class);
        }
        assertThat(ModuleBench.end(bench.runtime().start(bench.launch(module, 4, "/bin/true")))
                        .code())
                .hasValue(0);
    }
}
