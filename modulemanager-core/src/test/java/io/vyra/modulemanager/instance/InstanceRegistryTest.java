package io.vyra.modulemanager.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vyra.modulemanager.TransitionView;
import io.vyra.modulemanager.instance.InstanceRecord.Versions;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import io.vyra.modulemanager.runtime.ExitEvidence;
import io.vyra.modulemanager.state.Database;
import io.vyra.modulemanager.state.StateException;
import io.vyra.modulemanager.state.StateJson;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstanceRegistryTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final ModuleId ONE = id("beacon", '1');
    private static final ModuleId TWO = id("beacon", '2');
    private static final ModuleId CAMERA = id("camera", '3');

    @TempDir
    Path folder;

    private Database database;
    private InstanceRegistry registry;

    private static ModuleId id(String name, char digit) {
        return new ModuleId(name, String.valueOf(digit).repeat(32));
    }

    @BeforeEach
    void begin() {
        open();
    }

    private void open() {
        database = Database.open(folder);
        registry = new InstanceRegistry(database);
    }

    @AfterEach
    void end() {
        database.close();
    }

    private void reopen() {
        List<InstanceRecord> before = registry.all();
        database.close();
        open();
        assertThat(registry.all()).as("memory follows the database").isEqualTo(before);
    }

    private void insert(ModuleId... ids) {
        for (ModuleId id : ids) {
            registry.insert(id, Desired.STOPPED, NOW);
        }
    }

    private void alias(ModuleId id, String alias) {
        registry.update(id, it -> it.with(it.settings().withAlias(Optional.of(alias))));
    }

    @Test
    void shouldResolveIdAliasAndUniqueName() {
        insert(ONE, TWO, CAMERA);
        alias(TWO, "left lamp");

        assertThat(registry.resolve(ONE.toString()).id()).isEqualTo(ONE);
        assertThat(registry.resolve("left lamp").id()).isEqualTo(TWO);
        assertThat(registry.resolve("camera").id()).isEqualTo(CAMERA);
        assertProblem(() -> registry.resolve("beacon"), ProblemType.AMBIGUOUS_MODULE, ONE.toString(), TWO.toString());
        assertProblem(() -> registry.resolve("nobody"), ProblemType.MODULE_NOT_FOUND, "nobody");
        assertProblem(() -> registry.resolve(id("beacon", '9').toString()), ProblemType.MODULE_NOT_FOUND);
        assertProblem(() -> registry.resolve(""), ProblemType.MODULE_NOT_FOUND);
    }

    @Test
    void shouldNotGuessWhetherAnAliasOrANameIsMeant() {
        insert(ONE, CAMERA);
        alias(ONE, "camera");

        assertProblem(
                () -> registry.resolve("camera"), ProblemType.AMBIGUOUS_MODULE, ONE.toString(), CAMERA.toString());
        assertThat(registry.resolve(CAMERA.toString()).id()).isEqualTo(CAMERA);
    }

    private static void assertProblem(Runnable call, ProblemType type, String... words) {
        assertThatThrownBy(call::run).isInstanceOfSatisfying(ProblemException.class, problem -> {
            assertThat(problem.type()).isEqualTo(type);
            assertThat(List.of(words)).allMatch(problem.problem().detail()::contains);
        });
    }

    @Test
    void shouldCountUpTheRevisionWithEveryRealChangeOnly() {
        insert(ONE);
        String fresh = registry.require(ONE).etag();

        registry.update(ONE, it -> it.with(it.settings().withPinned(false)));
        assertThat(registry.require(ONE).etag()).as("nothing changed").isEqualTo(fresh);
        registry.update(ONE, it -> it.with(it.settings().withDesired(Desired.RUNNING)));
        String second = registry.require(ONE).etag();
        registry.update(ONE, it -> it.with(new Versions(Optional.of("1.0.0"), Optional.empty())));

        assertThat(List.of(fresh, second, registry.require(ONE).etag())).containsExactly("1", "2", "3");
        reopen();
    }

    @Test
    void shouldNotChangeTheEtagByLaunching() {
        insert(ONE);
        String before = registry.require(ONE).etag();

        assertThat(registry.intendLaunch(ONE)).isEqualTo(1);
        assertThat(registry.intendLaunch(ONE)).isEqualTo(2);
        registry.launchEnded(ONE, 1);
        assertThat(registry.require(ONE).launches().intended())
                .as("the end of an earlier generation says nothing of this one")
                .isTrue();
        registry.launchEnded(ONE, 2);
        registry.countRestart(ONE);

        assertThat(registry.require(ONE).launches()).isEqualTo(new InstanceRecord.Launches(2, false, 1, 2));
        assertThat(registry.require(ONE).etag()).isEqualTo(before);
        reopen();
    }

    @Test
    void shouldNeverGoBackToAnEarlierGeneration() {
        insert(ONE);
        registry.launchFound(ONE, 7);
        assertThat(registry.intendLaunch(ONE)).isEqualTo(8);
        registry.launchFound(ONE, 3);
        assertThat(registry.intendLaunch(ONE)).isEqualTo(9);
    }

    @Test
    void shouldCountLaunchesBesideTheModulesOwnWithoutChangingWhichCounts() {
        insert(ONE);
        registry.intendLaunch(ONE);

        assertThat(registry.intendLaunchBeside(ONE)).isEqualTo(2);

        reopen();
        assertThat(registry.require(ONE).launches()).isEqualTo(new InstanceRecord.Launches(1, true, 0, 2));
        registry.update(ONE, record -> record.succeededBy(2));
        registry.launchEnded(ONE, 1);
        assertThat(registry.require(ONE).launches()).isEqualTo(new InstanceRecord.Launches(2, true, 0, 2));
        registry.update(ONE, record -> record.succeededBy(1));
        assertThat(registry.intendLaunch(ONE)).isEqualTo(3);
    }

    /** The column is younger than the table: until the next launch it says nothing. */
    @Test
    void shouldUseNoGenerationTwiceAfterAMigration() {
        assertThat(new InstanceRecord.Launches(7, true, 0, 0).launched()).isEqualTo(7);
    }

    @Test
    void shouldMoveThePrimaryMark() {
        insert(ONE, TWO, CAMERA);
        assertThat(primaries()).as("the first of each name").containsExactly(ONE, CAMERA);

        registry.makePrimary(TWO);

        assertThat(primaries()).containsExactly(TWO, CAMERA);
        assertThat(registry.require(ONE).revision()).isEqualTo(2);
        assertThat(registry.require(CAMERA).revision()).isEqualTo(1);
        registry.makePrimary(TWO);
        assertThat(registry.require(TWO).revision()).isEqualTo(2);
        reopen();
    }

    @Test
    void shouldHandThePrimaryMarkOnWhenItsHolderGoes() {
        insert(ONE, TWO, CAMERA);

        registry.delete(ONE);

        assertThat(primaries()).containsExactly(TWO, CAMERA);
        reopen();
    }

    @Test
    void shouldTakeTheProposedAliasUnlessAnotherHasIt() {
        registry.insert(ONE, Desired.STOPPED, Optional.of("lamp"), NOW);
        registry.insert(TWO, Desired.STOPPED, Optional.of("lamp"), NOW);

        assertThat(registry.resolve("lamp").id()).isEqualTo(ONE);
        assertThat(registry.require(TWO).settings().alias()).isEmpty();
        reopen();
    }

    private List<ModuleId> primaries() {
        return registry.all().stream()
                .filter(it -> it.settings().primary())
                .map(InstanceRecord::id)
                .toList();
    }

    @Test
    void shouldInsertOnceAndDeleteAsOftenAsAsked() {
        insert(ONE);
        registry.update(ONE, it -> it.with(it.settings().withDesired(Desired.RUNNING)));

        registry.insert(ONE, Desired.STOPPED, NOW.plusSeconds(5));
        assertThat(registry.require(ONE).desired()).isEqualTo(Desired.RUNNING);
        new InstalledVersions(database)
                .put(ONE, new VersionRecord("1.0.0", Optional.empty(), Optional.empty(), 1, NOW, false));
        registry.delete(ONE);
        registry.delete(ONE);

        assertThat(registry.find(ONE)).isEmpty();
        assertThat(new InstalledVersions(database).of(ONE)).isEmpty();
        reopen();
    }

    @Test
    void shouldKeepMemoryAsItIsWhenTheDatabaseRefuses() {
        insert(ONE, CAMERA);
        alias(ONE, "lamp");

        assertThatThrownBy(() -> alias(CAMERA, "lamp")).isInstanceOf(StateException.class);

        assertThat(registry.require(CAMERA).settings().alias()).isEmpty();
        reopen();
    }

    @Test
    void shouldBoundTheHistoryPerModule() {
        InstanceHistory history = new InstanceHistory(database, new StateJson());
        for (int i = 0; i < InstanceHistory.KEPT_EXITS + 5; i++) {
            history.recordExit(ONE, evidence(i));
        }
        history.recordExit(TWO, evidence(100));
        int transitions = InstanceHistory.KEPT_TRANSITIONS + 3;
        for (int i = 0; i < transitions; i++) {
            history.recordTransition(new TransitionView(ONE.toString(), NOW, "stopped", "starting", "n" + i));
        }

        assertThat(history.exits(ONE, 1_000)).hasSize(InstanceHistory.KEPT_EXITS);
        assertThat(history.lastExit(ONE).orElseThrow().generation()).isEqualTo(InstanceHistory.KEPT_EXITS + 4);
        assertThat(history.exits(TWO, 10)).hasSize(1);
        assertThat(history.transitions(ONE, 10_000)).hasSize(InstanceHistory.KEPT_TRANSITIONS);
        assertThat(history.transitions(ONE, 1)).first().extracting("cause").isEqualTo("n" + (transitions - 1));
        history.forget(ONE);
        assertThat(history.exits(ONE, 1)).isEmpty();
        assertThat(history.transitions(ONE, 1)).isEmpty();
        assertThat(history.exits(TWO, 1)).hasSize(1);
    }

    private static ExitEvidence evidence(long generation) {
        return new ExitEvidence(
                generation, OptionalInt.of(1), OptionalInt.empty(), false, NOW, Duration.ZERO, List.of(), "");
    }
}
