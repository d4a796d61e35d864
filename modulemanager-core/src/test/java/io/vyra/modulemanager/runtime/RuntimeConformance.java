package io.vyra.modulemanager.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vyra.modulemanager.LogLine;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.module.Probe;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link ModuleRuntime} keeps, whatever it runs modules with: the same tests for all of them. */
public abstract class RuntimeConformance {
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private RuntimeBench bench;

    /** @param folder empty, of this test alone */
    protected abstract RuntimeBench open(Path folder) throws Exception;

    protected final RuntimeBench bench() {
        return bench;
    }

    @BeforeEach
    void openBench() throws Exception {
        bench = open(folder);
    }

    @AfterEach
    void closeBench() {
        if (bench != null) {
            bench.close();
        }
    }

    protected final ModuleProcess start(LaunchSpec spec) {
        return bench.runtime().start(spec);
    }

    protected static ExitEvidence end(ModuleProcess process) throws Exception {
        return process.exit().get(SOON.toSeconds(), TimeUnit.SECONDS);
    }

    protected final List<String> logTexts() {
        return new LogFiles(bench.logs(), bench.watch())
                .tail(LogFiles.MOST_LINES).stream().map(LogLine::text).toList();
    }

    protected final void awaitLog(String text) {
        await().atMost(SOON).until(() -> logTexts().contains(text));
    }

    protected final ModuleProcess adopted(ModuleId module, long generation) {
        ModuleRuntime.Adoption adoption = bench.runtime().adopt(module, generation);
        assertThat(adoption).isInstanceOf(ModuleRuntime.Adoption.Alive.class);
        return ((ModuleRuntime.Adoption.Alive) adoption).process();
    }

    protected final ExitEvidence ended(ModuleId module, long generation) {
        ModuleRuntime.Adoption adoption = bench.runtime().adopt(module, generation);
        assertThat(adoption).isInstanceOf(ModuleRuntime.Adoption.Ended.class);
        return ((ModuleRuntime.Adoption.Ended) adoption).evidence();
    }

    /** Lets a module that waits with {@link #until} go on. */
    protected final void tell(String word) throws IOException {
        Files.writeString(bench.shared().resolve(word), "");
    }

    /** A line of shell that waits for a file. */
    protected static String until(String word) {
        return "while [ ! -e $SHARED/" + word + " ]; do sleep 0.05; done; ";
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 127})
    void shouldTellTheExitCodeAndTheLastLines(int code) throws Exception {
        Instant before = Instant.now();

        ModuleProcess process =
                start(bench.shell(bench.module("talker"), 7, "echo $GREETING; echo oh >&2; exit " + code));

        ExitEvidence evidence = end(process);
        assertThat(evidence.code()).hasValue(code);
        assertThat(evidence.signal()).isEmpty();
        assertThat(evidence.generation()).isEqualTo(7);
        assertThat(evidence.outOfMemory()).isFalse();
        assertThat(evidence.note()).isEmpty();
        assertThat(evidence.lastLines()).containsExactlyInAnyOrder("hello there", "oh");
        assertThat(evidence.isClean()).isEqualTo(code == 0);
        assertThat(evidence.at())
                .isAfter(before.minusSeconds(1))
                .isBefore(Instant.now().plusSeconds(1));
        assertThat(process.usage()).isEmpty();
        assertThat(process.identity().generation()).isEqualTo(7);
    }

    @Test
    void shouldTellTheTwoStreamsApart() throws Exception {
        end(start(bench.shell(bench.module("streams"), 1, "echo out; echo err >&2")));

        assertThat(new LogFiles(bench.logs(), bench.watch()).tail(10))
                .extracting(line -> line.stream() + " " + line.text())
                .containsExactlyInAnyOrder("stdout out", "stderr err");
    }

    @Test
    void shouldKillWhoIgnoresTheStopSignal() throws Exception {
        ModuleProcess process =
                start(bench.shell(bench.module("deaf"), 1, "trap '' TERM; echo ready; while :; do sleep 0.1; done"));
        awaitLog("ready");
        process.requestStop("TERM");
        assertThat(process.exit()).isNotDone();

        process.kill();

        assertThat(end(process).signal()).hasValue(9);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "USR1"})
    void shouldLetAModuleEndInItsOwnWayAtTheStopSignal(String signal) throws Exception {
        ModuleProcess process = start(bench.shell(
                bench.module("polite"),
                1,
                "trap 'echo goodbye; exit 5' " + signal + "; echo ready; while :; do sleep 0.05; done"));
        awaitLog("ready");

        process.requestStop(signal);

        ExitEvidence evidence = end(process);
        assertThat(evidence.code()).hasValue(5);
        assertThat(evidence.lastLines()).contains("ready", "goodbye");
    }

    @Test
    protected void shouldPauseAndResume() throws Exception {
        ModuleProcess process = start(
                bench.shell(bench.module("paused"), 1, "trap 'exit 6' TERM; echo ready; while :; do sleep 0.05; done"));
        awaitLog("ready");
        assertThat(process.isPaused()).isFalse();

        process.pause();
        await().atMost(SOON).until(process::isPaused);
        process.resume();
        await().atMost(SOON).until(() -> !process.isPaused());
        process.pause();
        await().atMost(SOON).until(process::isPaused);
        process.requestStop("TERM");

        assertThat(end(process).code()).hasValue(6);
    }

    @Test
    void shouldRefuseASecondOneWhateverTheCallerBelieves() {
        ModuleId module = bench.module("twice");
        ModuleProcess first = start(bench.shell(module, 1, "sleep 600"));

        assertThatThrownBy(() -> start(bench.shell(module, 2, "sleep 600")))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("still alive");
        assertThat(first.exit()).isNotDone();
        bench.restartManager();
        assertThatThrownBy(() -> start(bench.shell(module, 2, "sleep 600"))).isInstanceOf(ProblemException.class);

        assertThat(adopted(module, 1).identity()).isEqualTo(first.identity());
    }

    @Test
    void shouldStartAgainAfterTheEnd() throws Exception {
        ModuleId module = bench.module("again");
        for (int generation = 1; generation <= 4; generation++) {
            ModuleProcess process = start(bench.shell(module, generation, "exit 9"));

            ExitEvidence evidence = end(process);

            assertThat(evidence.code()).hasValue(9);
            assertThat(evidence.generation()).isEqualTo(generation);
        }
    }

    @Test
    void shouldAdoptWhatRunsAndTellItsEnd() throws Exception {
        ModuleId module = bench.module("adopted");
        ModuleProcess before = start(bench.shell(module, 4, "echo first; " + until("go") + "echo last; exit 11"));
        awaitLog("first");

        bench.restartManager();

        ModuleProcess after = adopted(module, 4);
        assertThat(after.identity()).isEqualTo(before.identity());
        assertThat(after.exit()).isNotDone();
        tell("go");
        ExitEvidence evidence = end(after);
        assertThat(evidence.code()).hasValue(11);
        assertThat(evidence.lastLines()).containsExactly("first", "last");
    }

    @Test
    void shouldAdoptALaunchOfAnotherGenerationThanTheOneAskedFor() {
        ModuleId module = bench.module("older");
        start(bench.shell(module, 4, "sleep 600"));

        bench.restartManager();

        assertThat(adopted(module, 5).identity().generation()).isEqualTo(4);
    }

    @Test
    void shouldKeepTheEvidenceOfAnEndThatNoManagerSaw() throws Exception {
        ModuleId module = bench.module("unseen");
        ModuleProcess process = start(bench.shell(module, 2, until("go") + "echo alone; touch $SHARED/gone; exit 12"));
        assertThat(process.exit()).isNotDone();
        bench.restartManager();

        tell("go");
        await().atMost(SOON).until(() -> Files.exists(bench.shared().resolve("gone")));
        await().atMost(SOON).until(() -> bench.runtime().adopt(module, 2) instanceof ModuleRuntime.Adoption.Ended);

        ExitEvidence evidence = ended(module, 2);
        assertThat(evidence.code()).hasValue(12);
        assertThat(evidence.generation()).isEqualTo(2);
        assertThat(evidence.lastLines()).containsExactly("alone");
    }

    @Test
    void shouldSayThatNothingWasStarted() throws Exception {
        ModuleId module = bench.module("never");
        assertThat(bench.runtime().adopt(module, 1)).isInstanceOf(ModuleRuntime.Adoption.NeverStarted.class);
        end(start(bench.shell(module, 1, "exit 0")));

        assertThat(bench.runtime().adopt(module, 2)).isInstanceOf(ModuleRuntime.Adoption.NeverStarted.class);
    }

    @Test
    void shouldWriteEachLineOnceOverRestartsOfTheManager() throws Exception {
        ModuleId module = bench.module("counter");
        start(
                bench.shell(
                        module,
                        1,
                        "i=0; while [ ! -e $SHARED/enough ]; do i=$((i+1)); echo line $i; sleep 0.01; done; echo $i > $SHARED/count"));
        for (int round = 1; round <= 3; round++) {
            int least = 20 * round;
            await().atMost(SOON).until(() -> logTexts().size() > least);
            bench.restartManager();
            adopted(module, 1);
        }

        tell("enough");
        Path count = bench.shared().resolve("count");
        await().atMost(SOON)
                .until(() -> Files.exists(count) && Files.readString(count).endsWith("\n"));

        int lines = Integer.parseInt(Files.readString(count).strip());
        List<String> all = IntStream.rangeClosed(1, lines)
                .mapToObj(number -> "line " + number)
                .toList();
        await().atMost(SOON).untilAsserted(() -> assertThat(logTexts()).isEqualTo(all));
    }

    @Test
    void shouldForgetAModuleAndEverythingOfIt() throws Exception {
        ModuleId module = bench.module("gone");
        ModuleProcess process = start(bench.shell(module, 1, "sleep 600"));

        bench.runtime().forget(module);

        assertThat(end(process).isClean()).isFalse();
        assertThat(bench.runtime().adopt(module, 1)).isInstanceOf(ModuleRuntime.Adoption.NeverStarted.class);
        assertThat(end(start(bench.shell(module, 2, "exit 1"))).code()).hasValue(1);
    }

    @Test
    void shouldSayWhatIsWrongWithAProgramThatDoesNotExist() throws Exception {
        ModuleId module = bench.module("missing");

        assertThatThrownBy(() -> start(bench.nothing(module, 1)))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        failure -> assertThat(failure.problem().type()).isEqualTo(ProblemType.START_FAILED));

        assertThat(bench.runtime().adopt(module, 1)).isInstanceOf(ModuleRuntime.Adoption.NeverStarted.class);
        assertThat(end(start(bench.shell(module, 2, "exit 2"))).code()).hasValue(2);
    }

    @Test
    protected void shouldTellItsUseOfResources() {
        ModuleProcess process = start(bench.shell(bench.module("busy"), 1, "while :; do :; done"));

        await().atMost(SOON)
                .until(() -> process.usage()
                        .filter(usage -> usage.cpuSeconds() > 0.1)
                        .filter(usage -> usage.memoryBytes() > 0)
                        .isPresent());
    }

    @Test
    void shouldRunAProbesProgramWhereTheModuleRuns() {
        LaunchSpec launch = bench.shell(bench.module("probed"), 1, "touch $SHARED/well; sleep 600");
        ModuleProcess process = start(launch);
        Probe well = new Probe.Exec(List.of("/bin/sh", "-c", "test -e $SHARED/well"));
        Probe ill = new Probe.Exec(List.of("/bin/sh", "-c", "echo no luck; exit 3"));

        await().atMost(SOON)
                .until(() -> bench.probes().run(well, launch, process, Duration.ofSeconds(20))
                        instanceof ProbeResult.Passed);

        assertThat(bench.probes().run(ill, launch, process, Duration.ofSeconds(20)))
                .isEqualTo(new ProbeResult.Failed("'/bin/sh' ended with code 3: no luck"));
    }
}
