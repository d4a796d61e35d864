package io.vyra.modulemanager.full;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The base images, made twice of the same Debian packages and the same JDK, in two folders, by shells with different habits. */
@Tag("slow")
class BaseImageIT {
    private static final Path CHECKOUT =
            Path.of(System.getProperty("checkout")).toAbsolutePath().normalize();
    private static final Duration LIMIT = Duration.ofMinutes(15);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"runtime", "builder"})
    void shouldHaveTheSameIdEachTime(String kind) throws Exception {
        String first = idOfBase(kind, folder.resolve("a"), Habits.USUAL);
        String second = idOfBase(kind, folder.resolve("another/longer path"), Habits.OTHER);

        assertThat(first).startsWith("sha256:").hasSize("sha256:".length() + 64);
        assertThat(second).isEqualTo(first);
    }

    private String idOfBase(String kind, Path target, Habits habits) throws Exception {
        habits.run(
                        folder,
                        Map.of("JAVA_HOME", System.getProperty("java.home")),
                        LIMIT,
                        CHECKOUT.resolve("docker/base/build.sh").toString(),
                        kind,
                        target.toString())
                .successful();
        return Files.readString(target.resolve("base-" + kind + ".id")).strip();
    }
}
