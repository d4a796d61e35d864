package io.vyra.modulemanager.module;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vyra.modulemanager.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestReaderTest {
    @TempDir
    Path folder;

    private TestModule module;

    @BeforeEach
    void setUp() {
        module = new TestModule(folder);
    }

    @Test
    void shouldReadAllOfVyrasFiles() {
        module.data("""
                        name: v2_arm
                        version: 2.1.0-rc.1
                        uuid: 0123456789abcdef0123456789abcdef
                        display_name: Arm
                        description: Moves
                        author: Ada
                        author_email: ada@example.org
                        blueprints: basic, plot
                        alias: arm
                        icon: icon.svg
                        dependencies: []
                        flags: {frontend_active: true, backend_active: false}
                        slim: true
                        """).params("""
                        permissions: {visible: false, removable: false, protected: true}
                        behavior:
                          auto_start: false
                          restart_on_failure: true
                          health_check: {enabled: true, interval_seconds: 2.5, timeout_seconds: 1, retries: 7, start_period_seconds: 0}
                        state_manager: {broadcast_interval_hz: 1.5, max_state_history_size: 10, max_error_history_size: 5, debug_transitions: false}
                        security: {level: 3, anything: [goes]}
                        resources: {cpu_limit: "1.5", memory_limit: 512M, cpu_reservation: 0.5, memory_reservation: 1048576}
                        labels: {team: motion, a: {b: {c: 7}}, empty: }
                        """).dependencies("""
                        runtime:
                          python_version: 3.11
                          arch: [x86_64, aarch64]
                          os: linux
                          communication: [{protocol: zenoh, version: 1.0}]
                        hardware:
                          devices: [{path: /dev/ttyUSB0, alias: arm}]
                          resources: {min_ram_mb: 256, gpu_required: true}
                        services:
                          - {module_id: v2_usermanager, optional: true, min_sl: 2, version: ">=1.0.0"}
                        """);

        Manifest manifest = module.manifest();

        assertThat(module.warnings()).isEmpty();
        assertThat(manifest.name()).isEqualTo("v2_arm");
        assertThat(manifest.version().getVersion()).isEqualTo("2.1.0-rc.1");
        assertThat(manifest.instanceId()).contains("0123456789abcdef0123456789abcdef");
        assertThat(manifest.about())
                .isEqualTo(new Manifest.About(
                        "Arm",
                        "Moves",
                        "Ada",
                        "ada@example.org",
                        Optional.of("arm"),
                        Optional.of("icon.svg"),
                        List.of("basic", "plot"),
                        true));
        assertThat(manifest.permissions()).isEqualTo(new Manifest.Permissions(false, false, true, true, true, true));
        assertThat(manifest.behavior())
                .isEqualTo(new Manifest.Behavior(
                        false,
                        true,
                        new HealthCheck(true, Duration.ofMillis(2500), Duration.ofSeconds(1), 7, Duration.ZERO)));
        assertThat(manifest.resources())
                .isEqualTo(new Manifest.Resources(
                        Optional.of(1.5), Optional.of(512L << 20), Optional.of(0.5), Optional.of(1L << 20)));
        assertThat(manifest.labels()).containsOnly(entry("team", "motion"), entry("a.b.c", "7"), entry("empty", ""));
        assertThat(manifest.requirements())
                .isEqualTo(new Manifest.Requirements(
                        List.of("amd64", "arm64"),
                        List.of("linux"),
                        256L << 20,
                        true,
                        List.of(new Manifest.Device("/dev/ttyUSB0", Optional.of("arm")))));
        assertThat(manifest.dependencies())
                .containsExactly(new Manifest.Dependency("v2_usermanager", VersionRange.parse(">=1.0.0"), true));
        assertThat(manifest.process()).isEmpty();
    }

    private static Map.Entry<String, String> entry(String key, String value) {
        return Map.entry(key, value);
    }

    @Test
    void shouldUseDefaultsWhenOnlyNameAndVersionAreThere() {
        Manifest manifest = module.dependencies("# nothing needed\n").params("").manifest();

        assertThat(manifest.instanceId()).isEmpty();
        assertThat(manifest.about().displayName()).isEqualTo("sample");
        assertThat(manifest.permissions()).isEqualTo(Manifest.Permissions.DEFAULT);
        assertThat(manifest.behavior().healthCheck()).isEqualTo(HealthCheck.DEFAULT);
        assertThat(manifest.resources()).isEqualTo(Manifest.Resources.NONE);
        assertThat(manifest.requirements()).isEqualTo(Manifest.Requirements.NONE);
    }

    @Test
    void shouldNameFileLinePointerAndValue() {
        module.params("# a comment\nbehavior:\n  health_check:\n    retries: three\n");

        assertThatThrownBy(module::manifest).isInstanceOfSatisfying(ProblemException.class, e -> {
            assertThat(e.problem().detail())
                    .isEqualTo(".module/module_params.yaml:4 /behavior/health_check/retries: "
                            + "must be a whole number between 1 and 10000 but is the text \"three\"");
            assertThat(e.problem().errors())
                    .singleElement()
                    .satisfies(error -> assertThat(error.pointer()).isEqualTo("/behavior/health_check/retries"));
        });
    }

    @Test
    void shouldCollectTheErrorsOfAllFiles() {
        module.data("name: Bad Name\nversion: one\nslim: 1\n")
                .params("labels: [a]\n")
                .runtime("kind: wasm\n");

        assertThat(module.errors())
                .hasSize(6)
                .anyMatch(error -> error.startsWith(".module/module_data.yaml:1 /name: "))
                .anyMatch(error -> error.startsWith(".module/module_data.yaml:2 /version: "))
                .anyMatch(error -> error.startsWith(".module/module_data.yaml:3 /slim: "))
                .anyMatch(error -> error.startsWith(".module/module_params.yaml:1 /labels: "))
                .anyMatch(error -> error.startsWith(".module/module_runtime.yaml:1 /kind: "))
                .anyMatch(error -> error.contains("must have a command"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"no", "yes", "on", "off", "Y", "NO"})
    void shouldExplainThatOldBooleansAreTexts(String value) {
        module.params("behavior:\n  restart_on_failure: " + value + "\n");

        assertThat(module.errors())
                .singleElement()
                .asString()
                .startsWith(".module/module_params.yaml:2 /behavior/restart_on_failure: must be true or false")
                .contains("\"" + value + "\"")
                .contains("YAML 1.2");
    }

    @Test
    void shouldAskForQuotesAroundAVersionThatIsANumber() {
        module.data("name: sample\nversion: 1.0\n");

        assertThat(module.errors()).singleElement().asString().contains("in quotes: \"1.0\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0123456789ABCDEF0123456789abcdef",
                "01234567-89ab-cdef-0123-456789abcdef",
                "\"../../etc\"",
                "123",
                "true",
                "[a]"
            })
    void shouldRefuseABadUuid(String uuid) {
        module.data("name: sample\nversion: 1.2.3\nuuid: " + uuid + "\n");

        assertThat(module.errors()).singleElement().asString().startsWith(".module/module_data.yaml:3 /uuid: must be");
    }

    @ParameterizedTest
    @ValueSource(strings = {"uuid:", "uuid: \"\"", "uuid: ~", "# none"})
    void shouldAcceptAnEmptyUuid(String line) {
        assertThat(module.data("name: sample\nversion: 1.2.3\n" + line + "\n")
                        .manifest()
                        .instanceId())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"00000000000000000000000000000012", "000000000000000000000000000012e5"})
    void shouldAcceptAUuidThatLooksLikeANumber(String uuid) {
        assertThat(module.data("name: sample\nversion: 1.2.3\nuuid: " + uuid + "\n")
                        .manifest()
                        .instanceId())
                .contains(uuid);
    }

    @ParameterizedTest
    @ValueSource(strings = {"blueprints: [a, b]", "blueprints: \"a, b\"", "template: [a, b]", "category: a,b"})
    void shouldReadBlueprintsInEveryNotation(String line) {
        assertThat(module.data("name: sample\nversion: 1.2.3\n" + line + "\n")
                        .manifest()
                        .about()
                        .blueprints())
                .containsExactly("a", "b");
    }

    @Test
    void shouldWarnAboutUnknownKeysInVyrasFiles() {
        module.data("name: sample\nversion: 1.2.3\nfuture: 1\n").params("behavior: {future: [x]}\n");

        assertThat(module.warnings())
                .containsExactly(
                        ".module/module_data.yaml:3 /future: is an unknown key and ignored",
                        ".module/module_params.yaml:1 /behavior/future: is an unknown key and ignored");
    }

    @Test
    void shouldRefuseALimitInWhichNothingStarts() {
        assertThat(module.params("resources: {memory_limit: 1}\n").errors())
                .singleElement()
                .asString()
                .contains("/resources/memory_limit", "is 1 bytes", "6M");
    }

    @Test
    void shouldRefuseAReservationAboveItsLimit() {
        assertThat(module.params("resources: {memory_limit: 8M, memory_reservation: 9M}\n")
                        .errors())
                .singleElement()
                .asString()
                .contains("/resources/memory_reservation")
                .contains("limit");
    }

    @ParameterizedTest
    @ValueSource(strings = {"12X", "-5", "lots", "1.5", "true", "99999999999999999999", "9999999999T"})
    void shouldRefuseASizeThatIsNone(String size) {
        assertThat(module.params("resources: {memory_limit: " + size + "}\n").errors())
                .singleElement()
                .asString()
                .contains("/resources/memory_limit");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"512M", "512m", "512Mi", "512MB", "512 MiB", "536870912", "\"536870912\"", "0.5G", "524288k"})
    void shouldReadSizesAsDockerDoes(String size) {
        assertThat(module.params("resources: {memory_limit: " + size + "}\n")
                        .manifest()
                        .resources()
                        .memoryLimitBytes())
                .contains(512L << 20);
    }

    @Test
    void shouldRefuseAMissingManifest() throws IOException {
        Files.delete(folder.resolve(ManifestReader.DATA_FILE));

        assertThat(module.errors()).singleElement().asString().contains("is missing");
    }

    @Test
    void shouldNotFollowLinks() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "name: sample\nversion: 1.2.3\n");
        Files.delete(folder.resolve(ManifestReader.DATA_FILE));
        Files.createSymbolicLink(folder.resolve(ManifestReader.DATA_FILE), secret);

        assertThat(module.errors()).singleElement().asString().contains("not a regular file");
    }

    @Test
    void shouldRefuseAManifestFolderThatIsALink() throws IOException {
        Files.move(folder.resolve(".module"), folder.resolve("real"));
        Files.createSymbolicLink(folder.resolve(".module"), Path.of("real"));

        assertThat(module.errors()).singleElement().asString().contains("not a folder");
    }
}
