package io.vyra.modulemanager.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vyra.modulemanager.Caller;
import io.vyra.modulemanager.ModuleManager.CommandContext;
import io.vyra.modulemanager.catalog.CatalogEntry;
import io.vyra.modulemanager.catalog.Plan;
import io.vyra.modulemanager.catalog.Plan.PlannedModule;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.operation.Operation.Kind;
import io.vyra.modulemanager.operation.Operation.Status;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.semver4j.Semver;

class SupersedeTest {
    private static final Set<Kind> DRIVES = EnumSet.of(Kind.START, Kind.STOP, Kind.RESTART, Kind.SUSPEND, Kind.RESUME);
    private OperationsFixture robot;

    @BeforeEach
    void begin(@TempDir Path folder) {
        robot = new OperationsFixture(folder);
        robot.begin(robot.queue);
        robot.steps = List.of(robot.step("a"));
    }

    @AfterEach
    void end() {
        robot.close();
    }

    /** The rule, written down once more and independently. */
    private static boolean expected(Kind newer, Kind older) {
        if (older == Kind.CONFIGURE) {
            return false;
        }
        return switch (newer) {
            case STOP, REMOVE, INSTALL, UPDATE, ROLLBACK -> true;
            case START, RESTART, SUSPEND, RESUME -> DRIVES.contains(older);
            case CONFIGURE -> false;
        };
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void shouldLetANewerIntentSupersedeAnOlderOne(Kind newer) {
        List<String> wrong = new ArrayList<>();
        for (Kind older : EnumSet.complementOf(EnumSet.of(Kind.REMOVE))) {
            Operation first = robot.submit(older);
            Operation second = robot.submit(newer);
            robot.runAll();

            Status wanted = expected(newer, older) ? Status.CANCELLED : Status.SUCCEEDED;
            if (robot.now(first).status() != wanted || robot.now(second).status() != Status.SUCCEEDED) {
                wrong.add(newer + " after " + older + ": " + robot.now(first).status() + ", "
                        + robot.now(second).status());
            }
        }
        assertThat(wrong).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void shouldRefuseEverythingWhileAModuleIsRemoved(Kind newer) {
        robot.submit(Kind.REMOVE);

        assertThatThrownBy(() -> robot.submit(newer))
                .isInstanceOfSatisfying(
                        ProblemException.class, it -> assertThat(it.type()).isEqualTo(ProblemType.MODULE_BUSY));
        robot.runAll();
        assertThat(robot.submit(newer).status()).isEqualTo(Status.PENDING);
    }

    @Test
    void shouldReplaceWhatStillWaits() {
        Operation update = robot.submit(Kind.UPDATE);
        Operation start = robot.submit(Kind.START);
        Operation restart = robot.submit(Kind.RESTART);
        Operation configure = robot.submit(Kind.CONFIGURE);
        robot.runAll();

        assertThat(robot.now(update).status()).isEqualTo(Status.SUCCEEDED);
        assertThat(robot.now(start).status()).isEqualTo(Status.CANCELLED);
        assertThat(robot.now(start).problem().orElseThrow().detail()).contains("superseded by the newer restart");
        assertThat(robot.now(restart).status())
                .as("an alias is no reason not to restart")
                .isEqualTo(Status.SUCCEEDED);
        assertThat(robot.now(configure).status()).isEqualTo(Status.SUCCEEDED);
    }

    @Test
    void shouldNotDropAWaitingUpdateForAMereStart() {
        Operation first = robot.submit(Kind.START);
        Operation update = robot.submit(Kind.UPDATE);
        Operation another = robot.submit(Kind.UPDATE);
        Operation start = robot.submit(Kind.START);
        robot.runAll();

        assertThat(robot.now(first).status()).isEqualTo(Status.CANCELLED);
        assertThat(robot.now(update).status()).isEqualTo(Status.CANCELLED);
        assertThat(robot.now(another).status()).isEqualTo(Status.SUCCEEDED);
        assertThat(robot.now(start).status()).isEqualTo(Status.SUCCEEDED);
    }

    @Test
    void shouldDecideTheSameAgainAfterACrash() {
        Operation update = robot.submit(Kind.UPDATE);
        Operation start = robot.submit(Kind.START);
        robot.tasks.clear();
        robot.reopen();

        robot.operations.resume();

        assertThat(robot.now(update).status()).isEqualTo(Status.SUCCEEDED);
        assertThat(robot.now(start).status()).isEqualTo(Status.SUCCEEDED);
    }

    @Test
    void shouldLetInstallationsThatShareADependencyFollowEachOther() {
        Operation first = install("top", "base");
        Operation second = install("other", "base");
        Operation again = install("other", "base");
        robot.runAll();

        assertThat(robot.now(first).status()).isEqualTo(Status.SUCCEEDED);
        assertThat(robot.now(second).status()).isEqualTo(Status.CANCELLED);
        assertThat(robot.now(again).status()).isEqualTo(Status.SUCCEEDED);
    }

    @Test
    void shouldLetAStopOfADependencySupersedeWhatDisturbsIt() {
        Operation install = install("top", "base");
        Operation stop = robot.submit(Kind.STOP, id("base"));
        robot.runAll();

        assertThat(robot.now(install).status()).isEqualTo(Status.CANCELLED);
        assertThat(robot.now(stop).status()).isEqualTo(Status.SUCCEEDED);
    }

    private static String id(String name) {
        return new ModuleId(name, "0123456789abcdef0123456789abcdef").toString();
    }

    private Operation install(String... names) {
        List<PlannedModule> modules = Stream.of(names)
                .map(name -> new PlannedModule(id(name), Optional.empty(), entry(name), Optional.empty()))
                .toList();
        Plan plan = new Plan(modules, 0, 0, 0, 0, List.of(), Duration.ZERO, List.of(), List.of());
        return robot.operations.submit(
                Kind.INSTALL,
                new OperationRequest.Deploy(id(names[0]), plan, Optional.empty(), Optional.empty()),
                OperationsFixture.TIMEOUT,
                CommandContext.of(Caller.MANAGER),
                () -> {});
    }

    private static CatalogEntry entry(String name) {
        return new CatalogEntry(
                "demo",
                name,
                new Semver("1.0.0"),
                Optional.empty(),
                "",
                "",
                List.of(),
                Optional.empty(),
                List.of(),
                URI.create("file:///x"),
                OptionalLong.empty(),
                Optional.empty());
    }
}
