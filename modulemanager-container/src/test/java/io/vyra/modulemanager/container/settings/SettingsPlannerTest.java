package io.vyra.modulemanager.container.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.vyra.modulemanager.container.TestLaunch;
import io.vyra.modulemanager.container.settings.ContainerSettings.Bind;
import io.vyra.modulemanager.container.settings.ContainerSettings.DeviceFile;
import io.vyra.modulemanager.container.settings.ContainerSettings.LogLimits;
import io.vyra.modulemanager.container.settings.ContainerSettings.PublishedPort;
import io.vyra.modulemanager.module.ContainerSpec;
import io.vyra.modulemanager.module.ContainerSpec.Mount;
import io.vyra.modulemanager.module.ContainerSpec.Wishes;
import io.vyra.modulemanager.module.Manifest;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.module.ProcessSpec;
import io.vyra.modulemanager.module.ProcessSpec.Protocol;
import io.vyra.modulemanager.module.UpdateOrder;
import io.vyra.modulemanager.runtime.LaunchSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsPlannerTest {
    private static final ModuleId MODULE = new ModuleId("camera", "0123456789abcdef0123456789abcdef");
    private static final Path DATA = Path.of("/data");
    private static final ContainerLabels LABELS = ContainerLabels.of(DATA);
    private static final SettingsPlanner.Rules RULES = new SettingsPlanner.Rules(
            "bridge",
            "127.0.0.1",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            DATA,
            4_096,
            new LogLimits(1 << 20, 2),
            false);

    private final TestLaunch launch =
            TestLaunch.of(MODULE, DATA.resolve("modules").resolve(MODULE.toString()));

    private static ContainerSettings plan(TestLaunch launch) {
        return plan(launch, RULES);
    }

    private static ContainerSettings plan(TestLaunch launch, SettingsPlanner.Rules rules) {
        LaunchSpec spec = launch.build();
        return new SettingsPlanner(LABELS, rules)
                .plan(spec, spec.container().orElseThrow(), new ReadyImage("image", Set.of()));
    }

    @Test
    void shouldLockAContainerInByDefault() {
        ContainerSettings settings = plan(launch);

        assertThat(settings.security()).isEqualTo(new ContainerSettings.Security(true, List.of(), false, false, false));
        assertThat(settings.tmpfs()).containsOnlyKeys("/tmp");
        assertThat(settings.binds())
                .containsExactly(new Bind("/data/modules/" + MODULE + "/storage", "/storage", false));
        assertThat(settings.devices()).isEmpty();
        assertThat(settings.network()).isEqualTo("bridge");
        assertThat(settings.limits().processes()).isEqualTo(4_096);
        assertThat(settings.limits().memoryBytes()).isEmpty();
        assertThat(settings.user()).isEmpty();
        assertThat(settings.workingDir()).isEmpty();
    }

    @Test
    void shouldSayInLabelsWhoseContainerItIs() {
        ContainerSettings settings =
                plan(launch.generation(7).labels(Map.of("team", "vision", ContainerLabels.MODULE, "somebody else")));

        assertThat(settings.labels())
                .containsEntry(ContainerLabels.MODULE, MODULE.toString())
                .containsEntry(ContainerLabels.VERSION, "1.0.0")
                .containsEntry(ContainerLabels.GENERATION, "7")
                .containsEntry(ContainerLabels.MANAGER, LABELS.manager())
                .containsEntry("team", "vision");
        assertThat(ContainerLabels.generation(settings.labels())).hasValue(7);
        assertThat(settings.name()).startsWith("vyra-camera-").isEqualTo(LABELS.name(MODULE));
        assertThat(ContainerLabels.of(Path.of("/other")).name(MODULE)).isNotEqualTo(settings.name());
    }

    @Test
    void shouldTurnLimitsIntoWhatEnginesUnderstand() {
        Manifest.Resources resources = new Manifest.Resources(
                Optional.of(1.5), Optional.of(100L << 20), Optional.of(0.25), Optional.of(50L << 20));

        ContainerSettings.Limits limits =
                plan(launch.limits(resources, Manifest.Requirements.NONE)).limits();

        assertThat(limits.memoryBytes()).isEqualTo(OptionalLong.of(100L << 20));
        assertThat(limits.memoryReservationBytes()).isEqualTo(OptionalLong.of(50L << 20));
        assertThat(limits.cpuQuotaMicros()).isEqualTo(OptionalLong.of(150_000));
        assertThat(limits.cpuShares()).isEqualTo(OptionalInt.of(256));
    }

    @Test
    void shouldAskForNoLessThanTheKernelTakes() {
        Manifest.Resources resources =
                new Manifest.Resources(Optional.of(0.001), Optional.empty(), Optional.of(0.0001), Optional.empty());

        ContainerSettings.Limits limits =
                plan(launch.limits(resources, Manifest.Requirements.NONE)).limits();

        assertThat(limits.cpuQuotaMicros()).hasValue(1_000);
        assertThat(limits.cpuShares()).hasValue(2);
    }

    @Test
    void shouldGiveTheDevicesThatTheManifestNames() {
        Manifest.Requirements needs = new Manifest.Requirements(
                List.of(),
                List.of(),
                0,
                true,
                List.of(
                        new Manifest.Device("/dev/ttyUSB0", Optional.of("lidar")),
                        new Manifest.Device("/dev/video2", Optional.of("/dev/video0"))));

        ContainerSettings settings = plan(launch.limits(Manifest.Resources.NONE, needs));

        assertThat(settings.devices())
                .containsExactly(
                        new DeviceFile("/dev/ttyUSB0", "/dev/ttyUSB0"), new DeviceFile("/dev/video2", "/dev/video0"));
        assertThat(settings.gpu()).isTrue();
    }

    @Test
    void shouldPublishPortsOnTheLoopbackAddressOnly() {
        ProcessSpec.Port web = new ProcessSpec.Port("web", 8_081, Protocol.TCP);
        ProcessSpec.Port video = new ProcessSpec.Port("video", 5_004, Protocol.UDP);

        assertThat(plan(launch.ports(web, video)).ports())
                .containsExactly(
                        new PublishedPort("127.0.0.1", 8_081, false), new PublishedPort("127.0.0.1", 5_004, true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"host", "none"})
    void shouldPublishNothingWhereThereIsNothingToPublish(String network) {
        ContainerSpec usual = launch.spec();
        ContainerSpec spec = new ContainerSpec(
                usual.image(),
                usual.entrypoint(),
                Optional.of(network),
                usual.storage(),
                usual.readOnlyRoot(),
                usual.capabilities(),
                usual.init(),
                usual.wishes());

        ContainerSettings settings = plan(launch.spec(spec).ports(new ProcessSpec.Port("web", 8_081, Protocol.TCP)));

        assertThat(settings.ports()).isEmpty();
        assertThat(settings.network()).isEqualTo(network);
    }

    @Test
    void shouldNameTheStorageAsTheModuleSeesIt() {
        String storage = launch.folder().resolve("storage").toString();

        ContainerSettings settings = plan(launch.environment(
                Map.of("MODULE_STORAGE", storage, "MODULE_HEARTBEAT_FILE", storage + "/.heartbeat", "OTHER", storage)));

        assertThat(settings.environment())
                .containsEntry("MODULE_STORAGE", "/storage")
                .containsEntry("MODULE_HEARTBEAT_FILE", "/storage/.heartbeat")
                .containsEntry("OTHER", storage);
    }

    @Test
    void shouldNameTheStorageAsTheEngineSeesIt() {
        SettingsPlanner.Rules elsewhere = new SettingsPlanner.Rules(
                "bridge",
                "127.0.0.1",
                Optional.of("http://manager:8080"),
                Optional.of("tcp/manager:7447"),
                Optional.of(Path.of("/srv/robot")),
                DATA,
                10,
                RULES.logs(),
                false);

        ContainerSettings settings = plan(launch.environment(Map.of("MM_URL", "http://127.0.0.1:8080")), elsewhere);

        assertThat(settings.binds())
                .containsExactly(new Bind("/srv/robot/modules/" + MODULE + "/storage", "/storage", false));
        assertThat(settings.environment())
                .containsEntry("MM_URL", "http://manager:8080")
                .containsEntry("ZENOH_CONNECT", "tcp/manager:7447");
    }

    private TestLaunch in(String network) {
        ContainerSpec usual = launch.spec();
        return launch.spec(new ContainerSpec(
                usual.image(),
                usual.entrypoint(),
                Optional.of(network),
                usual.storage(),
                usual.readOnlyRoot(),
                usual.capabilities(),
                usual.init(),
                usual.wishes()));
    }

    private static Map<String, String> addresses(String manager, String bus) {
        return Map.of("MM_URL", manager, "ZENOH_CONNECT", bus);
    }

    @Test
    void shouldTellAContainerInTheMachinesNetworkWhereTheManagerIs() {
        Map<String, String> told = addresses("http://127.0.0.1:8080", "tcp/127.0.0.1:7447,tls/[::1]:7448");

        assertThat(plan(in("host").environment(told)).environment()).containsAllEntriesOf(told);
    }

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:8080, tcp/127.0.0.1:7447",
        "https://localhost:8080, 'tcp/localhost:7447,tls/[::1]:7448'",
        "https://[::1]:8080, tcp/[::]:7447",
        "http://127.0.0.1:8080, unixsock-stream//run/zenoh.sock"
    })
    void shouldTellABridgedContainerNoAddressThatIsItsOwn(String manager, String bus) {
        TestLaunch told = in("bridge").environment(addresses(manager, bus));

        assertThat(plan(told).environment()).doesNotContainKeys("MM_URL", "ZENOH_CONNECT");
    }

    @Test
    void shouldTellABridgedContainerWhatItReachesAndOneWithoutANetworkNothing() {
        Map<String, String> told = addresses("http://192.168.1.9:8080", "tcp/127.0.0.1:7447,tcp/10.0.0.2:7447?rel=1");

        assertThat(plan(in("robot").environment(told)).environment())
                .containsAllEntriesOf(addresses("http://192.168.1.9:8080", "tcp/10.0.0.2:7447?rel=1"));
        assertThat(plan(in("none").environment(told)).environment()).doesNotContainKeys("MM_URL", "ZENOH_CONNECT");
    }

    @Test
    void shouldLeaveTheBusThatTheManifestNames() {
        LaunchSpec usual = in("bridge")
                .environment(Map.of("ZENOH_CONNECT", "tcp/127.0.0.1:9"))
                .build();
        ProcessSpec plain = usual.process();
        ProcessSpec naming = new ProcessSpec(
                plain.command(),
                plain.workingDir(),
                Map.of("ZENOH_CONNECT", "tcp/127.0.0.1:9"),
                plain.stop(),
                plain.probe(),
                plain.ports(),
                true,
                0,
                0,
                Optional.empty(),
                plain.container());
        LaunchSpec spec = new LaunchSpec(
                usual.module(),
                usual.generation(),
                usual.tree(),
                usual.logs(),
                naming,
                usual.resources(),
                usual.environment(),
                usual.container());

        ContainerSettings settings = new SettingsPlanner(LABELS, RULES)
                .plan(spec, spec.container().orElseThrow(), new ReadyImage("image", Set.of()));

        assertThat(settings.environment()).containsEntry("ZENOH_CONNECT", "tcp/127.0.0.1:9");
    }

    @Test
    void shouldHaveTheVolumesThatAnImageWantsInMemory() {
        TestLaunch sharing = launch.wishing(new Wishes(false, false, List.of(new Mount("/opt/maps", "/maps", true))));
        LaunchSpec spec = sharing.build();
        ReadyImage image = new ReadyImage("image", Set.of("/var/lib/db", "/storage/", "/maps", "/tmp"));

        ContainerSettings settings =
                new SettingsPlanner(LABELS, RULES).plan(spec, spec.container().orElseThrow(), image);

        assertThat(settings.tmpfs()).containsOnlyKeys("/tmp", "/var/lib/db");
        assertThat(settings.tmpfs().get("/var/lib/db")).contains("nosuid", "size=64m");
    }

    @Test
    void shouldTellTheGatewayWhereAModuleIs() {
        SettingsPlanner.Rules gateway = new SettingsPlanner.Rules(
                "bridge",
                "127.0.0.1",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                DATA,
                10,
                RULES.logs(),
                true);
        TestLaunch hijacker = launch.ports(new ProcessSpec.Port("web", 8_081, Protocol.TCP))
                .labels(Map.of("traefik.http.routers.manager.rule", "PathPrefix(`/`)"));
        String key = "vyra-" + MODULE.instanceId();

        assertThat(plan(hijacker, gateway).labels())
                .containsEntry("traefik.enable", "true")
                .containsEntry("traefik.http.services." + key + ".loadbalancer.server.port", "8081")
                .containsEntry(
                        "traefik.http.routers." + key + ".rule", "PathPrefix(`/camera/" + MODULE.instanceId() + "/`)")
                .containsEntry("traefik.http.routers." + key + "-primary.rule", "PathPrefix(`/camera/`)")
                .containsEntry("traefik.http.middlewares." + key + "-primary.stripprefix.prefixes", "/camera")
                .doesNotContainKey("traefik.http.routers.manager.rule");
        assertThat(plan(launch, gateway).labels()).doesNotContainKey("traefik.enable");
        assertThat(plan(hijacker).labels().keySet()).noneMatch(name -> name.startsWith("traefik."));
    }

    @Test
    void shouldHaveTheGatewayServeTheOlderOfTwoVersionsAndInstancesBeforeThePrimary() {
        SettingsPlanner.Rules gateway = new SettingsPlanner.Rules(
                "bridge",
                "127.0.0.1",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                DATA,
                10,
                RULES.logs(),
                true);
        TestLaunch silent = launch.ports(new ProcessSpec.Port("web", 8_081, Protocol.TCP));
        TestLaunch permitting = silent.spec(silent.spec().with(UpdateOrder.START_FIRST));
        String key = "vyra-" + MODULE.instanceId();

        Map<String, String> older = plan(permitting.generation(7), gateway).labels();
        Map<String, String> newer = plan(permitting.generation(8), gateway).labels();
        long oldInstance = priority(older, key + "-7");
        long oldPrimary = priority(older, key + "-7-primary");

        assertThat(oldInstance).isGreaterThan(priority(newer, key + "-8"));
        assertThat(oldPrimary).isGreaterThan(priority(newer, key + "-8-primary"));
        assertThat(priority(newer, key + "-8")).isGreaterThan(oldPrimary);
        assertThat(priority(plan(silent, gateway).labels(), key))
                .as("another instance of the module, which says nothing")
                .isGreaterThan(oldPrimary);
    }

    private static long priority(Map<String, String> labels, String router) {
        return Long.parseLong(labels.get("traefik.http.routers." + router + ".priority"));
    }

    @Test
    void shouldCarryWhatAnAdministratorAllowed() {
        Wishes wishes = new Wishes(true, true, List.of(new Mount("/opt/maps", "/maps", true)));

        ContainerSettings settings = plan(launch.wishing(wishes));

        assertThat(settings.security().privileged()).isTrue();
        assertThat(settings.security().hostPid()).isTrue();
        assertThat(settings.binds()).contains(new Bind("/opt/maps", "/maps", true));
    }
}
