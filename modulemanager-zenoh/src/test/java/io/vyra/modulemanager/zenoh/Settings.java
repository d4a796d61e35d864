package io.vyra.modulemanager.zenoh;

import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vyra.modulemanager.zenoh.connection.BusSettings;
import io.vyra.modulemanager.zenoh.connection.ZenohConfiguration;
import io.vyra.zenoh.link.Endpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/** Makes settings for tests that need no running service. */
public final class Settings {
    private Settings() {}

    public static ZenohConfiguration configuration(Map<String, String> properties) {
        return new SmallRyeConfigBuilder()
                .withMapping(ZenohConfiguration.class)
                .withConverter(MemorySize.class, 100, new MemorySizeConverter())
                .withSources(new PropertiesConfigSource(properties, "test", 100))
                .build()
                .getConfigMapping(ZenohConfiguration.class);
    }

    public static BusSettings of(Map<String, String> properties) {
        return BusSettings.of(configuration(properties));
    }

    /**
     * A router on a free port that wants to know who connects.
     *
     * @param folder where the file of users is written
     * @param users  lines {@code name:role:password}
     */
    static BusSettings authenticated(Path folder, String users) throws IOException {
        Path file = Files.writeString(folder.resolve("users"), users);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return of(Map.of(
                "vyra.zenoh.listen", "tcp/127.0.0.1:0",
                "vyra.zenoh.access", "authenticated",
                "vyra.zenoh.users", file.toString()));
    }

    static BusSettings client(Endpoint router) {
        return of(Map.of("vyra.zenoh.mode", "client", "vyra.zenoh.connect", router.toString()));
    }

    static BusSettings router(Endpoint listen) {
        return of(Map.of("vyra.zenoh.listen", listen.toString()));
    }
}
