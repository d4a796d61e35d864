package io.vyra.modulemanager.catalog;

import static io.vyra.modulemanager.catalog.CatalogFixtures.canUse;
import static io.vyra.modulemanager.catalog.CatalogFixtures.entry;
import static io.vyra.modulemanager.catalog.CatalogFixtures.id;
import static io.vyra.modulemanager.catalog.CatalogFixtures.installed;
import static io.vyra.modulemanager.catalog.CatalogFixtures.needs;
import static io.vyra.modulemanager.catalog.CatalogFixtures.offering;
import static io.vyra.modulemanager.catalog.CatalogFixtures.problemOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.vyra.modulemanager.catalog.InstalledModules.Installed;
import io.vyra.modulemanager.catalog.Plan.PlannedModule;
import io.vyra.modulemanager.module.Manifest;
import io.vyra.modulemanager.module.Manifest.Permissions;
import io.vyra.modulemanager.module.TestModule;
import io.vyra.modulemanager.module.VersionRange;
import io.vyra.modulemanager.problem.Problem;
import io.vyra.modulemanager.problem.ProblemType;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlannerTest {
    private final FakeMachine machine = new FakeMachine();

    private Planner planner(List<CatalogEntry> offered, Installed... present) {
        return new Planner(
                new OfferedEntries(offered),
                () -> List.of(present),
                machine,
                new PlanLimits(4, 100, Duration.ofSeconds(5)),
                new UpdateOrderRule(manifest -> Optional.empty(), machine),
                CatalogFixtures::id);
    }

    private static Plan install(Planner planner, String name) {
        return planner.planInstall(name, Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static List<String> steps(Plan plan) {
        return plan.steps().stream()
                .map(step -> step.entry().name() + " " + step.entry().version()
                        + step.fromVersion().map(from -> " from " + from).orElse(""))
                .toList();
    }

    private static void assertBlocked(Plan plan, ProblemType type, String... words) {
        assertThat(plan.isFeasible()).isFalse();
        assertThat(plan.blockers()).extracting(Problem::type).contains(type);
        assertThat(plan.blockers().stream()
                        .filter(problem -> problem.type() == type)
                        .findFirst()
                        .orElseThrow()
                        .detail())
                .contains(words);
    }

    @Test
    void shouldInstallTheNewestStableWithItsDependenciesFirst() {
        Planner planner = planner(List.of(
                entry("app", "2.0.0-rc.1"),
                entry("app", "1.10.0", needs("lib", "^1.0")),
                entry("app", "1.9.0"),
                entry("lib", "2.0.0"),
                entry("lib", "1.2.0", needs("base", "*")),
                entry("base", "0.1.0")));

        Plan plan = install(planner, "app");

        assertThat(plan.blockers()).isEmpty();
        assertThat(steps(plan)).containsExactly("base 0.1.0", "lib 1.2.0", "app 1.10.0");
        assertThat(plan.steps())
                .extracting(PlannedModule::requiredBy)
                .containsExactly(Optional.of("lib"), Optional.of("app"), Optional.empty());
    }

    @Test
    void shouldChooseAPreReleaseOnlyWhenTheRangeNamesOne() {
        Planner planner = planner(List.of(entry("app", "2.0.0-rc.1"), entry("app", "1.0.0")));

        assertThat(steps(planner.planInstall(
                        "app", Optional.of(VersionRange.parse("2.0.0-rc.1")), Optional.empty(), Optional.empty())))
                .containsExactly("app 2.0.0-rc.1");
        assertThat(steps(planner.planInstall(
                        "app", Optional.of(VersionRange.parse(">=1.0.0")), Optional.empty(), Optional.empty())))
                .containsExactly("app 1.0.0");
    }

    @Test
    void shouldSayWhatThereIsWhenNothingFits() {
        Planner planner = planner(List.of(entry("app", "1.0.0")));

        var problem = problemOf(() ->
                planner.planInstall("app", Optional.of(VersionRange.parse("^3")), Optional.empty(), Optional.empty()));

        assertThat(problem.type()).isEqualTo(ProblemType.PACKAGE_NOT_FOUND);
        assertThat(problem.problem().detail()).contains("app ^3", "there is 1.0.0");
        assertThat(problemOf(() -> install(planner, "nothing")).type()).isEqualTo(ProblemType.PACKAGE_NOT_FOUND);
    }

    @Test
    void shouldGoBackToAnOlderDependencyThatFitsBoth() {
        Planner planner = planner(List.of(
                entry("app", "1.0.0", needs("a", "*"), needs("b", "*")),
                entry("a", "2.0.0", needs("c", "^2")),
                entry("a", "1.0.0", needs("c", "^1")),
                entry("b", "1.0.0", needs("c", "^1")),
                entry("c", "2.0.0"),
                entry("c", "1.0.0")));

        assertThat(steps(install(planner, "app"))).containsExactly("c 1.0.0", "a 1.0.0", "b 1.0.0", "app 1.0.0");
    }

    @Test
    void shouldKeepAnInstalledDependencyThatFits() {
        Planner planner = planner(
                List.of(entry("app", "1.0.0", needs("lib", "^1")), entry("lib", "1.9.0")), installed("lib", "1.0.0"));

        assertThat(steps(install(planner, "app"))).containsExactly("app 1.0.0");
    }

    @Test
    void shouldUpdateAnInstalledDependencyThatDoesNotFit() {
        Planner planner = planner(
                List.of(entry("app", "1.0.0", needs("lib", "^2")), entry("lib", "2.1.0")), installed("lib", "1.0.0"));

        assertThat(steps(install(planner, "app"))).containsExactly("lib 2.1.0 from 1.0.0", "app 1.0.0");
    }

    @Test
    void shouldNotUpdateADependencyThatForbidsIt() {
        Permissions fixed = new Permissions(true, true, false, true, true, false);
        Planner planner = planner(
                List.of(entry("app", "1.0.0", needs("lib", "^2")), entry("lib", "2.1.0")),
                installed("lib", "1.0.0", fixed));

        assertBlocked(
                install(planner, "app"), ProblemType.UNSATISFIABLE_DEPENDENCY, "app needs lib ^2", "updatable: false");
    }

    @Test
    void shouldNotDowngradeADependency() {
        Planner planner = planner(
                List.of(entry("app", "1.0.0", needs("lib", "^1")), entry("lib", "1.1.0")), installed("lib", "2.0.0"));

        assertBlocked(install(planner, "app"), ProblemType.UNSATISFIABLE_DEPENDENCY, "lib 2.0.0", "not downgraded");
    }

    @Test
    void shouldNameWhoNeedsWhatAndWhatIsOffered() {
        Planner planner = planner(
                List.of(entry("app", "1.0.0", needs("lib", "^3")), entry("lib", "1.0.0"), entry("lib", "2.0.0")));

        assertBlocked(
                install(planner, "app"),
                ProblemType.UNSATISFIABLE_DEPENDENCY,
                "app needs lib ^3",
                "offer 2.0.0, 1.0.0 only");
    }

    @Test
    void shouldRefuseACycleWithItsPath() {
        Planner planner = planner(List.of(
                entry("a", "1.0.0", needs("b", "*")),
                entry("b", "1.0.0", needs("c", "*")),
                entry("c", "1.0.0", needs("a", "*"))));

        assertBlocked(install(planner, "a"), ProblemType.CYCLIC_DEPENDENCY, "c -> a -> b -> c");
    }

    @Test
    void shouldRefuseAModuleThatNeedsItself() {
        assertBlocked(
                install(planner(List.of(entry("a", "1.0.0", needs("a", "*")))), "a"),
                ProblemType.CYCLIC_DEPENDENCY,
                "a -> a");
    }

    @Test
    void shouldBringOptionalDependenciesAndDoWithoutThoseItCannotHave() {
        Planner planner = planner(List.of(
                entry(
                        "app",
                        "1.0.0",
                        canUse("extra", "*"),
                        canUse("absent", "*"),
                        canUse("lib", "^2"),
                        needs("lib", "^1")),
                entry("extra", "1.0.0"),
                entry("lib", "2.0.0"),
                entry("lib", "1.0.0")));

        Plan plan = install(planner, "app");

        assertThat(steps(plan)).containsExactlyInAnyOrder("extra 1.0.0", "lib 1.0.0", "app 1.0.0");
        assertThat(plan.steps().getLast().entry().name()).isEqualTo("app");
        assertThat(plan.warnings()).hasSize(2);
        assertThat(plan.warnings()).anyMatch(text -> text.contains("absent")).anyMatch(text -> text.contains("lib ^2"));
    }

    @Test
    void shouldNotLetAnUpdateBreakADependent() {
        Planner planner = planner(
                List.of(entry("lib", "2.0.0")),
                installed("lib", "1.0.0"),
                installed("app", "1.0.0", needs("lib", "^1")));

        Plan plan = planner.planUpdate(id("lib"), Optional.of(VersionRange.parse("2.0.0")));

        assertBlocked(plan, ProblemType.UNSATISFIABLE_DEPENDENCY, "would break the installed app 1.0.0", "lib ^1");
    }

    @Test
    void shouldTakeTheNewestUpdateThatBreaksNobodyAndSayWhy() {
        Planner planner = planner(
                List.of(entry("lib", "2.0.0"), entry("lib", "1.5.0")),
                installed("lib", "1.0.0"),
                installed("app", "1.0.0", needs("lib", "^1")));

        Plan plan = planner.planUpdate(id("lib"), Optional.empty());

        assertThat(steps(plan)).containsExactly("lib 1.5.0 from 1.0.0");
        assertThat(plan.warnings()).singleElement().asString().contains("lib 2.0.0", "app 1.0.0");
    }

    @Test
    void shouldSayThatThereIsNothingNewer() {
        Planner planner = planner(List.of(entry("lib", "1.0.0"), entry("lib", "0.9.0")), installed("lib", "1.0.0"));

        assertThat(problemOf(() -> planner.planUpdate(id("lib"), Optional.empty()))
                        .type())
                .isEqualTo(ProblemType.CONFLICT);
        assertThat(problemOf(() -> planner.planUpdate(id("other"), Optional.empty()))
                        .type())
                .isEqualTo(ProblemType.MODULE_NOT_FOUND);
    }

    @Test
    void shouldGoToAnOlderVersionWhenAskedExplicitly() {
        Planner planner = planner(List.of(entry("lib", "1.0.0"), entry("lib", "0.9.0")), installed("lib", "1.0.0"));

        assertThat(steps(planner.planUpdate(id("lib"), Optional.of(VersionRange.parse("0.9.0")))))
                .containsExactly("lib 0.9.0 from 1.0.0");
    }

    @Test
    void shouldRespectTheUpdatePermission() {
        Permissions fixed = new Permissions(true, true, false, true, true, false);
        Planner planner = planner(List.of(entry("lib", "2.0.0")), installed("lib", "1.0.0", fixed));

        assertBlocked(
                planner.planUpdate(id("lib"), Optional.empty()), ProblemType.PERMISSION_DENIED_BY_MODULE, "updatable");
    }

    @Test
    void shouldRefuseASecondInstanceWhereOnlyOneIsPermitted() {
        Permissions single = new Permissions(true, true, true, true, false, false);
        Planner planner = planner(List.of(entry("lib", "2.0.0")), installed("lib", "1.0.0", single));

        Plan plan = planner.planInstall("lib", Optional.empty(), Optional.empty(), Optional.of("f".repeat(32)));

        assertBlocked(plan, ProblemType.ALREADY_INSTALLED, "multi_instance: false");
    }

    @Test
    void shouldRefuseTheSameInstanceTwiceAndABadUuid() {
        Planner planner = planner(List.of(entry("lib", "2.0.0")), installed("lib", "1.0.0"));

        assertBlocked(install(planner, "lib"), ProblemType.ALREADY_INSTALLED, "lib_" + CatalogFixtures.UUID);
        assertThat(problemOf(() -> planner.planInstall("lib", Optional.empty(), Optional.empty(), Optional.of("xyz")))
                        .problem()
                        .errors())
                .extracting(Problem.FieldError::pointer)
                .containsExactly("/instance_id");
    }

    @Test
    void shouldCountDownloadUnpackingSnapshotAndReserve() {
        machine.freeDisk = 5_599;
        Installed running = new Installed(
                id("lib"), new org.semver4j.Semver("1.0.0"), Permissions.DEFAULT, List.of(), true, 500, List.of());

        Plan plan = planner(List.of(entry("lib", "2.0.0")), running).planUpdate(id("lib"), Optional.empty());

        assertThat(plan.downloadBytes()).isEqualTo(1_000);
        assertThat(plan.diskBytes()).isEqualTo(1_000 + 4_000 + 500 + 100);
        assertThat(plan.downtime()).isEqualTo(Duration.ofSeconds(5));
        assertBlocked(plan, ProblemType.DISK_FULL, "5600", "5599");
    }

    @Test
    void shouldCountNoDowntimeWhereTheNewVersionIsStartedFirst(@TempDir Path folder) {
        Manifest manifest = new TestModule(folder)
                .data("name: lib\nversion: 1.0.0\n")
                .runtime("kind: container\nimage: {reference: a}\nupdate: {order: start-first}\n")
                .manifest();
        Installed running = new Installed(
                id("lib"),
                manifest.version(),
                Permissions.DEFAULT,
                List.of(),
                true,
                500,
                List.of(),
                Optional.of(manifest));

        Plan plan = planner(List.of(entry("lib", "2.0.0")), running).planUpdate(id("lib"), Optional.empty());

        assertThat(plan.steps())
                .singleElement()
                .satisfies(step -> assertThat(step.mayStartFirst()).isTrue());
        assertThat(plan.downtime()).isZero();
    }

    @Test
    void shouldCountTheLargestImageBesideAPackageOnce() {
        CatalogEntry lib = entry("lib", "2.0.0");
        URI file = URI.create("file:///image");
        Map<String, OfferedImage> images = Map.of(
                "production", new OfferedImage(file, OptionalLong.of(7_000), Optional.empty()),
                "development", new OfferedImage(file, OptionalLong.of(9_000), Optional.empty()),
                "slim-production", new OfferedImage(file, OptionalLong.empty(), Optional.empty()));

        Plan plan = install(planner(List.of(offering(lib, images))), "lib");

        assertThat(plan.downloadBytes()).isEqualTo(1_000 + 9_000);
        assertThat(plan.diskBytes()).isEqualTo(1_000 + 4_000 + 9_000 + 100);
        assertThat(plan.warnings()).anyMatch(warning -> warning.contains("how large the images of lib 2.0.0 are"));
    }

    @Test
    void shouldStopSearchingAHopelessGraph() {
        List<CatalogEntry> offered = new java.util.ArrayList<>();
        for (int module = 0; module < 12; module++) {
            for (int version = 1; version <= 10; version++) {
                offered.add(entry("m" + module, version + ".0.0", needs("m" + (module + 1), "*")));
            }
        }
        offered.add(entry("m12", "1.0.0", needs("nowhere", "*")));

        Plan plan = install(planner(offered), "m0");

        assertBlocked(plan, ProblemType.UNSATISFIABLE_DEPENDENCY, "m12 needs nowhere *");
    }
}
