package io.vyra.modulemanager.full;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A start that cannot be ends with its reason and what to do, as the last line. */
@Timeout(120)
class StartRefusalIT {
    private static final Path CHECKOUT = Path.of(System.getProperty("checkout"));

    private static final Duration LIMIT = Duration.ofMinutes(2);

    @TempDir
    private Path folder;

    @Test
    void shouldTellThatThePortIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = String.valueOf(taken.getLocalPort());

            assertThat(lastLine(Map.of(), "--port", port)).contains("127.0.0.1:" + port, "--port");
        }
    }

    @Test
    void shouldNotServePlainHttpToTheNetwork() throws Exception {
        assertThat(lastLine(Map.of(), "--host", "0.0.0.0", "--port", "1"))
                .contains("0.0.0.0", "--tls", "--insecure-http");
        assertThat(folder.resolve("data/state")).doesNotExist();
        assertThat(folder.resolve("data/initial-admin-password")).doesNotExist();
    }

    @Test
    void shouldTellWhatIsWrongWithTheDataFolder() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));

        assertThat(lastLine(Map.of(), "--data", file.resolve("data").toString()))
                .contains("file/data", "Not a directory");
    }

    @Test
    void shouldTellWhatIsWrongInTheConfiguration() throws Exception {
        assertThat(output(Map.of("VYRA_PROBATION", "soon"))).contains("did not start", "vyra.probation", "soon");
    }

    @Test
    void shouldNameTheSettingThatIsOutOfItsRange() throws Exception {
        assertThat(lastLine(Map.of("VYRA_MODULE_LOG_MAX_SIZE", "2K")))
                .contains("vyra.module-log.max-size", "64 KiB and 1 GiB", "2048", "configuration.md");
        assertThat(folder.resolve("data/state")).doesNotExist();
    }

    @Test
    void shouldNotGoByANameThatNoModuleCanHave() throws Exception {
        assertThat(lastLine(Map.of("MODULE_NAME", "Cell 4"))).contains("MODULE_NAME", "'Cell 4'", "^[a-z][a-z0-9_]*$");
        assertThat(folder.resolve("data/state")).doesNotExist();
    }

    private String lastLine(Map<String, String> environment, String... options) throws Exception {
        String output = output(environment, options);
        String last = output.strip().lines().toList().getLast();
        assertThat(last).as(output).startsWith("The module manager did not start. ");
        return last;
    }

    private String output(Map<String, String> environment, String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                CHECKOUT.resolve("mm").toString(),
                "run",
                "--data",
                folder.resolve("data").toString()));
        command.addAll(List.of(options));
        Map<String, String> whole = new HashMap<>(environment);
        whole.put("MM_BUILD", "skip");
        whole.put("JAVA_HOME", System.getProperty("java.home"));
        Command ended = Command.run(folder, whole, LIMIT, command);
        assertThat(ended.code()).as(ended.output()).isEqualTo(1);
        return ended.output();
    }
}
