package io.vyra.modulemanager.slim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The SLIM distribution as it is shipped. */
class SlimPackageIT {
    private static final Path APPLICATION = Path.of("target/quarkus-app");

    @Test
    void shouldShipNothingThatSpeaksRos2() throws IOException {
        List<Path> jars;
        try (Stream<Path> files = Files.walk(APPLICATION)) {
            jars = files.filter(file -> file.toString().endsWith(".jar")).toList();
        }

        assertThat(jars).anyMatch(jar -> jar.getFileName().toString().contains("modulemanager-api"));
        assertThat(Ros2Finder.findIn(jars)).isEmpty();
    }
}
