package io.vyra.modulemanager.ros2;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vyra.modulemanager.ros2.connection.BridgeSettings;
import io.vyra.modulemanager.ros2.connection.Ros2Configuration;
import java.util.HashMap;
import java.util.Map;

/** Makes settings for tests that need no running service. */
public final class Settings {
    private Settings() {}

    public static Ros2Configuration configuration(Map<String, String> properties) {
        return new SmallRyeConfigBuilder()
                .withMapping(Ros2Configuration.class)
                .withSources(new PropertiesConfigSource(properties, "test", 100))
                .build()
                .getConfigMapping(Ros2Configuration.class);
    }

    public static BridgeSettings of(Map<String, String> properties) {
        return BridgeSettings.of(configuration(properties));
    }

    /** On this machine alone. */
    public static BridgeSettings local(int domain, Map<String, String> more) {
        Map<String, String> properties = new HashMap<>(more);
        properties.put("mm.ros2.domain-id", String.valueOf(domain));
        properties.put("mm.ros2.automatic-discovery-range", "LOCALHOST");
        return of(properties);
    }
}
