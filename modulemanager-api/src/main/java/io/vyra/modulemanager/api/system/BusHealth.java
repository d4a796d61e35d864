package io.vyra.modulemanager.api.system;

import io.smallrye.health.api.HealthContentFilter;
import jakarta.inject.Singleton;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;

/**
 * Adds to the answers under {@code /q/health} what VYRA's documents promise of a module's health: mode, uptime and whether the bus is
 * connected. It decides nothing: a manager whose bus is down still manages, and must not be started anew for it.
 */
@Singleton
public class BusHealth implements HealthContentFilter {
    private final SystemStatus status;

    public BusHealth(SystemStatus status) {
        this.status = status;
    }

    @Override
    public JsonObject filter(JsonObject payload) {
        JsonObjectBuilder answer = Json.createObjectBuilder(payload)
                .add("mode", status.distribution())
                .add("uptime_seconds", status.uptimeSeconds());
        status.busConnected().ifPresent(connected -> answer.add("zenoh_connected", connected));
        status.bridgeConnected().ifPresent(connected -> answer.add("ros2_connected", connected));
        return answer.build();
    }
}
