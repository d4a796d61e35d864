package io.vyra.modulemanager.full;

import static org.assertj.core.api.Assertions.assertThat;

import io.vyra.modulemanager.full.ReadmeBlocks.Block;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Does what the README's quick start says, in its order and in one shell, against the packaged service. Only the port and the data folder
 * differ, so that the test disturbs nothing on the machine.
 */
class QuickStartIT {
    private static final Path CHECKOUT =
            Path.of(System.getProperty("checkout", "..")).toAbsolutePath().normalize();
    private static final int LIMIT_SECONDS = 240;
    private static final String BLOCK_START = "=== quick-start: ";
    private static final Pattern PROCESS_CHANGE = Pattern.compile("was process (\\d+), is process (\\d+)");

    @TempDir
    static Path folder;

    private static PackagedService service;
    private static Map<String, String> outputs;

    @BeforeAll
    static void runTheQuickStart() throws Exception {
        ReadmeBlocks readme = ReadmeBlocks.read(CHECKOUT.resolve("README.md"));
        assertThat(readme.script("start").strip()).isEqualTo("./mm run");
        Path data = folder.resolve("data");
        service = PackagedService.start(CHECKOUT, data, folder.resolve("service.log"));
        List<Block> walk = readme.blocks().stream()
                .filter(block -> !block.name().equals("start"))
                .toList();
        outputs = run(script(walk, data));
    }

    @AfterAll
    static void stopTheService() {
        if (service != null) {
            service.close();
        }
        // Modules outlive the manager; those of a walk that broke off must not outlive the test.
        ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains(folder.toString()))
                .forEach(ProcessHandle::destroyForcibly);
    }

    @Test
    void shouldLogInAndReplaceTheInitialPassword() {
        assertThat(outputs.get("log-in")).contains("\"username\":\"admin\"").contains("\"role\":\"admin\"");
        assertThat(folder.resolve("data/initial-admin-password")).doesNotExist();
    }

    @Test
    void shouldBrowseTheCatalogue() {
        assertThat(outputs.get("browse"))
                .contains("\"heartbeat\"", "\"fragile\"", "\"notebook\"", "\"java_clock\"", "\"java_zenoh\"");
    }

    @Test
    void shouldInstallHeartbeatAndWatchItRun() {
        assertThat(outputs.get("install")).contains("\"status\":\"succeeded\"").contains("\"phase\":\"running\"");
        assertThat(outputs.get("watch")).contains("heartbeat 1.0.0: beat");
    }

    @Test
    void shouldBringAKilledProcessBack() {
        Matcher change = PROCESS_CHANGE.matcher(outputs.get("kill"));
        assertThat(change.find()).as(outputs.get("kill")).isTrue();
        assertThat(change.group(1)).isNotEqualTo(change.group(2));
    }

    @Test
    void shouldUpdateHeartbeat() {
        assertThat(outputs.get("update")).contains("\"status\":\"succeeded\"").contains("heartbeat 1.1.0: beat");
    }

    @Test
    void shouldRollABadUpdateBack() {
        String output = outputs.get("bad-update");
        assertThat(output).contains("\"status\":\"rolled_back\"");
        assertThat(output.lines().toList().getLast())
                .contains("\"phase\":\"running\"")
                .contains("\"version\":\"1.0.0\"");
    }

    @Test
    void shouldRemoveBothModules() {
        assertThat(outputs.get("remove")).contains("\"status\":\"succeeded\"").contains("\"items\":[]");
    }

    private static String script(List<Block> walk, Path data) {
        StringBuilder script = new StringBuilder("set -eu\n");
        walk.forEach(block -> script.append("echo '")
                .append(BLOCK_START)
                .append(block.name())
                .append("'\n")
                .append(block.script())
                // curl ends its output without a line feed.
                .append("\necho\n"));
        return script.toString()
                .replace("http://localhost:8080", "http://localhost:" + service.port())
                .replace(
                        "data/initial-admin-password",
                        data.resolve("initial-admin-password").toString());
    }

    private static Map<String, String> run(String script) throws IOException, InterruptedException {
        Path output = folder.resolve("output");
        Path file = Files.writeString(folder.resolve("quick-start.sh"), script);
        Process shell = new ProcessBuilder("bash", file.toString())
                .directory(CHECKOUT.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean ended = shell.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
        shell.descendants().forEach(ProcessHandle::destroyForcibly);
        shell.destroyForcibly().waitFor();
        String printed = Files.readString(output);
        assertThat(ended && shell.exitValue() == 0)
                .as(
                        "the quick start ran to its end within %s s; it printed:\n%s\nand the service:\n%s",
                        LIMIT_SECONDS, printed, service.output())
                .isTrue();
        return byBlock(printed);
    }

    private static Map<String, String> byBlock(String printed) {
        Map<String, String> outputs = new LinkedHashMap<>();
        for (String part : printed.split(Pattern.quote(BLOCK_START))) {
            int nameEnd = part.indexOf('\n');
            if (nameEnd > 0) {
                outputs.put(
                        part.substring(0, nameEnd), part.substring(nameEnd + 1).stripTrailing());
            }
        }
        return outputs;
    }
}
