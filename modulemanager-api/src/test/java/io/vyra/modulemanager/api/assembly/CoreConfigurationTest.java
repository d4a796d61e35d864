package io.vyra.modulemanager.api.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CoreConfigurationTest {
    private static String nameWith(Map<String, String> environment) {
        Map<String, String> whole = new HashMap<>(environment);
        whole.put("VYRA_SHIM", "/shim");
        return new SmallRyeConfigBuilder()
                .withMapping(CoreConfiguration.class)
                .withConverter(MemorySize.class, 100, new MemorySizeConverter())
                .withConverter(Duration.class, 100, new DurationConverter())
                .addDefaultInterceptors()
                .withSources(new EnvConfigSource(whole, 300))
                .build()
                .getConfigMapping(CoreConfiguration.class)
                .moduleName();
    }

    @Test
    void shouldGoByTheNameThatItIsGiven() {
        assertThat(nameWith(Map.of())).isEqualTo("v2_modulemanager");
        assertThat(nameWith(Map.of("MODULE_NAME", "cell_4_manager"))).isEqualTo("cell_4_manager");
        assertThat(nameWith(Map.of("MODULE_NAME", "one", "VYRA_MODULE_NAME", "two")))
                .isEqualTo("two");
    }
}
