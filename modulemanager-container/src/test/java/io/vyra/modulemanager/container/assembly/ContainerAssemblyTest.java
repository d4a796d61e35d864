package io.vyra.modulemanager.container.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vyra.modulemanager.container.OnDemandRuntime;
import io.vyra.modulemanager.container.settings.Allowance;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.runtime.FolderWatch;
import io.vyra.modulemanager.runtime.LogRotation;
import io.vyra.modulemanager.runtime.ModuleRuntime;
import io.vyra.modulemanager.runtime.RuntimeChoice;
import io.vyra.modulemanager.runtime.RuntimeGround;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContainerAssemblyTest {
    private static final ModuleId MODULE = ModuleId.random("camera");

    @TempDir
    Path data;

    private final FolderWatch watch = new FolderWatch();

    @AfterEach
    void close() {
        watch.close();
    }

    private static ContainerConfiguration configuration(Map<String, String> properties) {
        return new SmallRyeConfigBuilder()
                .withMapping(ContainerConfiguration.class)
                .withConverter(MemorySize.class, 100, new MemorySizeConverter())
                .withConverter(Duration.class, 100, new DurationConverter())
                .withSources(new PropertiesConfigSource(properties, "test", 100))
                .build()
                .getConfigMapping(ContainerConfiguration.class);
    }

    private OnDemandRuntime assemble(Map<String, String> properties) {
        RuntimeGround ground = new RuntimeGround(
                data,
                new RuntimeChoice(new OnDemandRuntime(data, () -> {
                    throw new IllegalStateException("nothing is started in this test");
                })),
                module -> data.resolve("logs"),
                LogRotation.DEFAULT,
                watch,
                InstantSource.system());
        return ContainerAssembly.assemble(configuration(properties), ground, Map.of(), path -> false);
    }

    @Test
    void shouldLockContainersInUnlessItIsToldOtherwise() {
        ContainerConfiguration usual = configuration(Map.of());

        assertThat(usual.enabled()).isTrue();
        assertThat(usual.network()).isEqualTo("bridge");
        assertThat(usual.publishOn()).isEqualTo("127.0.0.1");
        assertThat(usual.pull()).isFalse();
        assertThat(usual.insecure()).isFalse();
        assertThat(usual.gateway()).isFalse();
        assertThat(usual.allow()).isEmpty();
        assertThat(usual.maxImage().asLongValue()).isEqualTo(32L << 30);
        assertThat(usual.pullTimeout()).isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void shouldReadWhatAnAdministratorAllows() {
        ContainerConfiguration configuration =
                configuration(Map.of("vyra.container.allow.\"v2_lidar\"", "host-paths,privileged"));

        assertThat(configuration.allow())
                .isEqualTo(Map.of("v2_lidar", Set.of(Allowance.HOST_PATHS, Allowance.PRIVILEGED)));
    }

    @Test
    void shouldNeitherNeedNorTouchAnythingBeforeThereIsAContainer() {
        try (OnDemandRuntime runtime = assemble(Map.of())) {
            assertThat(runtime.adopt(MODULE, 1)).isInstanceOf(ModuleRuntime.Adoption.NeverStarted.class);
            runtime.forget(MODULE);
            runtime.retain(Map.of());
        }
        assertThat(data).isEmptyDirectory();
    }

    @ParameterizedTest
    @CsvSource({
        "host, tcp://10.0.0.1:2375, without TLS",
        "host, /var/run/docker.sock, unix:///path",
        "tls-folder, /no/such/folder, cannot be used",
        "max-processes, 0, between 1 and",
        "engine-log-size, 1K, between 65536 and",
        "engine-log-files, 101, between 1 and 100"
    })
    void shouldRefuseWhatIsOfNoUse(String key, String value, String words) {
        assertThatThrownBy(() -> assemble(Map.of("vyra.container." + key, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(words);
    }

    @ParameterizedTest
    @CsvSource({"tcp://127.0.0.1:2375, false", "tcp://localhost:2375, false", "tcp://10.0.0.1:2375, true"})
    void shouldTakeAnEngineWithoutTlsWhereItIsSafeOrWanted(String host, boolean insecure) {
        try (OnDemandRuntime runtime =
                assemble(Map.of("vyra.container.host", host, "vyra.container.insecure", Boolean.toString(insecure)))) {
            assertThat(runtime.kind()).isEqualTo("container");
        }
    }
}
