package io.vyra.modulemanager.catalog;

import static io.vyra.modulemanager.catalog.CatalogFixtures.entry;
import static io.vyra.modulemanager.catalog.CatalogFixtures.id;
import static io.vyra.modulemanager.catalog.CatalogFixtures.needs;
import static org.assertj.core.api.Assertions.assertThat;

import io.vyra.modulemanager.catalog.InstalledModules.Installed;
import io.vyra.modulemanager.catalog.Plan.PlannedModule;
import io.vyra.modulemanager.module.HealthCheck;
import io.vyra.modulemanager.module.Manifest;
import io.vyra.modulemanager.module.Manifest.Dependency;
import io.vyra.modulemanager.module.Manifest.Permissions;
import io.vyra.modulemanager.module.Manifest.Requirements;
import io.vyra.modulemanager.module.Manifest.Resources;
import io.vyra.modulemanager.module.Probe;
import io.vyra.modulemanager.module.ProcessSpec;
import io.vyra.modulemanager.problem.Problem;
import io.vyra.modulemanager.problem.ProblemType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.semver4j.Semver;

class UnpackedCheckTest {
    private static final ProcessSpec.Port WEB = new ProcessSpec.Port("web", 9_000, ProcessSpec.Protocol.TCP);

    private final FakeMachine machine = new FakeMachine();

    private static Manifest manifest(
            String name, String version, Requirements needs, Resources resources, Dependency... on) {
        return new Manifest(
                name,
                new Semver(version),
                Optional.empty(),
                new Manifest.About(name, "", "", "", Optional.empty(), Optional.empty(), List.of(), true),
                Permissions.DEFAULT,
                new Manifest.Behavior(true, true, HealthCheck.DEFAULT),
                resources,
                needs,
                List.of(on),
                Map.of(),
                Optional.of(new ProcessSpec(
                        List.of("bin/run"),
                        ".",
                        Map.of(),
                        ProcessSpec.Stop.DEFAULT,
                        new Probe.Alive(),
                        List.of(WEB),
                        false,
                        0,
                        0,
                        Optional.empty())));
    }

    private static Manifest app(Requirements needs, Resources resources, Dependency... on) {
        return manifest("app", "1.0.0", needs, resources, on);
    }

    private static Installed holding(String name, boolean running) {
        return new Installed(id(name), new Semver("0.9.0"), Permissions.DEFAULT, List.of(), running, 0, List.of(WEB));
    }

    private List<Problem> check(Manifest manifest, Installed... installed) {
        PlannedModule step =
                new PlannedModule(id("app").toString(), Optional.empty(), entry("app", "1.0.0"), Optional.empty());
        Plan plan = new Plan(List.of(step), 0, 0, 0, 0, List.of(), Duration.ZERO, List.of(), List.of());
        return new UnpackedCheck(List.of(installed), machine).check(manifest, step, plan);
    }

    private static void assertOnly(List<Problem> problems, ProblemType type, String... words) {
        assertThat(problems).hasSize(1);
        assertThat(problems.getFirst().type()).isEqualTo(type);
        assertThat(problems.getFirst().detail()).contains(words);
    }

    @Test
    void shouldAcceptWhatTheMachineOffers() {
        assertThat(check(app(
                        new Requirements(List.of("x86_64"), List.of("linux"), 1, false, List.of()), Resources.NONE)))
                .isEmpty();
    }

    @Test
    void shouldRefuseAPackageThatIsNotWhatItsIndexSays() {
        assertOnly(
                check(manifest("app", "1.0.1", Requirements.NONE, Resources.NONE)),
                ProblemType.INVALID_PACKAGE,
                "app 1.0.1",
                "app 1.0.0");
        assertOnly(
                check(manifest("other", "1.0.0", Requirements.NONE, Resources.NONE)),
                ProblemType.INVALID_PACKAGE,
                "other");
    }

    @Test
    void shouldRefuseAnotherArchitectureSystemDeviceOrGpu() {
        assertOnly(
                check(app(new Requirements(List.of("aarch64"), List.of(), 0, false, List.of()), Resources.NONE)),
                ProblemType.UNSUPPORTED_PLATFORM,
                "aarch64",
                "amd64");
        assertOnly(
                check(app(new Requirements(List.of(), List.of("windows"), 0, false, List.of()), Resources.NONE)),
                ProblemType.UNSUPPORTED_PLATFORM,
                "windows");
        assertOnly(
                check(app(
                        new Requirements(
                                List.of(),
                                List.of(),
                                0,
                                false,
                                List.of(new Manifest.Device("/dev/lidar", Optional.empty()))),
                        Resources.NONE)),
                ProblemType.UNSUPPORTED_PLATFORM,
                "/dev/lidar");
        assertOnly(
                check(app(new Requirements(List.of(), List.of(), 0, true, List.of()), Resources.NONE)),
                ProblemType.UNSUPPORTED_PLATFORM,
                "GPU");
        machine.devices.add(Path.of("/dev/lidar"));
        machine.gpu = true;
        assertThat(check(app(
                        new Requirements(
                                List.of("arm64", "amd64"),
                                List.of(),
                                0,
                                true,
                                List.of(new Manifest.Device("/dev/lidar", Optional.empty()))),
                        Resources.NONE)))
                .isEmpty();
    }

    @Test
    void shouldRefuseTooLittleMemory() {
        assertOnly(
                check(app(new Requirements(List.of(), List.of(), 3L << 30, false, List.of()), Resources.NONE)),
                ProblemType.UNSUPPORTED_PLATFORM,
                "min_ram_mb");
        assertOnly(
                check(app(
                        Requirements.NONE,
                        new Resources(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(2L << 30)))),
                ProblemType.CONFLICT,
                "memory_reservation");
    }

    @Test
    void shouldRefuseAPortOfAnotherModule() {
        assertOnly(
                check(app(Requirements.NONE, Resources.NONE), holding("other", false)),
                ProblemType.PORT_TAKEN,
                "9000",
                id("other").toString());
    }

    @Test
    void shouldRefuseAPortOfAnotherProcess() {
        machine.ports.add("TCP:9000");

        assertOnly(check(app(Requirements.NONE, Resources.NONE)), ProblemType.PORT_TAKEN, "9000", "no module");
    }

    @Test
    void shouldLetAnUpdateTakeOverItsOwnPort() {
        machine.ports.add("TCP:9000");

        assertThat(check(app(Requirements.NONE, Resources.NONE), holding("app", true)))
                .isEmpty();
    }

    @Test
    void shouldRefuseADependencyThatTheIndexDidNotTell() {
        assertOnly(
                check(app(Requirements.NONE, Resources.NONE, needs("lib", "^1"))),
                ProblemType.UNSATISFIABLE_DEPENDENCY,
                "lib ^1");
        assertThat(check(
                        app(Requirements.NONE, Resources.NONE, needs("lib", "^1")),
                        CatalogFixtures.installed("lib", "1.5.0")))
                .isEmpty();
    }
}
