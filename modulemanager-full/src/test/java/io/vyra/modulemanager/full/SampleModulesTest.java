package io.vyra.modulemanager.full;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The samples behave as the guide for module authors says, whoever starts them. */
class SampleModulesTest {
    private static final Path MODULES = Path.of(System.getProperty("checkout", ".."))
            .toAbsolutePath()
            .normalize()
            .resolve("examples/modules");
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void killWhatIsLeft() {
        for (Process process : started) {
            Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                    .toList()
                    .forEach(ProcessHandle::destroyForcibly);
        }
    }

    @Test
    void shouldBeatUntilAskedToStop() throws Exception {
        for (String version : List.of("1.0.0", "1.1.0")) {
            Files.deleteIfExists(heartbeat());
            Process module = start("heartbeat", version);
            awaitOutput("heartbeat " + version + ": beat 1");
            awaitHeartbeatAfter(Files.getLastModifiedTime(heartbeat()).toInstant());

            module.destroy();

            assertThat(exitCode(module)).isZero();
        }
    }

    @Test
    void shouldCrashWithCodeThree() throws Exception {
        assertThat(exitCode(start("crasher", "1.0.0"))).isEqualTo(3);
    }

    @Test
    void shouldLiveOnWithoutAHeartbeat() throws Exception {
        Process module = start("hanger", "1.0.0");

        awaitOutput("waiting for something that never comes");

        assertThat(heartbeat()).exists();
        assertThat(module.isAlive()).isTrue();
    }

    @Test
    void shouldIgnoreTermTogetherWithItsChild() throws Exception {
        Process module = start("stubborn", "1.0.0");
        awaitOutput("with child");
        List<ProcessHandle> children = module.children().toList();

        module.destroy();
        awaitOutput("TERM ignored");

        assertThat(module.isAlive()).isTrue();
        assertThat(children).anyMatch(ProcessHandle::isAlive);
    }

    @Test
    void shouldNeverBeatInItsBrokenVersion() throws Exception {
        Process module = start("fragile", "2.0.0");

        awaitOutput("waiting for a sensor");

        assertThat(module.isAlive()).isTrue();
        assertThat(heartbeat()).doesNotExist();
        assertThat(Files.readString(MODULES.resolve("fragile/2.0.0/run.sh"))).doesNotContain("MODULE_HEARTBEAT_FILE");
    }

    @Test
    void shouldCountItsStartsOverVersions() throws Exception {
        for (String version : List.of("1.0.0", "1.0.0", "1.1.0")) {
            Process module = start("notebook", version);
            awaitOutput("start number");
            module.destroy();
            exitCode(module);
        }

        assertThat(folder.resolve("counter")).hasContent("3");
    }

    /** Of the package, because the source has neither classes nor libraries. */
    @Test
    void shouldBeReadyOnZenohBeforeThereIsARouter() throws Exception {
        Path packaged =
                MODULES.resolveSibling("target/demo-repository/modules/java_zenoh/1.0.0/java_zenoh_1.0.0.tar.gz");
        Path tree = Files.createDirectory(folder.resolve("tree"));
        Command.run(folder, Map.of(), LIMIT, List.of("tar", "-xzf", packaged.toString(), "-C", tree.toString()))
                .successful();

        Process module = start(tree, "java_zenoh", "1.0.0");
        awaitOutput("java_zenoh 1.0.0: ready");
        assertThat(module.isAlive()).isTrue();
        module.destroy();

        // What a JVM ends with that was asked to (128 and the signal's number).
        assertThat(exitCode(module)).isEqualTo(143);
    }

    private Process start(String name, String version) throws IOException {
        return start(MODULES.resolve(name).resolve(version), name, version);
    }

    private Process start(Path tree, String name, String version) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("./run.sh")
                .directory(tree.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile());
        builder.environment().put("MODULE_NAME", name);
        builder.environment().put("MODULE_ID", name + "_" + "0".repeat(32));
        builder.environment().put("MODULE_VERSION", version);
        // Nobody listens there.
        builder.environment().put("ZENOH_CONNECT", "tcp/127.0.0.1:1");
        builder.environment().put("MODULE_STORAGE", folder.toString());
        builder.environment().put("MODULE_HEARTBEAT_FILE", heartbeat().toString());
        Process process = builder.start();
        started.add(process);
        return process;
    }

    private Path heartbeat() {
        return folder.resolve("heartbeat");
    }

    private void awaitOutput(String text) {
        await().atMost(LIMIT)
                .untilAsserted(() ->
                        assertThat(Files.readString(folder.resolve("output"))).contains(text));
    }

    private void awaitHeartbeatAfter(Instant earlier) {
        await().atMost(LIMIT)
                .until(() -> Files.getLastModifiedTime(heartbeat()).toInstant().isAfter(earlier));
    }

    private static int exitCode(Process process) throws InterruptedException {
        assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }
}
