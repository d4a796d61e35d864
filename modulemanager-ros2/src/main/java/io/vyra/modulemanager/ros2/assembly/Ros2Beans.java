package io.vyra.modulemanager.ros2.assembly;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.vyra.modulemanager.ModuleManager;
import io.vyra.modulemanager.StartSettled;
import io.vyra.modulemanager.bus.BusSocket;
import io.vyra.modulemanager.bus.ModuleReports;
import io.vyra.modulemanager.feed.FeedHub;
import io.vyra.modulemanager.ros.RosBridge;
import io.vyra.modulemanager.ros2.Ros2Face;
import io.vyra.modulemanager.ros2.connection.BridgeSettings;
import io.vyra.modulemanager.ros2.connection.BridgeSettingsException;
import io.vyra.modulemanager.ros2.connection.Ros2Configuration;
import io.vyra.modulemanager.ros2.gateway.SwitchedOff;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Owns the face: starts it beside the core, lets it join the graph once the service serves, and ends it before the core ends. */
@Singleton
public class Ros2Beans {
    private final Optional<Ros2Face> face;
    private final Instant startedAt;
    private final String off;

    public Ros2Beans(
            Ros2Configuration configuration,
            @ConfigProperty(name = "vyra.slim", defaultValue = "false") boolean slim,
            @ConfigProperty(name = "quarkus.application.version", defaultValue = "unknown") String version,
            ModuleManager manager,
            ModuleReports reports,
            FeedHub hub,
            BusSocket socket,
            InstantSource clock) {
        this.startedAt = clock.instant();
        this.off = "The bridge to ROS 2 is switched off with " + (slim ? "VYRA_SLIM=true" : "mm.ros2.enabled=false");
        try {
            this.face = configuration.enabled() && !slim
                    ? Optional.of(new Ros2Face(
                            BridgeSettings.of(configuration),
                            new Ros2Face.Ground(manager, reports, hub, socket, Map.of("version", version), clock)))
                    : Optional.empty();
        } catch (BridgeSettingsException e) {
            throw new ConfigurationException(e.getMessage());
        }
    }

    void start(@Observes @Priority(95) StartupEvent event) {
        face.ifPresent(Ros2Face::start);
    }

    void join(@ObservesAsync StartSettled event) {
        face.ifPresent(Ros2Face::join);
    }

    void stop(@Observes @Priority(95) ShutdownEvent event) {
        face.ifPresent(Ros2Face::close);
    }

    @Produces
    @Singleton
    RosBridge bridge() {
        return face.map(Ros2Face::bridge).orElseGet(() -> new SwitchedOff(startedAt, off));
    }
}
