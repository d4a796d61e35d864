package io.vyra.modulemanager.module;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StateLayersTest {

    @Test
    void shouldTellTheLayerByTheValueAlone() {
        StateLayers layers = Stream.of("Active", "Running", "Warning")
                .map(wire -> LayerValue.parse(wire).orElseThrow())
                .reduce(StateLayers.UNKNOWN, StateLayers::with, (_, last) -> last);

        assertThat(layers.lifecycle()).contains(Lifecycle.ACTIVE);
        assertThat(layers.operational()).contains(Operational.RUNNING);
        assertThat(layers.health()).contains(ModuleHealth.WARNING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "N/A", "active", "ACTIVE", " Active", "Active\u0000", "null"})
    void shouldNotGuess(String wire) {
        assertThat(LayerValue.parse(wire)).isEmpty();
    }

    @Test
    void shouldShareNoValueBetweenLayers() {
        String[] all = Stream.<LayerValue[]>of(Lifecycle.values(), Operational.values(), ModuleHealth.values())
                .flatMap(Arrays::stream)
                .map(LayerValue::wire)
                .toArray(String[]::new);

        assertThat(all).hasSize(15).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource({
        "Offline, Initializing",
        "Initializing, Active Recovering",
        "Active, ShuttingDown Recovering Suspended",
        "Suspended, Active",
        "Recovering, Active ShuttingDown",
        "ShuttingDown, Offline",
        "Idle, Ready Error",
        "Ready, Running Paused Stopped Error Idle",
        "Running, Ready Paused Stopped Error Idle",
        "Paused, Ready Stopped Error Idle",
        "Stopped, Idle",
        "Error, Idle",
        "Healthy, Warning Critical",
        "Warning, Healthy Critical",
        "Critical, Healthy"
    })
    void shouldKnowWhichValueFollowsWhich(String from, String successors) {
        LayerValue now = LayerValue.parse(from).orElseThrow();
        StateLayers layers = StateLayers.UNKNOWN.with(now);

        assertThat(Arrays.stream(layerOf(now))
                        .filter(next -> next != now && layers.allows(next))
                        .map(LayerValue::wire)
                        .collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(successors.split(" "));
        assertThat(layers.allows(now)).isTrue();
    }

    @Test
    void shouldTakeAnyValueFirst() {
        assertThat(Arrays.stream(Lifecycle.values())).allMatch(StateLayers.UNKNOWN::allows);
        assertThat(StateLayers.UNKNOWN.with(Lifecycle.ACTIVE).allows(ModuleHealth.CRITICAL))
                .isTrue();
    }

    private static LayerValue[] layerOf(LayerValue value) {
        return switch (value) {
            case Lifecycle _ -> Lifecycle.values();
            case Operational _ -> Operational.values();
            case ModuleHealth _ -> ModuleHealth.values();
        };
    }
}
