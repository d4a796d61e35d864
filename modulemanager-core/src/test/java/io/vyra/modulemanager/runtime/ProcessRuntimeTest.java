package io.vyra.modulemanager.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vyra.modulemanager.module.Manifest;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The runtime with the real shim and real processes. */
class ProcessRuntimeTest {
    @TempDir
    Path folder;

    private ModuleBench bench;

    @BeforeEach
    void open() throws IOException {
        bench = new ModuleBench(folder);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @ParameterizedTest
    @CsvSource({"0", "3", "255"})
    void shouldTellTheExitCodeAndTheLastLines(int code) throws Exception {
        ModuleProcess process = bench.runtime().start(bench.shell("echo $GREETING; echo oh >&2; exit " + code));

        ExitEvidence evidence = ModuleBench.end(process);

        assertThat(evidence.code()).hasValue(code);
        assertThat(evidence.signal()).isEmpty();
        assertThat(evidence.generation()).isEqualTo(1);
        assertThat(evidence.note()).isEmpty();
        assertThat(evidence.lastLines()).containsExactlyInAnyOrder("hello there", "oh");
        assertThat(evidence.isClean()).isEqualTo(code == 0);
        assertThat(process.usage()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"TERM, 15", "SEGV, 11", "KILL, 9"})
    void shouldTellTheSignalThatEndedIt(String name, int number) throws Exception {
        ModuleProcess process = bench.runtime().start(bench.shell("kill -" + name + " $$; sleep 60"));

        ExitEvidence evidence = ModuleBench.end(process);

        assertThat(evidence.code()).isEmpty();
        assertThat(evidence.signal()).hasValue(number);
    }

    @Test
    void shouldSendTheStopSignalToTheWholeGroup() throws Exception {
        ModuleProcess process = bench.runtime()
                .start(bench.shell("(trap 'echo child saw it; exit' USR1; echo ready; while :; do sleep 0.05; done) &"
                        + " trap 'wait; echo parent saw it; exit 7' USR1; wait"));
        bench.awaitLog("ready");

        process.requestStop("USR1");

        ExitEvidence evidence = ModuleBench.end(process);
        assertThat(evidence.code()).hasValue(7);
        assertThat(evidence.lastLines()).contains("child saw it", "parent saw it");
    }

    @Test
    void shouldKillWhoIgnoresTermAndItsGrandchildrenInOtherSessions() throws Exception {
        ModuleProcess process = bench.runtime()
                .start(bench.shell(
                        "sleep 600 & echo $! > $TREE/near; trap '' TERM; setsid sh -c 'trap \"\" TERM; echo $$ > $TREE/away; sleep 600 & sleep 600' &"
                                + " while :; do sleep 0.1; done"));
        long away = bench.awaitPid("away");
        long near = bench.awaitPid("near");
        process.requestStop("TERM");
        bench.awaitGone(near);
        assertThat(process.exit()).isNotDone();
        assertThat(bench.isRunning(away)).isTrue();

        process.kill();

        assertThat(ModuleBench.end(process).signal()).hasValue(9);
        assertThat(bench.isRunning(away)).isFalse();
        assertThat(bench.processes.isAlive(process.identity())).isFalse();
    }

    @Test
    void shouldLeaveNothingBehindWhenTheMainProcessEnds() throws Exception {
        ModuleProcess process = bench.runtime().start(bench.shell("setsid sleep 600 & echo $! > $TREE/left; exit 4"));

        assertThat(ModuleBench.end(process).code()).hasValue(4);

        assertThat(bench.isRunning(bench.awaitPid("left"))).isFalse();
    }

    @Test
    void shouldPauseAndResume() throws Exception {
        ModuleProcess process = bench.runtime().start(bench.launch(bench.module("paused"), 1, "/bin/sleep", "600"));
        assertThat(process.isPaused()).isFalse();

        process.pause();
        await().until(process::isPaused);
        process.resume();
        await().until(() -> !process.isPaused());
        process.pause();
        await().until(process::isPaused);
        process.requestStop("TERM");

        assertThat(ModuleBench.end(process).signal()).hasValue(15);
    }

    @Test
    void shouldPauseAModuleThatIsJustStartingOthers() {
        ModuleProcess process = bench.runtime().start(bench.shell("while :; do /bin/true; done"));

        for (int round = 0; round < 30; round++) {
            process.pause();
            await().until(process::isPaused);
            process.resume();
            await().until(() -> !process.isPaused());
        }
    }

    @Test
    void shouldRefuseASecondProcessOfTheSameModule() {
        ModuleId module = bench.module("twice");
        ProcessRuntime runtime = bench.runtime();
        ModuleProcess first = runtime.start(bench.launch(module, 1, "/bin/sleep", "600"));

        assertThatThrownBy(() -> runtime.start(bench.launch(module, 2, "/bin/sleep", "600")))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("still alive");
        assertThatThrownBy(() -> bench.runtime().start(bench.launch(module, 2, "/bin/sleep", "600")))
                .isInstanceOf(ProblemException.class);

        assertThat(first.exit()).isNotDone();
        assertThat(bench.processes.isAlive(first.identity())).isTrue();
    }

    @Test
    void shouldStartAgainAtOnceAfterTheEnd() throws Exception {
        ModuleId module = bench.module("again");
        ProcessRuntime runtime = bench.runtime();
        for (int generation = 1; generation <= 20; generation++) {
            ModuleProcess process = runtime.start(bench.launch(module, generation, "/bin/sh", "-c", "exit 9"));
            ExitEvidence evidence = ModuleBench.end(process);
            assertThat(evidence.code()).hasValue(9);
            assertThat(evidence.generation()).isEqualTo(generation);
        }
    }

    @Test
    void shouldEndTheModuleWhenItsShimIsKilled() throws Exception {
        ModuleProcess process = bench.runtime().start(bench.shell("setsid sleep 600 & echo $! > $TREE/away; wait"));
        long away = bench.awaitPid("away");
        long shim = bench.processes.entryOf(process.identity()).orElseThrow().parent();

        ProcessHandle.of(shim).orElseThrow().destroyForcibly();

        ExitEvidence evidence = ModuleBench.end(process);
        assertThat(evidence.code()).isEmpty();
        assertThat(evidence.signal()).isEmpty();
        assertThat(evidence.note()).contains("keeper process was killed");
        bench.awaitGone(process.identity().pid());
        assertThat(bench.isRunning(away)).isFalse();
    }

    @Test
    void shouldNotHandTheManagersSignalsFilesOrSessionToTheModule() throws Exception {
        ModuleProcess process = bench.runtime()
                .start(bench.shell("ls /proc/self/fd | wc -l; grep SigIgn /proc/self/status;"
                        + " ps -o sid= -p $$ | tr -d ' '; cut -d' ' -f5 /proc/$$/stat; umask; cat"));

        ExitEvidence evidence = ModuleBench.end(process);

        String pid = Long.toString(process.identity().pid());
        assertThat(evidence.code()).hasValue(0);
        assertThat(evidence.lastLines().subList(0, 4)).containsExactly("4", "SigIgn:\t0000000000000000", pid, pid);
    }

    @Test
    void shouldReportUseOfTheWholeTree() {
        ModuleProcess process = bench.runtime().start(bench.shell("sleep 600 & sleep 600 & wait"));

        await().until(() -> process.usage().orElseThrow().processes() == 3);

        ModuleProcess.Usage usage = process.usage().orElseThrow();
        assertThat(usage.memoryBytes()).isBetween(100_000L, 100_000_000L);
        assertThat(usage.cpuSeconds()).isBetween(0.0, 10.0);
    }

    @Test
    void shouldSayThatLimitsAreNotEnforcedWhereTheyCannotBe() {
        ModuleBench.Wish wish = new ModuleBench.Wish(
                new Manifest.Resources(Optional.of(0.5), Optional.of(100L << 20), Optional.empty(), Optional.empty()),
                0,
                Optional.empty(),
                bench.logs());
        ModuleId module = bench.module("limited");

        ModuleProcess process = bench.runtime().start(bench.launch(module, 1, wish, "/bin/sleep", "600"));

        List<String> words = process.unenforcedLimits();
        assertThat(words).hasSize(2).allMatch(word -> word.endsWith("limit: not for this test"));
        assertThat(ModuleBench.alive(bench.runtime().adopt(module, 1)).unenforcedLimits())
                .isEqualTo(words);
    }

    @Test
    void shouldRunAsAnotherUserWithItsNiceness() throws Exception {
        ModuleBench.Wish wish = new ModuleBench.Wish(Manifest.Resources.NONE, 7, Optional.of("nobody"), bench.logs());
        for (Path open = bench.tree(); open.startsWith(folder); open = open.getParent()) {
            Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        LaunchSpec launch = bench.launch(bench.module("other"), 1, wish, "/bin/sh", "-c", "id -un; id -G; nice");

        if (bench.processes.ownUser() == 0) {
            ExitEvidence evidence = ModuleBench.end(bench.runtime().start(launch));
            assertThat(evidence.lastLines()).hasSize(3).startsWith("nobody").endsWith("7");
            assertThat(evidence.lastLines().get(1)).doesNotMatch("(.* )?0( .*)?");
        } else {
            assertThatThrownBy(() -> bench.runtime().start(launch)).hasMessageContaining("runs as root");
        }
    }

    @Test
    void shouldRefuseARunFolderWhosePathIsTooLongForSockets() {
        Path deep = folder.resolve("d".repeat(100));

        assertThatThrownBy(() -> new ProcessRuntime(
                        ModuleBench.SHIM,
                        deep,
                        CgroupLimits.none("-"),
                        LogRotation.DEFAULT,
                        bench.watch,
                        InstantSource.system()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("may have 89 bytes");
        assertThat(deep).doesNotExist();
    }

    @Test
    void shouldForgetAModuleAndEverythingOfIt() {
        ModuleId module = bench.module("gone");
        ProcessRuntime runtime = bench.runtime();
        ModuleProcess process = runtime.start(bench.launch(module, 1, "/bin/sleep", "600"));

        runtime.forget(module);

        assertThat(process.exit().join().signal()).hasValue(9);
        assertThat(bench.runFolder()).isEmptyDirectory();
        assertThat(runtime.adopt(module, 1)).isInstanceOf(ModuleRuntime.Adoption.NeverStarted.class);
    }
}
