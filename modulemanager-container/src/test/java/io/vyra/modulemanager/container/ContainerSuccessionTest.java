package io.vyra.modulemanager.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vyra.modulemanager.container.ContainerRecord.LogPlace;
import io.vyra.modulemanager.container.engine.ContainerState;
import io.vyra.modulemanager.container.settings.ContainerLabels;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.runtime.LaunchSpec;
import io.vyra.modulemanager.runtime.ModuleProcess;
import io.vyra.modulemanager.runtime.ModuleRuntime.Adoption;
import io.vyra.modulemanager.runtime.Succession;
import io.vyra.modulemanager.store.DiskSync;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two containers of one module; with an engine of paper. The first launch is the module's own until something says otherwise. */
class ContainerSuccessionTest {
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
        Files.createDirectories(besideLogs());
        runtime = ground.runtime(engine, "bridge");
        start(1);
    }

    @AfterEach
    void close() {
        engine.comeBack();
        runtime.close();
        ground.close();
    }

    private Path besideLogs() {
        return ground.logs().resolve(LaunchSpec.BESIDE);
    }

    private Succession succession() {
        return runtime.succession().orElseThrow();
    }

    private LaunchSpec launch(long generation) {
        return TestLaunch.of(MODULE, ground.module()).generation(generation).build();
    }

    private ModuleProcess start(long generation) {
        return runtime.start(launch(generation));
    }

    private ModuleProcess startBeside(long generation) {
        LaunchSpec own = launch(generation);
        return succession()
                .startBeside(new LaunchSpec(
                        own.module(),
                        own.generation(),
                        own.tree(),
                        besideLogs(),
                        own.process(),
                        own.resources(),
                        own.environment(),
                        own.container()));
    }

    private long adopted(long generation) {
        Adoption adoption = runtime.adopt(MODULE, generation);
        assertThat(adoption).isInstanceOf(Adoption.Alive.class);
        return ((Adoption.Alive) adoption).process().identity().generation();
    }

    private Set<Long> alive() {
        return engine.all().stream()
                .filter(ContainerState::isAlive)
                .map(ContainerSuccessionTest::generation)
                .collect(Collectors.toSet());
    }

    private Set<Long> all() {
        return engine.all().stream().map(ContainerSuccessionTest::generation).collect(Collectors.toSet());
    }

    private static long generation(ContainerState state) {
        return ContainerLabels.generation(state.labels()).orElseThrow();
    }

    private void end(long generation) {
        String id = engine.all().stream()
                .filter(state -> generation(state) == generation)
                .findFirst()
                .orElseThrow()
                .id();
        engine.end(id, 3, false, true);
    }

    private void restartManager() {
        runtime.close();
        engine.comeBack();
        runtime = ground.runtime(engine, "bridge");
    }

    @Test
    void shouldRunTwoAtOnceOfWhichTheGenerationSaysWhichIsTheModulesOwn() {
        startBeside(2);

        assertThat(alive()).containsExactlyInAnyOrder(1L, 2L);
        assertThat(adopted(1)).isEqualTo(1);
        assertThat(succession().others(MODULE, 1))
                .extracting(process -> process.identity().generation())
                .containsExactly(2L);
        assertThat(adopted(2)).isEqualTo(2);
        assertThat(succession().others(MODULE, 2))
                .extracting(process -> process.identity().generation())
                .containsExactly(1L);
    }

    @ParameterizedTest
    @CsvSource({"1", "2"})
    void shouldLeaveTheOneThatCounts(long counts) {
        startBeside(2);
        assertThat(adopted(counts)).isEqualTo(counts);

        succession().settle(MODULE, counts);
        succession().settle(MODULE, counts);

        assertThat(all()).containsExactly(counts);
        restartManager();
        assertThat(adopted(counts)).isEqualTo(counts);
        runtime.forget(MODULE);
        assertThat(all()).isEmpty();
    }

    @Test
    void shouldNotTouchTheOneBesideWhenTheModulesOwnEndsAndIsStartedAgain() {
        startBeside(2);
        end(1);
        runtime.forget(MODULE);

        start(3);

        assertThat(alive()).containsExactlyInAnyOrder(2L, 3L);
        assertThat(adopted(3)).isEqualTo(3);
    }

    @Test
    void shouldNotTouchTheOldOneWhenTheOneThatTookOverEndsAtOnce() throws Exception {
        ModuleProcess successor = startBeside(2);
        assertThat(adopted(2)).isEqualTo(2);

        end(2);
        assertThat(successor.exit().get(SOON.toSeconds(), TimeUnit.SECONDS).code())
                .hasValue(3);
        runtime.forget(MODULE);

        assertThat(all()).containsExactly(1L);
        assertThat(adopted(1)).as("it may still be gone back to").isEqualTo(1);
        succession().settle(MODULE, 1);
        assertThat(alive()).containsExactly(1L);
    }

    @Test
    void shouldStartTheNewVersionAgainBesideTheOldOneThatIsStillEnding() {
        startBeside(2);
        adopted(2);
        end(2);
        runtime.forget(MODULE);

        start(3);

        assertThat(alive()).containsExactlyInAnyOrder(1L, 3L);
        succession().settle(MODULE, 3);
        assertThat(all()).containsExactly(3L);
    }

    @Test
    void shouldFindOutThatTheOneThatCountsEndedWhileNoManagerRan() {
        startBeside(2);
        runtime.close();
        end(2);
        runtime = ground.runtime(engine, "bridge");

        Adoption adoption = runtime.adopt(MODULE, 2);

        assertThat(adoption).isInstanceOf(Adoption.Ended.class);
        assertThat(((Adoption.Ended) adoption).evidence().code()).hasValue(3);
        assertThat(alive()).containsExactly(1L);
    }

    @Test
    void shouldReplaceATrialThatWasInterrupted() {
        startBeside(2);
        restartManager();

        startBeside(3);

        assertThat(alive()).containsExactlyInAnyOrder(1L, 3L);
    }

    @Test
    void shouldRemoveTheOneBesideOnceTheEngineIsBack() {
        startBeside(2);
        engine.goAway();

        succession().settle(MODULE, 1);
        assertThat(alive()).containsExactlyInAnyOrder(1L, 2L);
        engine.comeBack();

        await().atMost(SOON).untilAsserted(() -> assertThat(all()).containsExactly(1L));
    }

    @Test
    void shouldRemoveTheOneBesideOfAModuleThatIsGone() {
        startBeside(2);
        restartManager();

        runtime.retain(Map.of());

        assertThat(all()).isEmpty();
    }

    /** Every command of a trial and of the hand-over in turn is the last one of its manager; the next one does what the database says. */
    @ParameterizedTest
    @CsvSource({"true, 1", "false, 1", "true, 2", "false, 2"})
    void shouldConvergeWhereverAManagerWasKilled(boolean obeysTheLast, long counts) {
        boolean wasWhole = false;
        for (int commands = 0; !wasWhole; commands++) {
            assertThat(commands).isLessThan(60);
            engine.goAwayAfter(commands, obeysTheLast);
            boolean wasStarted = attempt(() -> startBeside(2));
            wasWhole = wasStarted
                    && attempt(() -> runtime.adopt(MODULE, counts))
                    && attempt(() -> succession().others(MODULE, counts));
            succession().settle(MODULE, counts);
            restartManager();
            // Only a trial that lasted is ever on record.
            long onRecord = wasStarted ? counts : 1;

            assertThat(adopted(onRecord)).as("after %d commands", commands).isEqualTo(onRecord);
            succession().settle(MODULE, onRecord);

            assertThat(alive()).as("after %d commands", commands).containsExactly(onRecord);
            assertThat(all()).containsExactly(onRecord);
            runtime.forget(MODULE);
            assertThat(all()).isEmpty();
            start(1);
        }
    }

    private static boolean attempt(Runnable action) {
        try {
            action.run();
            return true;
        } catch (ProblemException e) {
            return false;
        }
    }

    @ParameterizedTest
    @CsvSource({"1", "2"})
    void shouldKnowBothWhenACrashCameBetweenTheTwoRecords(long counts) throws IOException {
        startBeside(2);
        runtime.close();
        Path records = ContainerRuntime.records(folder);
        Files.copy(
                records.resolve("beside").resolve(MODULE + ".json"),
                records.resolve(MODULE + ".json"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        runtime = ground.runtime(engine, "bridge");

        assertThat(adopted(counts)).isEqualTo(counts);
        end(counts);
        runtime.forget(MODULE);

        assertThat(all()).containsExactly(3 - counts);
        succession().settle(MODULE, counts);
        assertThat(all()).isEmpty();
    }

    @Test
    void shouldKeepTheRecordsApart() {
        ContainerRecords own = new ContainerRecords(ContainerRuntime.records(folder), DiskSync.none());
        BesideContainers beside = new BesideContainers(ContainerRuntime.records(folder));
        startBeside(2);

        assertThat(own.find(MODULE).orElseThrow().generation()).isEqualTo(1);
        assertThat(beside.find(MODULE).orElseThrow().log()).isEqualTo(LogPlace.BESIDE);
        assertThat(own.all()).isEqualTo(List.of(MODULE));
        assertThat(beside.all()).isEqualTo(List.of(MODULE));
        adopted(2);
        succession().settle(MODULE, 2);
        assertThat(own.find(MODULE).orElseThrow().log()).isEqualTo(LogPlace.OWN);
        assertThat(beside.find(MODULE)).isEmpty();
    }
}
