package io.vyra.modulemanager.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vyra.modulemanager.container.engine.ContainerState;
import io.vyra.modulemanager.container.engine.EngineFacts;
import io.vyra.modulemanager.container.settings.Allowance;
import io.vyra.modulemanager.container.settings.ContainerLabels;
import io.vyra.modulemanager.module.ContainerSpec;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import io.vyra.modulemanager.runtime.EngineState;
import io.vyra.modulemanager.runtime.ExitEvidence;
import io.vyra.modulemanager.runtime.ModuleProcess;
import io.vyra.modulemanager.runtime.ModuleRuntime.Adoption;
import io.vyra.modulemanager.runtime.ProbeResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of containers when managers and engines end in the middle of anything; with an engine of paper. */
class ContainerRuntimeTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final ModuleId MODULE = ModuleId.random("camera");

    @TempDir
    Path folder;

    private final PaperEngine engine = new PaperEngine();
    private TestGround ground;
    private ContainerRuntime runtime;

    @BeforeEach
    void open() throws IOException {
        ground = new TestGround(folder);
        ground.image(TestImage.gzip(new TestImage().file("bin/run", "x").full("camera:1")));
        runtime = ground.runtime(engine, "host");
    }

    @AfterEach
    void close() {
        engine.comeBack();
        runtime.close();
        ground.close();
    }

    private void restartManager() {
        runtime.close();
        runtime = ground.runtime(engine, "host");
    }

    private TestLaunch launch(long generation) {
        return TestLaunch.of(MODULE, ground.module()).generation(generation);
    }

    private ModuleProcess start(long generation) {
        return runtime.start(launch(generation).build());
    }

    private ModuleProcess adopted(long generation) {
        Adoption adoption = runtime.adopt(MODULE, generation);
        assertThat(adoption).isInstanceOf(Adoption.Alive.class);
        return ((Adoption.Alive) adoption).process();
    }

    private static ExitEvidence end(ModuleProcess process) throws Exception {
        return process.exit().get(SOON.toSeconds(), TimeUnit.SECONDS);
    }

    private String container() {
        assertThat(engine.all()).hasSize(1);
        return engine.all().getFirst().id();
    }

    @Test
    void shouldAskTheEngineForNothingBeforeThereIsAContainer() {
        assertThat(runtime.adopt(MODULE, 1)).isInstanceOf(Adoption.NeverStarted.class);
        runtime.forget(MODULE);

        assertThat(engine.commands()).isEmpty();
    }

    @Test
    void shouldTellHowTheEngineIsByItsEvents() {
        assertThat(runtime.engine()).isEqualTo(EngineState.UNUSED);

        start(1);
        await().atMost(SOON).until(() -> runtime.engine() == EngineState.UP);
        engine.goAway();
        await().atMost(SOON).until(() -> runtime.engine() == EngineState.DOWN);
        engine.comeBack();
        await().atMost(SOON).until(() -> runtime.engine() == EngineState.UP);
    }

    @Test
    void shouldTellWhatTheEngineDoesNotEnforceAlsoAfterARestart() {
        assertThat(start(1).unenforcedLimits()).containsExactly("no swap limit");

        restartManager();

        assertThat(adopted(1).unenforcedLimits()).containsExactly("no swap limit");
    }

    @ParameterizedTest
    @CsvSource({"0, 0, -1", "3, 3, -1", "137, -1, 9", "143, -1, 15", "255, 255, -1", "128, 128, -1"})
    void shouldReadAnExitAsShellsDo(int told, int code, int signal) throws Exception {
        ModuleProcess process = start(1);

        engine.end(container(), told, false, true);

        ExitEvidence evidence = end(process);
        assertThat(evidence.code()).isEqualTo(code < 0 ? OptionalInt.empty() : OptionalInt.of(code));
        assertThat(evidence.signal()).isEqualTo(signal < 0 ? OptionalInt.empty() : OptionalInt.of(signal));
        assertThat(evidence.outOfMemory()).isFalse();
    }

    @Test
    void shouldTellThatMemoryRanOut() throws Exception {
        ModuleProcess process = start(1);

        engine.end(container(), 137, true, true);

        assertThat(end(process).inWords()).startsWith("killed by the kernel because memory ran out");
    }

    @Test
    void shouldFindWhatEndedWhileTheEngineWasGone() throws Exception {
        ModuleProcess process = start(1);
        String container = container();
        engine.goAway();
        engine.end(container, 4, false, false);
        assertThat(process.exit()).isNotDone();

        engine.comeBack();

        assertThat(end(process).code()).hasValue(4);
    }

    @Test
    void shouldKeepWhatGoesOnWhileTheEngineIsGone() throws Exception {
        ModuleProcess process = start(1);
        engine.goAway();
        process.requestStop("TERM");
        process.kill();

        engine.comeBack();
        await().atMost(SOON).until(() -> {
            process.kill();
            return process.exit().isDone();
        });

        assertThat(end(process).signal()).hasValue(9);
    }

    @Test
    void shouldNotDecideWhatAnAbsentEngineCouldTell() {
        start(1);
        runtime.close();
        engine.goAway();
        runtime = ground.runtime(engine, "host");

        assertThatThrownBy(() -> runtime.adopt(MODULE, 1))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        failure -> assertThat(failure.problem().type()).isEqualTo(ProblemType.TIMED_OUT))
                .hasMessageContaining("Start the container engine");
        engine.comeBack();

        assertThat(adopted(1).identity().generation()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"true, 9", "false, 0"})
    void shouldTellThatSomebodyRemovedTheContainer(boolean isCodeKnown, int signal) throws Exception {
        ModuleProcess process = start(1);
        await().atMost(SOON).until(engine::isListenedTo);

        engine.vanish(container(), isCodeKnown ? OptionalInt.of(137) : OptionalInt.empty());

        ExitEvidence evidence = end(process);
        assertThat(evidence.note()).isEqualTo("somebody removed its container");
        assertThat(evidence.code()).isEmpty();
        assertThat(evidence.signal()).isEqualTo(isCodeKnown ? OptionalInt.of(signal) : OptionalInt.empty());
    }

    @Test
    void shouldTellThatSomebodyRemovedTheContainerWhileNoManagerRan() {
        start(3);
        runtime.close();
        engine.vanish(container(), OptionalInt.empty());
        runtime = ground.runtime(engine, "host");

        Adoption adoption = runtime.adopt(MODULE, 3);

        assertThat(adoption).isInstanceOf(Adoption.Ended.class);
        assertThat(((Adoption.Ended) adoption).evidence().note()).contains("while no manager ran");
    }

    @Test
    void shouldMakeTheImageAgainThatSomebodyDeleted() {
        start(1);
        engine.end(container(), 0, false, true);
        engine.imageNames("").forEach(engine::removeImage);

        assertThat(start(2).identity().generation()).isEqualTo(2);
    }

    /** Every command of a start in turn is the one after which the engine is gone, obeyed or not; the manager lives on. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldConvergeWhenTheEngineGoesInTheMiddleOfAStart(boolean obeysTheLast) throws Exception {
        boolean wasWhole = false;
        for (int commands = 0; !wasWhole; commands++) {
            assertThat(commands).isLessThan(50);
            long generation = 2L * commands + 1;
            engine.goAwayAfter(commands, obeysTheLast);
            Optional<ModuleProcess> begun = attempt(generation);
            wasWhole = begun.isPresent();
            engine.comeBack();
            if (begun.isPresent()) {
                runtime.forget(MODULE);
                continue;
            }

            ModuleProcess next = start(generation + 1);

            assertThat(engine.all()).as("after %d commands", commands).hasSize(1);
            assertThat(next.identity().generation()).isEqualTo(generation + 1);
            assertThat(next.exit()).isNotDone();
            runtime.forget(MODULE);
            assertThat(engine.all()).isEmpty();
        }
    }

    private Optional<ModuleProcess> attempt(long generation) {
        try {
            return Optional.of(start(generation));
        } catch (ProblemException e) {
            assertThat(e.problem().type()).isEqualTo(ProblemType.START_FAILED);
            return Optional.empty();
        }
    }

    /** Every command of a start in turn is the last one of its manager; the next one finds out what it did. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldFindOutWhatAManagerDidThatWasKilledInTheMiddleOfAStart(boolean obeysTheLast) {
        boolean wasWhole = false;
        for (int commands = 0; !wasWhole; commands++) {
            assertThat(commands).isLessThan(50);
            engine.goAwayAfter(commands, obeysTheLast);
            wasWhole = attempt(commands + 1L).isPresent();
            // What a killed manager would still have tidied up is not tidied up: the engine is away.
            runtime.close();
            engine.comeBack();
            runtime = ground.runtime(engine, "host");

            Adoption adoption = runtime.adopt(MODULE, commands + 1L);

            if (adoption instanceof Adoption.Alive alive) {
                assertThat(alive.process().identity().generation()).isEqualTo(commands + 1L);
                assertThat(engine.all())
                        .extracting(ContainerState::phase)
                        .containsExactly(ContainerState.Phase.RUNNING);
            } else {
                assertThat(adoption).isInstanceOf(Adoption.NeverStarted.class);
                assertThat(engine.all()).as("after %d commands", commands).isEmpty();
                assertThat(wasWhole).isFalse();
            }
            runtime.forget(MODULE);
            assertThat(engine.all()).isEmpty();
        }
    }

    @Test
    void shouldEndAContainerWhoseLaunchCountsAsFailed() {
        start(1);
        // As a manager whose data folder is of yesterday: it knows of no container, and the module is to run.
        ContainerRecords records =
                new ContainerRecords(ContainerRuntime.records(folder), io.vyra.modulemanager.store.DiskSync.none());
        records.delete(MODULE);
        restartManager();
        assertThat(runtime.adopt(MODULE, 1)).isInstanceOf(Adoption.NeverStarted.class);

        ModuleProcess process = start(2);

        assertThat(engine.all()).hasSize(1);
        assertThat(ContainerLabels.generation(engine.all().getFirst().labels())).hasValue(2);
        assertThat(process.exit()).isNotDone();
    }

    @Test
    void shouldTreatADamagedRecordAsALaunchOfWhichNothingIsKnown() throws IOException {
        start(1);
        runtime.close();
        Files.writeString(ContainerRuntime.records(folder).resolve(MODULE + ".json"), "{\"generation\":");
        runtime = ground.runtime(engine, "host");

        assertThat(adopted(1).identity().generation()).isEqualTo(1);
    }

    @Test
    void shouldRefuseWhatNoAdministratorAllowed() {
        ContainerSpec.Wishes wishes = new ContainerSpec.Wishes(true, false, List.of());

        assertThatThrownBy(() -> runtime.start(launch(1).wishing(wishes).build()))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("vyra.container.allow");
        assertThat(engine.all()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "DOCKER, 19.03.15, true",
        "DOCKER, 20.10.0, false",
        "DOCKER, 27.1.2, false",
        "PODMAN, 4.2.1, true",
        "PODMAN, 4.3.0, false",
        "PODMAN, 5.0.0-dev, false"
    })
    void shouldComplainAboutAnEngineThatIsTooOld(EngineFacts.Kind kind, String version, boolean isOld) {
        EngineFacts facts = new EngineFacts(kind, version, "2", "overlay", Optional.empty());

        assertThat(facts.complaint().isPresent()).isEqualTo(isOld);
    }

    @Test
    void shouldSayThatNobodyTookACommand() {
        ModuleProcess process = start(1);
        assertThat(process.obstacle()).isEmpty();
        engine.goAway();

        assertThatThrownBy(process::pause)
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("the engine is away");
        assertThatThrownBy(process::resume).isInstanceOf(ProblemException.class);
        assertThatThrownBy(process::isPaused).isInstanceOf(ProblemException.class);
        assertThat(process.obstacle()).hasValueSatisfying(why -> assertThat(why).contains("engine is"));
        engine.comeBack();

        await().atMost(SOON).until(() -> process.obstacle().isEmpty());
        process.pause();
        assertThat(process.isPaused()).isTrue();
        process.resume();
        assertThat(process.isPaused()).isFalse();
    }

    @Test
    void shouldNotJudgeAModuleByAnEngineThatIsAway() {
        ModuleProcess process = start(1);
        engine.goAway();

        assertThat(process.probe(List.of("/bin/check"), Duration.ofSeconds(1)))
                .hasValueSatisfying(result -> assertThat(result).isInstanceOf(ProbeResult.Failed.class));

        assertThat(process.obstacle()).isPresent();
    }

    @Test
    void shouldRemoveWhatIsLeftWhenTheEngineIsBack() throws Exception {
        ModuleProcess process = start(1);
        engine.end(container(), 0, false, true);
        end(process);
        engine.goAway();

        runtime.forget(MODULE);

        assertThat(engine.all()).hasSize(1);
        engine.comeBack();
        await().atMost(SOON).until(() -> engine.all().isEmpty());
        assertThat(runtime.adopt(MODULE, 1)).isInstanceOf(Adoption.NeverStarted.class);
    }

    @Test
    void shouldKeepWhatWasStartedAfterTheEngineCameBack() throws Exception {
        end(startAndEnd(1));
        engine.goAway();
        runtime.forget(MODULE);
        engine.comeBack();

        ModuleProcess next = start(2);

        await().during(Duration.ofSeconds(1))
                .atMost(SOON)
                .until(() -> !next.exit().isDone() && engine.all().size() == 1);
    }

    private ModuleProcess startAndEnd(long generation) {
        ModuleProcess process = start(generation);
        engine.end(container(), 0, false, true);
        return process;
    }

    @Test
    void shouldRemoveWhatIsLeftOfAModuleThatIsNotInstalledAnyMore() throws Exception {
        end(startAndEnd(1));
        restartManager();

        runtime.retain(Map.of());

        assertThat(engine.all()).isEmpty();
    }

    @Test
    void shouldTellOnceThatContainersCanBeStartedAgain() {
        List<String> told = new CopyOnWriteArrayList<>();
        ground.choice().onRecovery(told::add);
        engine.goAway();
        assertThat(attempt(1)).isEmpty();
        assertThat(attempt(2)).isEmpty();
        assertThat(told).isEmpty();

        engine.comeBack();

        await().atMost(SOON).until(() -> !told.isEmpty());
        assertThat(told).containsExactly("the container engine is back");
        assertThat(start(3).exit()).isNotDone();
    }

    @Test
    void shouldMeasureOnlyWhileSomebodyAsks() {
        ModuleProcess process = start(1);

        await().atMost(SOON).until(() -> process.usage().isPresent());

        assertThat(process.usage()).contains(new ModuleProcess.Usage(1, 2, 3));
    }

    @Test
    void shouldLookAtEachStartWhereALinkLeads() throws Exception {
        runtime.close();
        runtime = ground.runtime(engine, "host", Map.of("camera", Set.of(Allowance.HOST_PATHS)), false);
        Path maps = Files.createDirectory(folder.resolve("maps"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), maps);
        TestLaunch sharing = launch(1)
                .wishing(new ContainerSpec.Wishes(
                        false, false, List.of(new ContainerSpec.Mount(link.toString(), "/maps", true))));
        runtime.start(sharing.build());
        runtime.forget(MODULE);
        Files.delete(link);
        Files.createSymbolicLink(link, Path.of("/run"));

        assertThatThrownBy(() -> runtime.start(sharing.generation(2).build()))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        failure -> assertThat(failure.problem().type()).isEqualTo(ProblemType.FORBIDDEN))
                .hasMessageContaining("which is /run and holds the container engine's socket");
        assertThat(engine.all()).isEmpty();
    }
}
