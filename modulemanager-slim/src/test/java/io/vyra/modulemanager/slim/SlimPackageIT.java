package io.vyra.modulemanager.slim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The SLIM distribution as it is shipped, with containers or without. */
class SlimPackageIT {
    @Test
    void shouldShipNothingThatSpeaksRos2() throws IOException {
        List<Path> jars = ShippedJars.all();

        assertThat(jars).anyMatch(jar -> jar.getFileName().toString().contains("modulemanager-api"));
        assertThat(Ros2Finder.findIn(jars)).isEmpty();
    }
}
