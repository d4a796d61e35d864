package io.vyra.modulemanager.api.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Keeps {@code docs/configuration.md} true. Run with {@code -Dconfiguration.write=true} to write it anew. */
class ConfigurationReferenceTest {
    private static final Path SOURCES = Path.of("src/main/java/io/vyra/modulemanager/api");
    private static final Path ZENOH = Path.of("../modulemanager-zenoh/src/main/java/io/vyra/modulemanager/zenoh");
    private static final Path ROS2 = Path.of("../modulemanager-ros2/src/main/java/io/vyra/modulemanager/ros2");
    private static final Path CONTAINER =
            Path.of("../modulemanager-container/src/main/java/io/vyra/modulemanager/container");
    private static final Path PAGE = Path.of("../docs/configuration.md");

    @Test
    void shouldDocumentEverySetting() throws IOException {
        String reference = ConfigurationReference.of(List.of(
                SOURCES.resolve("config/ApiConfiguration.java"),
                SOURCES.resolve("assembly/CoreConfiguration.java"),
                ZENOH.resolve("connection/ZenohConfiguration.java"),
                ROS2.resolve("connection/Ros2Configuration.java"),
                CONTAINER.resolve("assembly/ContainerConfiguration.java")));

        if (Boolean.getBoolean("configuration.write")) {
            Files.writeString(PAGE, reference);
        }
        assertThat(PAGE).hasContent(reference);
    }
}
