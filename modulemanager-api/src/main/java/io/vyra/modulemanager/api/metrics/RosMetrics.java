package io.vyra.modulemanager.api.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.vyra.modulemanager.api.ros.RobotRos;
import io.vyra.modulemanager.ros.RosBridge;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.function.ToLongFunction;

/** What went over the bridge to ROS 2, and what it dropped or refused. Registers nothing where there is no bridge. */
@Singleton
public class RosMetrics {
    private final RobotRos ros;
    private final MeterRegistry registry;

    public RosMetrics(RobotRos ros, MeterRegistry registry) {
        this.ros = ros;
        this.registry = registry;
    }

    void begin(@Observes StartupEvent event) {
        if (ros.status().isEmpty()) {
            return;
        }
        Gauge.builder("ros2_connected", this, it -> it.look().connected() ? 1 : 0)
                .description("Whether the bridge is part of the graph of ROS 2")
                .register(registry);
        Gauge.builder("ros2_echoes", this, it -> it.look().counters().echoes())
                .description("Topics that clients follow now")
                .register(registry);
        count("ros2_messages_echoed", "Messages handed to clients", RosBridge.Counters::echoed);
        count("ros2_messages_dropped", "Messages that slow clients lost", RosBridge.Counters::dropped);
        count("ros2_messages_published", "Messages published for clients", RosBridge.Counters::published);
        count("ros2_services_called", "Services called for clients", RosBridge.Counters::called);
        count("ros2_requests_answered", "Requests that the manager's own services took", RosBridge.Counters::answered);
        count("ros2_refused", "What allow-lists, roles and limits kept out", RosBridge.Counters::refused);
    }

    private RosBridge.Status look() {
        return ros.status().orElseThrow();
    }

    private void count(String name, String description, ToLongFunction<RosBridge.Counters> value) {
        FunctionCounter.builder(name, this, it -> value.applyAsLong(it.look().counters()))
                .description(description)
                .register(registry);
    }
}
