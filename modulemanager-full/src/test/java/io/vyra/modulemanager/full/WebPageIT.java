package io.vyra.modulemanager.full;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The page in a browser against the packaged service: {@code frontend/e2e}. What is tested is told by the report that it writes beside that
 * of the page's other tests; this only runs it, and knows when it could not even begin.
 */
class WebPageIT {
    private static final Path CHECKOUT =
            Path.of(System.getProperty("checkout", "..")).toAbsolutePath().normalize();
    private static final Duration LIMIT = Duration.ofMinutes(30);

    @Test
    void shouldDoAllItIsMadeForInABrowser() throws Exception {
        Path frontend = CHECKOUT.resolve("frontend");
        Map<String, String> environment = Map.of("JAVA_HOME", System.getProperty("java.home"));

        Command run = Command.run(
                frontend,
                environment,
                LIMIT,
                List.of(frontend.resolve("build.sh").toString(), "browser"));

        assertThat(run.code()).as(run.output()).isZero();
        assertThat(frontend.resolve("target/vitest-reports/TEST-browser.xml")).exists();
    }
}
