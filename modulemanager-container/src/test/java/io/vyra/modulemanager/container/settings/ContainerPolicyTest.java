package io.vyra.modulemanager.container.settings;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vyra.modulemanager.container.TestLaunch;
import io.vyra.modulemanager.module.ContainerSpec;
import io.vyra.modulemanager.module.ContainerSpec.Mount;
import io.vyra.modulemanager.module.ContainerSpec.Wishes;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.problem.ProblemException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContainerPolicyTest {
    private static final ModuleId MODULE = ModuleId.random("camera");
    private static final ContainerPolicy STRICT = new ContainerPolicy(Map.of(), Set.of());

    private static ContainerSpec wishing(Wishes wishes, String... capabilities) {
        ContainerSpec usual = TestLaunch.of(MODULE, Path.of("/data")).spec();
        return new ContainerSpec(
                usual.image(),
                List.of(),
                Optional.empty(),
                usual.storage(),
                true,
                List.of(capabilities),
                false,
                wishes);
    }

    private static Wishes mounting(String source) {
        return new Wishes(false, false, List.of(new Mount(source, "/there", true)));
    }

    private static ContainerPolicy allowing(Allowance first, Allowance... more) {
        return new ContainerPolicy(Map.of("camera", EnumSet.of(first, more)), Set.of(Path.of("/tmp/x/engine.sock")));
    }

    @Test
    void shouldTakeWhatStaysInItsContainer() {
        assertThatCode(() -> STRICT.require(MODULE, wishing(Wishes.NONE, "NET_BIND_SERVICE", "KILL")))
                .doesNotThrowAnyException();
    }

    @Test
    void shouldRefuseEverythingElseAndSayHowToAllowIt() {
        Wishes wishes = new Wishes(true, true, List.of(new Mount("/opt/maps", "/maps", true)));

        assertThatThrownBy(() -> STRICT.require(MODULE, wishing(wishes, "SYS_ADMIN")))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("privileged")
                .hasMessageContaining("host_pid")
                .hasMessageContaining("SYS_ADMIN")
                .hasMessageContaining("/opt/maps")
                .hasMessageContaining("vyra.container.allow.\"camera\"=privileged,host-pid,capabilities,host-paths");
    }

    @Test
    void shouldAllowOneModuleWhatAnAdministratorAllowedIt() {
        ContainerPolicy policy = allowing(Allowance.HOST_PATHS, Allowance.CAPABILITIES);

        assertThatCode(() -> policy.require(MODULE, wishing(mounting("/opt/maps"), "SYS_NICE")))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> policy.require(ModuleId.random("other"), wishing(mounting("/opt/maps"))))
                .isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> policy.require(MODULE, wishing(new Wishes(true, false, List.of()))))
                .isInstanceOf(ProblemException.class)
                .hasMessageEndingWith("\"camera\"=privileged and start the module manager again.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/var",
                "/var/run",
                "/run",
                "/run/podman",
                "/var/run/docker.sock",
                "/opt/../run",
                "/somewhere/else/docker.sock",
                "/tmp",
                "/tmp/x/engine.sock"
            })
    void shouldNeverGiveAnEnginesSocketAway(String source) {
        ContainerPolicy policy =
                allowing(Allowance.HOST_PATHS, Allowance.PRIVILEGED, Allowance.HOST_PID, Allowance.CAPABILITIES);

        assertThatThrownBy(() -> policy.require(MODULE, wishing(mounting(source))))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("No module is given that");
    }
}
