package io.vyra.modulemanager.container.settings;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vyra.modulemanager.container.TestLaunch;
import io.vyra.modulemanager.module.ContainerSpec;
import io.vyra.modulemanager.module.ContainerSpec.Mount;
import io.vyra.modulemanager.module.ContainerSpec.Wishes;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
                "/tmp/x/engine.sock",
                "/run/containerd",
                "/run/containerd/containerd.sock.ttrpc",
                "/var/run/containerd/io.containerd.runtime.v2.task",
                "/run/docker/containerd",
                "/run/crio",
                "/run/buildkit",
                "/run/user",
                "/run/user/1000",
                "/run/user/1000/podman",
                "/run/user/1000/podman/any",
                "/var/run/user/0/docker.sock",
                "/proc",
                "/proc/1/root",
                "/proc/self/root/run"
            })
    void shouldNeverGiveAnEnginesSocketAway(String source) {
        ContainerPolicy policy =
                allowing(Allowance.HOST_PATHS, Allowance.PRIVILEGED, Allowance.HOST_PID, Allowance.CAPABILITIES);

        assertThatThrownBy(() -> policy.require(MODULE, wishing(mounting(source))))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("No module is given that");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/run/udev", "/run/user/1000/pulse", "/var/lib/maps", "/proc/cpuinfo", "/opt/podman"})
    void shouldGiveWhatHoldsNoSocket(String source) {
        assertThatCode(() -> allowing(Allowance.HOST_PATHS).require(MODULE, wishing(mounting(source))))
                .doesNotThrowAnyException();
    }

    /** A folder with the socket of an engine in it, as the policy knows it; links that lead there are beside it. */
    @Nested
    class OnADisk {
        @TempDir
        Path folder;

        private Path socket;
        private ContainerPolicy policy;

        @BeforeEach
        void makeSocket() throws IOException {
            Path run = Files.createDirectories(folder.resolve("run/engine"));
            socket = Files.createFile(run.resolve("api"));
            policy = new ContainerPolicy(Map.of("camera", EnumSet.of(Allowance.HOST_PATHS)), Set.of(socket));
        }

        private void shouldRefuse(Path source) {
            assertThatThrownBy(() -> policy.require(MODULE, wishing(mounting(source.toString()))))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("camera wants " + source)
                    .hasMessageContaining("No module is given that");
        }

        @Test
        void shouldFollowALinkToTheSocket() throws IOException {
            shouldRefuse(Files.createSymbolicLink(folder.resolve("harmless"), socket));
        }

        @Test
        void shouldFollowALinkToAFolderAboveTheSocket() throws IOException {
            shouldRefuse(Files.createSymbolicLink(folder.resolve("harmless"), folder.resolve("run")));
        }

        @Test
        void shouldFollowALinkOnTheWay() throws IOException {
            Path link = Files.createSymbolicLink(folder.resolve("data"), folder.resolve("run"));

            shouldRefuse(link.resolve("engine"));
            shouldRefuse(link.resolve("engine/api"));
        }

        @Test
        void shouldFollowLinksFromOneToTheNextAndRelativeOnes() throws IOException {
            Files.createSymbolicLink(folder.resolve("second"), Path.of("run/../run"));

            shouldRefuse(Files.createSymbolicLink(folder.resolve("first"), Path.of("second/engine")));
        }

        @Test
        void shouldTakeOutDotsBeforeAndAfterLinks() throws IOException {
            Path far = Files.createDirectories(folder.resolve("run/engine/far"));
            Files.createSymbolicLink(folder.resolve("link"), far);

            // After the link is followed, this is run/engine.
            shouldRefuse(Path.of(folder + "/link/.."));
            // Before, this is run.
            shouldRefuse(Path.of(folder + "/link/../run"));
        }

        @Test
        void shouldFollowALinkToWhatIsNotThereYet() throws IOException {
            Path later = folder.resolve("later/engine.sock");
            policy = new ContainerPolicy(Map.of("camera", EnumSet.of(Allowance.HOST_PATHS)), Set.of(later));

            shouldRefuse(Files.createSymbolicLink(folder.resolve("link"), later));
            shouldRefuse(Files.createSymbolicLink(folder.resolve("above"), later.getParent()));
        }

        @Test
        void shouldKnowTheSocketBehindALinkOfItsOwn() throws IOException {
            Path link = Files.createSymbolicLink(folder.resolve("usual"), socket);
            policy = new ContainerPolicy(Map.of("camera", EnumSet.of(Allowance.HOST_PATHS)), Set.of(link));

            shouldRefuse(socket);
            shouldRefuse(socket.getParent());
        }

        @Test
        void shouldKnowAnotherNameOfTheSocket() throws IOException {
            shouldRefuse(Files.createLink(folder.resolve("hard"), socket));
        }

        @Test
        void shouldFollowALinkToTheFolderOfAnEngineThatIsNotUsed() throws IOException {
            shouldRefuse(Files.createSymbolicLink(folder.resolve("a"), Path.of("/run")));
            shouldRefuse(Files.createSymbolicLink(folder.resolve("b"), Path.of("/run/containerd")));
            shouldRefuse(Files.createSymbolicLink(folder.resolve("c"), Path.of("/run/user/1000/podman")));
            shouldRefuse(Files.createSymbolicLink(folder.resolve("d"), Path.of("/var/run/docker.sock")));
        }

        @Test
        void shouldRefuseLinksInACircle() throws IOException {
            Path link = Files.createSymbolicLink(folder.resolve("circle"), folder.resolve("circle"));

            assertThatThrownBy(() -> policy.require(MODULE, wishing(mounting(link.toString()))))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("cannot follow to its end");
        }

        @Test
        void shouldLookAgainAtEveryQuestion() throws IOException {
            Path link = folder.resolve("maps");
            Files.createSymbolicLink(link, Files.createDirectory(folder.resolve("real-maps")));
            policy.require(MODULE, wishing(mounting(link.toString())));
            Files.delete(link);
            Files.createSymbolicLink(link, folder.resolve("run"));

            shouldRefuse(link);
        }
    }
}
