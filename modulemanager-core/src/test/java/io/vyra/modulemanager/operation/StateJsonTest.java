package io.vyra.modulemanager.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vyra.modulemanager.catalog.CatalogEntry;
import io.vyra.modulemanager.catalog.OfferedImage;
import io.vyra.modulemanager.catalog.Plan;
import io.vyra.modulemanager.catalog.Plan.PlannedModule;
import io.vyra.modulemanager.catalog.PlannedOrder;
import io.vyra.modulemanager.instance.Desired;
import io.vyra.modulemanager.module.Manifest.Dependency;
import io.vyra.modulemanager.module.UpdateOrder;
import io.vyra.modulemanager.module.VersionRange;
import io.vyra.modulemanager.problem.Problem;
import io.vyra.modulemanager.problem.ProblemType;
import io.vyra.modulemanager.runtime.ExitEvidence;
import io.vyra.modulemanager.state.StateException;
import io.vyra.modulemanager.state.StateJson;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.semver4j.Semver;

class StateJsonTest {
    private static final String ID = "beacon_0123456789abcdef0123456789abcdef";
    private final StateJson json = new StateJson();

    static List<OperationRequest> requests() {
        CatalogEntry entry = new CatalogEntry(
                "demo",
                "beacon",
                new Semver("1.2.3-rc.1"),
                Optional.of("0123456789abcdef0123456789abcdef"),
                "ä „quoted“ \n text",
                "me",
                List.of("a", "b"),
                Optional.of("icon.svg"),
                List.of(new Dependency("base", VersionRange.parse("^1.2"), true)),
                URI.create("https://example.org/beacon%20x.tar.gz"),
                OptionalLong.of(1L << 40),
                Optional.empty(),
                Map.of(
                        "production",
                        new OfferedImage(
                                URI.create("https://example.org/image.tar.gz"),
                                OptionalLong.empty(),
                                Optional.of("ab"))));
        Plan plan = new Plan(
                List.of(new PlannedModule(
                        ID,
                        Optional.of("1.0.0"),
                        entry,
                        Optional.of("top"),
                        Optional.of(new PlannedOrder(UpdateOrder.START_FIRST, "1.0.0 permits it")))),
                1,
                2,
                3,
                4,
                List.of(8080),
                Duration.ofMillis(1500),
                List.of(new Problem(ProblemType.DISK_FULL, "full", List.of(new Problem.FieldError("/a", "b")))),
                List.of("careful"));
        return List.of(
                new OperationRequest.Deploy(ID, plan, Optional.of(false), Optional.of("/tmp/x y")),
                new OperationRequest.Deploy(ID, plan, Optional.empty(), Optional.empty()),
                new OperationRequest.Rollback(ID, "2.0.0", "1.0.0"),
                new OperationRequest.Rollback(ID, "2.0.0", "1.0.0", true),
                new OperationRequest.Remove(ID, true),
                new OperationRequest.Drive(ID, Desired.SUSPENDED, true));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void shouldReadBackEveryRequestItWrote(OperationRequest request) {
        assertThat(json.read(json.write(request), OperationRequest.class)).isEqualTo(request);
    }

    @ParameterizedTest
    @MethodSource("requests")
    void shouldIgnoreWhatALaterReleaseAdded(OperationRequest request) {
        String later = json.write(request).replaceFirst("\\{", "{\"added_later\":{\"x\":[1]},");

        assertThat(json.read(later, OperationRequest.class)).isEqualTo(request);
    }

    @org.junit.jupiter.api.Test
    void shouldReadWhatAReleaseWroteThatKnewNoImages() {
        OperationRequest.Deploy known = (OperationRequest.Deploy) requests().getFirst();
        String earlier = json.write(known).replaceFirst(",\"images\":\\{\"production\":\\{[^}]*}}", "");

        assertThat(earlier).doesNotContain("images");
        assertThat(json.read(earlier, OperationRequest.Deploy.class)
                        .plan()
                        .steps()
                        .getFirst()
                        .entry()
                        .images())
                .isEmpty();
    }

    @org.junit.jupiter.api.Test
    void shouldReadWhatAReleaseWroteThatKnewOneOrderOnly() {
        OperationRequest.Deploy known = (OperationRequest.Deploy) requests().getFirst();
        String deploy = json.write(known).replaceFirst(",\"order\":\\{[^}]*}", "");
        assertThat(deploy).doesNotContain("order");
        String rollback =
                "{\"type\":\"rollback\",\"moduleId\":\"" + ID + "\",\"fromVersion\":\"2.0.0\",\"toVersion\":\"1.0.0\"}";

        PlannedModule read =
                json.read(deploy, OperationRequest.Deploy.class).plan().steps().getFirst();

        assertThat(read.order()).isEmpty();
        assertThat(read.mayStartFirst()).isFalse();
        assertThat(json.read(rollback, OperationRequest.class))
                .isEqualTo(new OperationRequest.Rollback(ID, "2.0.0", "1.0.0", false));
    }

    @org.junit.jupiter.api.Test
    void shouldReadBackEvidence() {
        ExitEvidence evidence = new ExitEvidence(
                7,
                OptionalInt.empty(),
                OptionalInt.of(9),
                true,
                Instant.parse("2026-01-02T03:04:05.678Z"),
                Duration.ofNanos(1_234_567_890),
                List.of("last", "words \u0000 €"),
                "note");

        assertThat(json.read(json.write(evidence), ExitEvidence.class)).isEqualTo(evidence);
    }

    @org.junit.jupiter.api.Test
    void shouldSayWhatToDoAboutDamagedText() {
        assertThatThrownBy(() -> json.read("{\"type\":\"drive\",", OperationRequest.class))
                .isInstanceOf(StateException.class)
                .hasMessageContaining("--restore FILE");
    }
}
