package io.vyra.modulemanager.catalog;

import static io.vyra.modulemanager.catalog.CatalogFixtures.entry;
import static io.vyra.modulemanager.catalog.CatalogFixtures.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.vyra.modulemanager.catalog.InstalledModules.Installed;
import io.vyra.modulemanager.module.Manifest;
import io.vyra.modulemanager.module.Manifest.Permissions;
import io.vyra.modulemanager.module.ProcessSpec;
import io.vyra.modulemanager.module.TestModule;
import io.vyra.modulemanager.module.UpdateOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.semver4j.Semver;

class UpdateOrderRuleTest {
    private static final String CONTAINER = "kind: container\nimage: {reference: 'camera:1'}\n";
    private static final String STARTS_FIRST = CONTAINER + "update: {order: start-first}\n";

    @TempDir
    Path folder;

    private final FakeMachine machine = new FakeMachine();
    private Optional<String> hindered = Optional.empty();
    private final UpdateOrderRule rule = new UpdateOrderRule(manifest -> hindered, machine);

    private Manifest manifest(String version, String runtime) {
        return module(version, runtime).manifest();
    }

    private TestModule module(String version, String runtime) {
        return new TestModule(folder.resolve(version))
                .data("name: camera\nversion: " + version + "\n")
                .runtime(runtime);
    }

    private Optional<PlannedOrder> plan(boolean running, Optional<Manifest> present, ProcessSpec.Port... ports) {
        return rule.plan(
                new Installed(
                        id("camera"),
                        new Semver("1.0.0"),
                        Permissions.DEFAULT,
                        List.of(),
                        running,
                        0,
                        List.of(ports),
                        present),
                entry("camera", "2.0.0"));
    }

    @Test
    void shouldStartFirstWhereTheRunningVersionPermitsIt() {
        PlannedOrder order =
                plan(true, Optional.of(manifest("1.0.0", STARTS_FIRST))).orElseThrow();

        assertThat(order.order()).isEqualTo(UpdateOrder.START_FIRST);
        assertThat(order.reason()).contains("1.0.0 permits it", "2.0.0", "no copy of the data", "none comes back");
    }

    @Test
    void shouldSayWhichPortsTheNextVersionMustNotHave() {
        PlannedOrder order = plan(
                        true,
                        Optional.of(manifest("1.0.0", STARTS_FIRST)),
                        new ProcessSpec.Port("web", 8_081, ProcessSpec.Protocol.TCP))
                .orElseThrow();

        assertThat(order.reason()).contains("none of its ports (8081)");
    }

    @Test
    void shouldStopFirstWhereTheRunningVersionDoesNotSayOtherwise() {
        PlannedOrder order =
                plan(true, Optional.of(manifest("1.0.0", CONTAINER))).orElseThrow();

        assertThat(order.order()).isEqualTo(UpdateOrder.STOP_FIRST);
        assertThat(order.reason()).contains("camera 1.0.0", "update.order");
    }

    @Test
    void shouldStopFirstWhereNothingRunsOrNothingIsKnown() {
        assertThat(plan(false, Optional.of(manifest("1.0.0", STARTS_FIRST))))
                .contains(new PlannedOrder(UpdateOrder.STOP_FIRST, "it does not run, so nothing is interrupted"));
        assertThat(plan(true, Optional.empty()).orElseThrow().order()).isEqualTo(UpdateOrder.STOP_FIRST);
    }

    @Test
    void shouldHaveNothingToChooseForAProcess() {
        assertThat(plan(true, Optional.of(manifest("1.0.0", "kind: process\ncommand: [sh]\n"))))
                .isEmpty();
    }

    @Test
    void shouldLetTwoVersionsThatBothPermitItRunAtOnce() {
        assertThat(rule.obstacle(
                        manifest("1.0.0", STARTS_FIRST + "ports: [8081, {name: v, port: 8082, protocol: udp}]\n"),
                        manifest("2.0.0", STARTS_FIRST + "ports: [8082]\n")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ports: [8081]                                  | both versions publish TCP port 8081",
                "probe: {kind: heartbeat, max_age_seconds: 5}   | cannot tell it from the version",
                "probe: {kind: zenoh, token: alive}             | cannot tell it from the version",
            })
    void shouldSayWhatTheNextVersionHasThatKeepsThemApart(String line, String words) {
        assertThat(rule.obstacle(
                        manifest("1.0.0", STARTS_FIRST + "ports: [8081]\n"),
                        manifest("2.0.0", STARTS_FIRST + line + "\n")))
                .hasValueSatisfying(obstacle -> assertThat(obstacle).contains(words));
    }

    @ParameterizedTest
    @ValueSource(strings = {"kind: process\ncommand: [sh]\n", CONTAINER, CONTAINER + "update: {order: stop-first}\n"})
    void shouldAskBothVersions(String silent) {
        Manifest willing = manifest("1.0.0", STARTS_FIRST);
        Manifest unwilling = manifest("2.0.0", silent);

        assertThat(rule.obstacle(willing, unwilling)).isPresent();
        assertThat(rule.obstacle(unwilling, willing)).isPresent();
    }

    @Test
    void shouldHeedWhatRunsModulesHere() {
        hindered = Optional.of("nothing here runs containers");

        assertThat(rule.obstacle(manifest("1.0.0", STARTS_FIRST), manifest("2.0.0", STARTS_FIRST)))
                .isEqualTo(hindered);
    }

    @Test
    void shouldNotGiveOneDeviceToTwo() {
        String devices = "hardware:\n  devices: [{path: /dev/video0}]\n";
        Manifest before = module("1.0.0", STARTS_FIRST).dependencies(devices).manifest();
        Manifest next = module("2.0.0", STARTS_FIRST).dependencies(devices).manifest();

        assertThat(rule.obstacle(before, next)).contains("both versions use the device /dev/video0");
    }

    @Test
    void shouldHaveTheMemoryThatTheNextVersionReserves() {
        Manifest before = manifest("1.0.0", STARTS_FIRST);
        Manifest next = module("2.0.0", STARTS_FIRST)
                .params("resources:\n  memory_reservation: 256M\n")
                .manifest();
        assertThat(next.resources().memoryReservationBytes()).isPresent();
        machine.freeMemory = next.resources().memoryReservationBytes().orElseThrow();
        assertThat(rule.obstacle(before, next)).isEmpty();

        machine.freeMemory--;

        assertThat(rule.obstacle(before, next))
                .hasValueSatisfying(it -> assertThat(it).contains("camera 2.0.0 reserves", "are free"));
    }
}
