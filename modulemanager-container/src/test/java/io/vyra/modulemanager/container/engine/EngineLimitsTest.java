package io.vyra.modulemanager.container.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.model.Info;
import com.github.dockerjava.core.DockerClientConfig;
import io.vyra.modulemanager.container.settings.ContainerSettings.Limits;
import java.io.IOException;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EngineLimitsTest {
    private static final Limits WANTED = new Limits(
            OptionalLong.of(1 << 20), OptionalLong.empty(), OptionalLong.of(1_000), OptionalInt.of(2), 10, 0);

    private static EngineLimits of(String info) throws IOException {
        return EngineLimits.of(DockerClientConfig.getDefaultObjectMapper().readValue(info, Info.class));
    }

    @Test
    void shouldLimitEverythingAsRoot() throws IOException {
        EngineLimits limits = of("""
                {"CgroupVersion": "1", "MemoryLimit": true, "CpuCfsQuota": true, "PidsLimit": true,
                 "SecurityOptions": ["name=seccomp,profile=default"]}""");

        assertThat(limits).isEqualTo(EngineLimits.ALL);
        assertThat(limits.unenforced(WANTED)).isEmpty();
    }

    /** As Docker and Podman say that they run without root. */
    @ParameterizedTest
    @ValueSource(strings = {"\"SecurityOptions\": [\"name=seccomp\", \"name=rootless\"]", "\"Rootless\": true"})
    void shouldNotBelieveAnEngineWithoutRootOnVersionOne(String said) throws IOException {
        EngineLimits limits = of("""
                {"CgroupVersion": "1", "MemoryLimit": true, "CpuCfsQuota": true, "PidsLimit": true, %s}""".formatted(said));

        assertThat(limits.unenforced(WANTED))
                .hasSize(4)
                .allMatch(words -> words.contains("runs without root"))
                .anyMatch(words -> words.startsWith("memory_limit:"))
                .anyMatch(words -> words.startsWith("cpu_limit:"))
                .anyMatch(words -> words.startsWith("cpu_reservation:"))
                .anyMatch(words -> words.startsWith("number of processes:"));
    }

    @Test
    void shouldBelieveAnEngineWithoutRootOnVersionTwo() throws IOException {
        EngineLimits limits = of("""
                {"CgroupVersion": "2", "MemoryLimit": true, "CpuCfsQuota": false, "PidsLimit": true,
                 "SecurityOptions": ["name=rootless"]}""");

        assertThat(limits).isEqualTo(new EngineLimits(true, false, true, true));
        assertThat(limits.unenforced(WANTED)).noneMatch(words -> words.startsWith("memory"));
    }

    @Test
    void shouldTakeAnEngineThatDoesNotSayForOneThatCan() throws IOException {
        assertThat(of("{}")).isEqualTo(EngineLimits.ALL);
    }
}
