package io.vyra.modulemanager.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vyra.modulemanager.LogLine;
import io.vyra.modulemanager.container.engine.Engine;
import io.vyra.modulemanager.module.ContainerSpec;
import io.vyra.modulemanager.module.Manifest;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.runtime.ExitEvidence;
import io.vyra.modulemanager.runtime.LogFiles;
import io.vyra.modulemanager.runtime.ModuleProcess;
import io.vyra.modulemanager.runtime.ModuleRuntime.Adoption;
import io.vyra.modulemanager.runtime.RuntimeBench;
import io.vyra.modulemanager.runtime.RuntimeConformance;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What every runtime keeps, and what only containers have, with one engine for all the tests. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ContainerConformance extends RuntimeConformance {
    private static final Duration SOON = Duration.ofSeconds(60);

    private TestEngine engine;

    abstract TestEngine begin() throws IOException;

    /** With what limits are enforced, as a regular expression. */
    String limitMechanism() {
        return "cgroup-v[12]";
    }

    @BeforeAll
    void startEngine() throws IOException {
        assertThat(System.getProperty("user.name"))
                .as("only root can start an engine of the test's own")
                .isEqualTo("root");
        engine = begin();
    }

    @AfterAll
    void stopEngine() {
        if (engine != null) {
            engine.close();
        }
    }

    @Override
    protected RuntimeBench open(Path folder) throws IOException {
        return new ContainerBench(engine, folder);
    }

    final TestEngine engine() {
        return engine;
    }

    final ContainerBench containers() {
        return (ContainerBench) bench();
    }

    @Test
    void shouldLockTheModuleIn() throws Exception {
        ExitEvidence evidence = end(start(bench().shell(
                        bench().module("locked"),
                        1,
                        "touch /bin/new || echo read-only; touch /tmp/new && echo tmp; touch /storage/new && echo storage;"
                                + " while read -r key value; do case $key in CapEff:|NoNewPrivs:) echo $key $value;; esac;"
                                + " done < /proc/self/status")));

        assertThat(evidence.lastLines())
                .contains("read-only", "tmp", "storage", "CapEff: 0000000000000000", "NoNewPrivs: 1");
        assertThat(bench().shared().resolve("new")).exists();
    }

    @Test
    void shouldTellThatMemoryRanOut() throws Exception {
        Manifest.Resources resources =
                new Manifest.Resources(Optional.empty(), Optional.of(16L << 20), Optional.empty(), Optional.empty());
        ModuleId module = bench().module("hungry");

        ModuleProcess process = start(containers()
                .launch(module, 1)
                .limits(resources, Manifest.Requirements.NONE)
                .running(List.of("/bin/sh"), "-c", "exec tail /dev/zero")
                .build());

        ExitEvidence evidence = end(process);
        assertThat(evidence.signal()).hasValue(9);
        assertThat(evidence.outOfMemory()).isEqualTo(engine.seesMemoryRunOut());
    }

    @Test
    void shouldKeepTheLogOfAModuleThatFloodsItWithinItsBounds() throws Exception {
        ModuleProcess process = start(bench().shell(
                        bench().module("flood"),
                        1,
                        "i=0; while [ $i -lt 80000 ]; do echo \"$i and some more words, so that it becomes much\";"
                                + " i=$((i + 1)); done; echo last; exit 23"));

        assertThat(end(process).code()).hasValue(23);

        LogFiles log = new LogFiles(bench().logs(), bench().watch());
        await().atMost(SOON)
                .until(() -> log.tail(1).stream().map(LogLine::text).toList().equals(List.of("last")));
        try (Stream<Path> files = Files.list(bench().logs())) {
            long bytes = files.mapToLong(file -> file.toFile().length()).sum();
            assertThat(bytes)
                    .isGreaterThan(TestGround.ROTATION.maxBytes())
                    .isLessThanOrEqualTo(TestGround.ROTATION.maxBytes() * (TestGround.ROTATION.kept() + 1L));
        }
    }

    @Test
    void shouldGoOnWhenTheEngineIsRestarted() throws Exception {
        ModuleId module = bench().module("survivor");
        ModuleProcess process = start(bench().shell(module, 1, "echo before; " + until("go") + "echo after; exit 21"));
        awaitLog("before");

        engine.stop();
        assertThatThrownBy(() -> start(bench().shell(bench().module("other"), 1, "exit 0")))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("Start the container engine");
        assertThat(process.exit()).isNotDone();
        engine.start();
        tell("go");

        ExitEvidence evidence = end(process);
        assertThat(evidence.code()).hasValue(21);
        assertThat(evidence.lastLines()).containsExactly("before", "after");
    }

    @Test
    void shouldFindWhatEndedWhileTheEngineWasAway() throws Exception {
        ModuleProcess process =
                start(bench().shell(bench().module("quick"), 1, "echo ready; " + until("go") + "exit 22"));
        awaitLog("ready");
        engine.stop();
        tell("go");
        await().atMost(SOON)
                .until(() -> ProcessHandle.of(process.identity().pid()).isEmpty());

        engine.start();

        assertThat(end(process).isClean()).isFalse();
    }

    @Test
    void shouldTellThatSomebodyRemovedTheContainer() throws Exception {
        ModuleId module = bench().module("robbed");
        ModuleProcess process = start(bench().shell(module, 1, "sleep 600"));

        try (Engine other = engine.client()) {
            other.remove(process.identity().bootId());
        }

        assertThat(end(process).isClean()).isFalse();
        assertThat(end(start(bench().shell(module, 2, "exit 2"))).code()).hasValue(2);
    }

    @Test
    void shouldStartAgainWhatSomebodyDeletedTheImageOf() throws Exception {
        ModuleId module = bench().module("imageless");
        end(start(bench().shell(module, 1, "exit 1")));
        bench().runtime().forget(module);
        try (Engine other = engine.client()) {
            other.imageNames("localhost/vyra-module/").forEach(other::removeImage);
            assertThat(other.imageNames("localhost/vyra-module/")).isEmpty();
        }

        assertThat(end(start(bench().shell(module, 2, "exit 3"))).code()).hasValue(3);
    }

    @Test
    void shouldRebuildADeltaArchiveOnItsBaseImage() throws Exception {
        TestImage base = new TestImage().shell();
        TestImage module = new TestImage().shell().file("opt/word", "delta\n");
        try (Engine other = engine.client()) {
            other.load(new ByteArrayInputStream(base.full("localhost/test/base:3.1.4")));
            assertThat(other.image("localhost/test/base:3.1.4"))
                    .hasValueSatisfying(found -> assertThat(found.layers()).isEqualTo(base.diffIds()));
        }
        containers().ground().image(TestImage.gzip(module.delta("localhost/test/base", "3.1.4", 1)));

        ExitEvidence evidence = end(start(bench().shell(bench().module("layered"), 1, "cat /opt/word")));

        assertThat(evidence.lastLines()).containsExactly("delta");
    }

    @Test
    void shouldSayWhatAnEngineDoesNotTake() throws Exception {
        Manifest.Requirements needs = new Manifest.Requirements(
                List.of(), List.of(), 0, false, List.of(new Manifest.Device("/dev/no-such-device", Optional.empty())));
        ModuleId module = bench().module("deviceless");

        assertThatThrownBy(() -> start(containers()
                        .launch(module, 1)
                        .limits(Manifest.Resources.NONE, needs)
                        .running(List.of("/bin/sh"), "-c", "exit 0")
                        .build()))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("/dev/no-such-device");

        assertThat(bench().runtime().adopt(module, 1)).isInstanceOf(Adoption.NeverStarted.class);
    }

    @Test
    void shouldGiveADeviceOfTheManifest() throws Exception {
        Manifest.Requirements needs = new Manifest.Requirements(
                List.of(), List.of(), 0, false, List.of(new Manifest.Device("/dev/null", Optional.of("/dev/lidar"))));

        ExitEvidence evidence = end(start(containers()
                .launch(bench().module("device"), 1)
                .limits(Manifest.Resources.NONE, needs)
                .running(List.of("/bin/sh"), "-c", "test -c /dev/lidar && echo there")
                .build()));

        assertThat(evidence.lastLines()).containsExactly("there");
    }

    @Test
    void shouldKeepTheMachinesFilesOut() throws Exception {
        ContainerSpec.Wishes wishes =
                new ContainerSpec.Wishes(false, false, List.of(new ContainerSpec.Mount("/etc", "/host", true)));

        assertThatThrownBy(() -> start(containers()
                        .launch(bench().module("nosy"), 1)
                        .wishing(wishes)
                        .running(List.of("/bin/sh"), "-c", "exit 0")
                        .build()))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("/etc of this machine");
    }

    @Test
    void shouldBeFoundByTheDoctor() throws Exception {
        ProcessBuilder doctor = new ProcessBuilder("bash", "-c", "ROOT=$PWD; . launcher/doctor.sh; doctor_containers");
        doctor.directory(Path.of(System.getProperty("checkout")).toFile())
                .redirectErrorStream(true)
                .environment()
                .put("DOCKER_HOST", engine.address().toString());
        Process process = doctor.start();

        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);

        assertThat(said)
                .matches(
                        "(?s) +ok +containers +(Docker|Podman) [0-9.]+[^,]*, cgroup version [12], \\w+, [0-9.]+ GiB free in .*");
        assertThat(process.waitFor()).isZero();
    }

    @Test
    void shouldSayWhatTheEngineIs() {
        try (Engine client = engine.client()) {
            assertThat(client.facts().complaint()).isEmpty();
            assertThat(client.facts().dataRoot())
                    .hasValueSatisfying(root -> assertThat(root).isDirectory());
            assertThat(bench().runtime().limitSupport().mechanism()).matches(limitMechanism());
            assertThat(client.find(Map.of("no.such.label", "x"))).isEmpty();
        }
    }
}
