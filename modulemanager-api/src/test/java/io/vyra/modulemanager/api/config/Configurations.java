package io.vyra.modulemanager.api.config;

import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;

/** Makes configurations for tests that need no running service. */
public final class Configurations {
    private Configurations() {}

    public static ApiConfiguration of(Map<String, String> properties) {
        return new SmallRyeConfigBuilder()
                .withMapping(ApiConfiguration.class)
                .withConverter(MemorySize.class, 100, new MemorySizeConverter())
                .withSources(new PropertiesConfigSource(properties, "test", 100))
                .build()
                .getConfigMapping(ApiConfiguration.class);
    }
}
