package io.vyra.modulemanager.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.vyra.modulemanager.container.engine.Engine;
import io.vyra.modulemanager.container.image.ModuleImages;
import io.vyra.modulemanager.container.settings.Allowance;
import io.vyra.modulemanager.container.settings.ContainerLabels;
import io.vyra.modulemanager.container.settings.ReadyImage;
import io.vyra.modulemanager.module.ContainerSpec;
import io.vyra.modulemanager.module.ContainerSpec.Mount;
import io.vyra.modulemanager.module.ContainerSpec.Wishes;
import io.vyra.modulemanager.module.Manifest;
import io.vyra.modulemanager.module.Manifest.Requirements;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.module.ProcessSpec;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import io.vyra.modulemanager.runtime.LaunchSpec;
import io.vyra.modulemanager.runtime.ModuleProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each setting of a container, as the engine itself has it on record afterwards, and its networks, in a network of the test's own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SettingsOnEngine {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final byte[] IMAGE = TestImage.gzip(
            new TestImage().shell().programs("perl").healthCheck("exit 1").full("settings:1"));
    /** Greets whoever connects. Perl's own functions only, so that the image needs no modules: 2 and 1 are AF_INET and SOCK_STREAM. */
    private static final String SERVE = """
            socket(S, 2, 1, 0); setsockopt(S, 1, 2, pack("i", 1)); bind(S, pack("S n x12", 2, %d)) or die "bind: $!"; listen(S, 9);
            $| = 1; print "listening\\n"; while (accept(C, S)) { syswrite(C, "hello from inside\\n"); close(C); }""";

    private final List<ModuleId> modules = new ArrayList<>();
    private NetworkNamespace namespace;
    private TestEngine engine;
    private EngineRecords records;
    private TestGround ground;
    private ContainerRuntime runtime;
    private ModuleId module;

    abstract TestEngine begin(NetworkNamespace network) throws IOException;

    @BeforeAll
    void startEngine() throws IOException {
        namespace = new NetworkNamespace();
        engine = begin(namespace);
        records = new EngineRecords(engine.address());
    }

    @AfterAll
    void stopEngine() throws IOException {
        if (engine != null) {
            records.close();
            engine.close();
        }
        if (namespace != null) {
            namespace.close();
        }
    }

    @BeforeEach
    void open(@TempDir Path folder) throws IOException {
        ground = new TestGround(folder);
        ground.image(IMAGE);
        runtime = ground.runtime(engine.client(), "bridge");
        module = module("camera");
    }

    @AfterEach
    void close() {
        modules.forEach(runtime::forget);
        modules.clear();
        runtime.retain(Map.of());
        runtime.close();
        ground.close();
    }

    private ModuleId module(String name) {
        ModuleId id = ModuleId.random(name);
        modules.add(id);
        return id;
    }

    private TestLaunch launch() {
        return launch(module);
    }

    private TestLaunch launch(ModuleId id) {
        return TestLaunch.of(id, ground.module()).running(List.of("/bin/sh"), "-c", "sleep 600");
    }

    private JsonNode record(TestLaunch launch) throws IOException {
        return record(launch.build());
    }

    private JsonNode record(LaunchSpec launch) throws IOException {
        return records.container(runtime.start(launch).identity().bootId());
    }

    private static ContainerSpec network(ContainerSpec usual, String network) {
        return new ContainerSpec(
                usual.image(),
                usual.entrypoint(),
                Optional.of(network),
                usual.storage(),
                usual.readOnlyRoot(),
                usual.capabilities(),
                usual.init(),
                usual.wishes());
    }

    private static ContainerSpec confinement(
            ContainerSpec usual, boolean readOnly, boolean init, String... capabilities) {
        return new ContainerSpec(
                usual.image(),
                usual.entrypoint(),
                usual.network(),
                usual.storage(),
                readOnly,
                List.of(capabilities),
                init,
                usual.wishes());
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(item -> texts.add(item.asText()));
        return texts;
    }

    @Test
    void shouldRunTheCommandWithItsEnvironmentAndUser() throws Exception {
        LaunchSpec usual = launch().environment(Map.of("SPEED", "5 m/s")).build();
        ProcessSpec plain = usual.process();
        ProcessSpec process = new ProcessSpec(
                plain.command(),
                "/tmp",
                Map.of(),
                plain.stop(),
                plain.probe(),
                List.of(),
                true,
                0,
                300,
                Optional.of("1234"),
                plain.container());

        JsonNode made = record(new LaunchSpec(
                module,
                1,
                usual.tree(),
                usual.logs(),
                process,
                usual.resources(),
                usual.environment(),
                usual.container()));

        JsonNode config = made.get("Config");
        assertThat(texts(config.get("Entrypoint"))).isEqualTo(List.of("/bin/sh"));
        assertThat(texts(config.get("Cmd"))).isEqualTo(List.of("-c", "sleep 600"));
        assertThat(texts(config.get("Env"))).contains("SPEED=5 m/s");
        assertThat(config.get("WorkingDir").asText()).isEqualTo("/tmp");
        assertThat(config.get("User").asText()).isEqualTo("1234");
        assertThat(made.get("HostConfig").get("OomScoreAdj").asInt()).isEqualTo(300);
    }

    @Test
    void shouldMountStorageWhichLastsAndNothingElse() throws Exception {
        JsonNode made = record(launch());

        List<String> sources = new ArrayList<>();
        made.get("Mounts")
                .forEach(mount -> sources.add(mount.get("Source").asText() + " "
                        + mount.get("Destination").asText() + " "
                        + mount.get("RW").asBoolean()));
        assertThat(sources).containsExactly(ground.module().resolve("storage") + " /storage true");
        Files.writeString(ground.module().resolve("storage/note"), "kept");
        runtime.forget(module);
        ModuleProcess again = runtime.start(launch().generation(2)
                .running(List.of("/bin/sh"), "-c", "cat /storage/note")
                .build());
        assertThat(again.exit().get(SOON.toSeconds(), TimeUnit.SECONDS).lastLines())
                .containsExactly("kept");
    }

    @Test
    void shouldGiveTheDevicesThatTheManifestNames() throws Exception {
        Requirements needs = new Requirements(
                List.of(), List.of(), 0, false, List.of(new Manifest.Device("/dev/null", Optional.of("/dev/lidar"))));

        ModuleProcess process = runtime.start(launch().limits(Manifest.Resources.NONE, needs)
                .running(List.of("/bin/sh"), "-c", "test -c /dev/lidar && echo there")
                .build());

        JsonNode devices =
                records.container(process.identity().bootId()).get("HostConfig").get("Devices");
        assertThat(devices).hasSize(1);
        assertThat(devices.get(0).get("PathInContainer").asText()).isEqualTo("/dev/lidar");
        assertThat(process.exit().get(SOON.toSeconds(), TimeUnit.SECONDS).lastLines())
                .containsExactly("there");
    }

    @Test
    void shouldLimitMemoryProcessorAndProcesses() throws Exception {
        Manifest.Resources resources = new Manifest.Resources(
                Optional.of(0.5), Optional.of(64L << 20), Optional.of(0.25), Optional.of(32L << 20));

        JsonNode host = record(launch().limits(resources, Requirements.NONE)).get("HostConfig");

        assertThat(host.get("Memory").asLong()).isEqualTo(64L << 20);
        // Memory and swap together; a kernel that does not count swap has nothing to limit it with.
        if (records.get("/v1.41/info").path("SwapLimit").asBoolean()) {
            assertThat(host.get("MemorySwap").asLong()).isEqualTo(64L << 20);
        }
        assertThat(host.get("MemoryReservation").asLong()).isEqualTo(32L << 20);
        assertThat(host.get("CpuQuota").asLong()).isEqualTo(50_000);
        assertThat(host.get("CpuPeriod").asLong()).isEqualTo(100_000);
        assertThat(host.get("CpuShares").asLong()).isEqualTo(256);
        assertThat(host.get("PidsLimit").asLong()).isEqualTo(4_096);
    }

    @Test
    void shouldLockTheContainerIn() throws Exception {
        JsonNode host = record(launch()).get("HostConfig");

        assertThat(host.get("ReadonlyRootfs").asBoolean()).isTrue();
        assertThat(host.get("Tmpfs").get("/tmp").asText()).contains("nosuid", "nodev", "size=64m");
        assertThat(host.get("Privileged").asBoolean()).isFalse();
        assertThat(host.get("PidMode").asText()).isNotEqualTo("host");
        assertThat(texts(host.get("SecurityOpt"))).anyMatch(option -> option.startsWith("no-new-privileges"));
        assertThat(host.get("RestartPolicy").get("Name").asText()).isIn("", "no");
        assertThat(host.get("AutoRemove").asBoolean()).isFalse();
        assertThat(capabilities()).isEmpty();
    }

    /** What the kernel says the container's first process may do at most: engines record it each in their own way. */
    private Set<Integer> capabilities(String... kept) throws Exception {
        ModuleId other = module("capable");
        ModuleProcess process = runtime.start(launch(other)
                .spec(confinement(launch().spec(), true, false, kept))
                .running(
                        List.of("/bin/sh"),
                        "-c",
                        "while read -r key value; do case $key in CapBnd:) echo $value;; esac; done < /proc/self/status")
                .build());
        String mask = process.exit()
                .get(SOON.toSeconds(), TimeUnit.SECONDS)
                .lastLines()
                .getLast();
        Set<Integer> bits = new java.util.TreeSet<>();
        java.math.BigInteger number = new java.math.BigInteger(mask, 16);
        for (int bit = 0; bit < 64; bit++) {
            if (number.testBit(bit)) {
                bits.add(bit);
            }
        }
        return bits;
    }

    @Test
    void shouldKeepOnlyTheCapabilitiesThatAreNamed() throws Exception {
        // CAP_KILL is 5, CAP_NET_BIND_SERVICE 10 (capability.h).
        assertThat(capabilities("KILL", "NET_BIND_SERVICE")).containsExactly(5, 10);
    }

    @Test
    void shouldLetAModuleWriteItsRootWithAnInitOfTheEngines() throws Exception {
        JsonNode host =
                record(launch().spec(confinement(launch().spec(), false, true))).get("HostConfig");

        assertThat(host.get("ReadonlyRootfs").asBoolean()).isFalse();
        assertThat(host.get("Init").asBoolean()).isTrue();
    }

    @Test
    void shouldLabelTheContainerForVyraAndForUs() throws Exception {
        JsonNode labels = record(launch().generation(7).labels(Map.of("team", "vision")))
                .get("Config")
                .get("Labels");

        assertThat(labels.get("team").asText()).isEqualTo("vision");
        assertThat(labels.get(ContainerLabels.MODULE).asText()).isEqualTo(module.toString());
        assertThat(labels.get(ContainerLabels.VERSION).asText()).isEqualTo("1.0.0");
        assertThat(labels.get(ContainerLabels.GENERATION).asText()).isEqualTo("7");
        assertThat(labels.get(ContainerLabels.MANAGER).asText()).hasSize(12);
    }

    @Test
    void shouldLimitTheLogThatTheEngineKeeps() throws Exception {
        JsonNode made = record(launch());

        assertThat(made.get("HostConfig").get("LogConfig").get("Type").asText()).isEqualTo("json-file");
        assertThat(logLimit(records, made.get("Id").asText())).isEqualTo("1048576");
    }

    @Test
    void shouldBeTheOnlyOneToAskWhetherItWorks() throws Exception {
        JsonNode made = record(launch());

        assertThat(texts(made.get("Config").path("Healthcheck").path("Test"))).isSubsetOf("NONE");
        assertThat(made.get("State").path("Health").path("Status").asText("none"))
                .isIn("none", "");
    }

    @Test
    void shouldAskForAGpuOrSayThatTheEngineGivesNone() throws Exception {
        Requirements needs = new Requirements(List.of(), List.of(), 0, true, List.of());

        // No engine of a test has a GPU: what it says of the request shows that there was one.
        assertThatThrownBy(() -> record(launch().limits(Manifest.Resources.NONE, needs)))
                .isInstanceOf(ProblemException.class)
                .hasMessageContainingAll("camera", gpuWords());
    }

    /** Bytes of log that the engine keeps at most, as it has them on record. */
    abstract String logLimit(EngineRecords engine, String id) throws IOException;

    /** What must be in the answer to a request for a GPU. */
    abstract String gpuWords();

    private void shouldRefuse(TestLaunch launch, String... words) {
        assertThatThrownBy(() -> runtime.start(launch.build()))
                .isInstanceOfSatisfying(ProblemException.class, failure -> {
                    assertThat(failure.problem().type()).isEqualTo(ProblemType.FORBIDDEN);
                    assertThat(failure.problem().detail()).contains(words);
                });
        try (Engine client = engine.client()) {
            assertThat(client.find(Map.of(ContainerLabels.MODULE, module.toString())))
                    .isEmpty();
        }
    }

    @Test
    void shouldRefuseEverythingThatLeadsOutOfTheContainer() {
        shouldRefuse(launch().wishing(new Wishes(true, false, List.of())), "privileged", "allow.\"camera\"=privileged");
        shouldRefuse(launch().wishing(new Wishes(false, true, List.of())), "host_pid", "allow.\"camera\"=host-pid");
        shouldRefuse(
                launch().wishing(new Wishes(false, false, List.of(new Mount("/opt/maps", "/maps", true)))),
                "/opt/maps",
                "allow.\"camera\"=host-paths");
        shouldRefuse(
                launch().spec(confinement(launch().spec(), true, false, "SYS_ADMIN")),
                "SYS_ADMIN",
                "allow.\"camera\"=capabilities");
    }

    @Test
    void shouldNeverGiveTheEnginesSocketAway() {
        runtime.close();
        runtime = ground.runtime(engine.client(), "bridge", Map.of("camera", EnumSet.allOf(Allowance.class)), false);

        shouldRefuse(
                launch().wishing(new Wishes(
                        false, false, List.of(new Mount("/var/run/docker.sock", "/var/run/docker.sock", true)))),
                "the container engine's socket",
                "whatever is allowed");
    }

    @Test
    void shouldGiveWhatAnAdministratorAllowed() throws Exception {
        runtime.close();
        runtime = ground.runtime(engine.client(), "bridge", Map.of("camera", EnumSet.allOf(Allowance.class)), false);
        Path maps = Files.createDirectory(ground.module().resolve("maps"));

        JsonNode made =
                record(launch().wishing(new Wishes(false, true, List.of(new Mount(maps.toString(), "/maps", true)))));

        assertThat(made.get("HostConfig").get("PidMode").asText()).isEqualTo("host");
        List<String> mounts = new ArrayList<>();
        made.get("Mounts")
                .forEach(mount -> mounts.add(
                        mount.get("Source").asText() + " " + mount.get("RW").asBoolean()));
        assertThat(mounts).contains(maps + " false");
    }

    /** Made, but not started: who runs the test may himself not have all privileges that there are. */
    @Test
    void shouldAskForAllPrivilegesWhereAnAdministratorAllowedThem() throws Exception {
        runtime.start(launch().build());
        try (Engine client = engine.client()) {
            String image = client.imageNames("localhost/vyra-module/").getFirst();
            ModuleId other = module("privileged");
            LaunchSpec launch =
                    launch(other).wishing(new Wishes(true, false, List.of())).build();

            String id = client.create(ground.planner("bridge", false)
                            .plan(launch, launch.container().orElseThrow(), new ReadyImage(image, Set.of())))
                    .id();

            assertThat(records.container(id).get("HostConfig").get("Privileged").asBoolean())
                    .isTrue();
            client.remove(id);
        }
    }

    private TestLaunch serving(ModuleId id, int port) {
        return TestLaunch.of(id, ground.module())
                .ports(new ProcessSpec.Port("web", port, ProcessSpec.Protocol.TCP))
                .running(List.of("/bin/perl"), "-e", SERVE.formatted(port));
    }

    @Test
    void shouldPublishAPortOfABridgedContainer() throws Exception {
        JsonNode made = record(serving(module, 8_081));

        JsonNode binding =
                made.get("HostConfig").get("PortBindings").get("8081/tcp").get(0);
        assertThat(binding.get("HostIp").asText()).isEqualTo("127.0.0.1");
        assertThat(binding.get("HostPort").asText()).isEqualTo("8081");
        await().atMost(SOON)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(namespace.shell("exec 3<>/dev/tcp/127.0.0.1/8081; head -n 1 <&3"))
                        .isEqualTo("hello from inside\n"));
    }

    @Test
    void shouldPublishAUdpPortAsSuch() throws Exception {
        JsonNode made = record(launch().ports(new ProcessSpec.Port("tracks", 9_001, ProcessSpec.Protocol.UDP)));

        JsonNode bindings = made.get("HostConfig").get("PortBindings");
        assertThat(bindings.has("9001/tcp")).isFalse();
        assertThat(bindings.get("9001/udp").get(0).get("HostIp").asText()).isEqualTo("127.0.0.1");
        assertThat(bindings.get("9001/udp").get(0).get("HostPort").asText()).isEqualTo("9001");
    }

    @Test
    void shouldHaveTheVolumesThatAnImageWantsInMemory() throws Exception {
        ground.image(TestImage.gzip(
                new TestImage().shell().volume("/data").volume("/storage").full("settings:2")));

        ModuleProcess process = runtime.start(launch().running(
                        List.of("/bin/sh"),
                        "-c",
                        "touch /data/note && while read -r device folder kind rest; do case $folder in /data) echo $kind;; esac; done"
                                + " < /proc/mounts")
                .build());

        assertThat(process.exit().get(SOON.toSeconds(), TimeUnit.SECONDS).lastLines())
                .containsExactly("tmpfs");
        JsonNode made = records.container(process.identity().bootId());
        assertThat(made.get("HostConfig").get("Tmpfs").get("/data").asText()).contains("size=64m");
        assertThat(made.get("Mounts").findValuesAsText("Destination")).contains("/storage");
    }

    @Test
    void shouldRemoveAReplacedImageOnceNoContainerUsesIt() throws IOException {
        runtime.start(launch().build());
        ground.image(TestImage.gzip(
                new TestImage().shell().file("opt/repaired", "same version").full("settings:3")));
        Path data = ground.module().getParent();
        String manager = ContainerLabels.of(data).manager();
        Map<ModuleId, Set<String>> kept = Map.of(module, Set.of("1.0.0"));

        try (Engine client = engine.client()) {
            ModuleImages images = new ModuleImages(
                    client, manager, new ModuleImages.Rules(false, SOON, 1L << 30, data.resolve("scratch")));
            images.prepare(
                    module, "1.0.0", launch().spec().image(), ground.module().resolve("tree"));
            images.retain(kept);

            assertThat(client.imageNames("localhost/vyra-module/" + manager))
                    .as("one of them is used")
                    .hasSize(2);
            runtime.forget(module);
            images.retain(kept);
            assertThat(client.imageNames("localhost/vyra-module/" + manager))
                    .singleElement()
                    .satisfies(name -> assertThat(name).endsWith(":1.0.0"));
        }
        assertThat(records.get("/v1.41/images/json?filters=%7B%22dangling%22%3A%5B%22true%22%5D%7D"))
                .isEmpty();
    }

    @Test
    void shouldSayWhichPortAnotherProgramHas() throws Exception {
        Process other = namespace.start("perl", "-e", SERVE.formatted(8_082));
        try {
            assertThat(other.inputReader().readLine()).isEqualTo("listening");

            assertThatThrownBy(() -> runtime.start(serving(module, 8_082).build()))
                    .isInstanceOfSatisfying(ProblemException.class, failure -> {
                        assertThat(failure.problem().type()).isEqualTo(ProblemType.START_FAILED);
                        assertThat(failure.problem().detail())
                                .contains("port 8082/tcp of 127.0.0.1 is already in use on this machine");
                    });
        } finally {
            other.destroyForcibly().waitFor();
        }
        await().atMost(SOON)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(runtime.start(
                                        serving(module, 8_082).generation(2).build())
                                .exit())
                        .isNotDone());
    }

    @Test
    void shouldSayWhichPortAnotherModuleHas() {
        runtime.start(serving(module("earlier"), 8_083).build());

        assertThatThrownBy(() -> runtime.start(serving(module, 8_083).build()))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("port 8083/tcp of 127.0.0.1 is already in use on this machine");
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "bridge", "host"})
    void shouldGiveTheNetworkThatTheManifestNames(String network) throws Exception {
        ModuleProcess process = runtime.start(launch().spec(network(launch().spec(), network))
                .running(List.of("/bin/sh"), "-c", "cat /proc/net/dev; sleep 600")
                .build());

        JsonNode made = records.container(process.identity().bootId());
        assertThat(made.get("HostConfig").get("NetworkMode").asText()).isIn(network, "default");
        String namespaceOfEngine = namespace.shell("readlink /proc/self/ns/net");
        String own =
                Files.readSymbolicLink(Path.of("/proc/" + process.identity().pid() + "/ns/net"))
                                .toString() + "\n";
        if (network.equals("host")) {
            assertThat(own).isEqualTo(namespaceOfEngine);
        } else {
            assertThat(own).isNotEqualTo(namespaceOfEngine);
        }
    }

    @Test
    void shouldJoinANetworkOfTheEngines() throws Exception {
        assertThat(records.post("/v1.41/networks/create", "{\"Name\":\"robot\",\"Driver\":\"bridge\"}"))
                .isEqualTo(201);

        JsonNode made = record(launch().spec(network(launch().spec(), "robot")));

        assertThat(made.get("NetworkSettings")
                        .get("Networks")
                        .get("robot")
                        .get("IPAddress")
                        .asText())
                .matches("\\d+\\.\\d+\\.\\d+\\.\\d+");
    }

    @Test
    void shouldSayThatThereIsNoSuchNetwork() {
        assertThatThrownBy(() -> runtime.start(
                        launch().spec(network(launch().spec(), "nosuchnet")).build()))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("nosuchnet");
    }
}
