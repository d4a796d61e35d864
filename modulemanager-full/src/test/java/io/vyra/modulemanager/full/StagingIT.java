package io.vyra.modulemanager.full;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tree that every way of shipping uses. */
class StagingIT {
    private static final Path CHECKOUT =
            Path.of(System.getProperty("checkout")).toAbsolutePath().normalize();

    @TempDir
    private Path folder;

    @Test
    void shouldBeTheSameBytesModesAndTimesEachTime() throws Exception {
        Map<String, String> first = staged("first", Habits.USUAL);
        Map<String, String> second = staged("second", Habits.OTHER);

        assertThat(first)
                .containsKeys(
                        "10-libraries/opt/vyra/lib/native/libsqlitejdbc.so",
                        "20-ui/opt/vyra/ui/index.html",
                        "30-runner/opt/vyra/bin/modulemanager",
                        "30-runner/opt/vyra/lib/native/module-shim",
                        "30-runner/opt/vyra/quarkus-run.jar",
                        "30-runner/opt/vyra/sbom.cdx.json",
                        "40-modulemanager-foundation/opt/vyra/lib/main",
                        "40-modulemanager-core/opt/vyra/lib/main",
                        "40-modulemanager-api/opt/vyra/lib/main",
                        "40-modulemanager-zenoh/opt/vyra/lib/main",
                        "40-modulemanager-container/opt/vyra/lib/main",
                        "40-protocol-zenoh/opt/vyra/lib/main",
                        "40-modulemanager-ros2/opt/vyra/lib/main",
                        "40-protocol-ros2/opt/vyra/lib/main");
        assertThat(second).isEqualTo(first);
    }

    @Test
    void shouldBeShippedWithEveryLayer() throws Exception {
        List<String> layers = staged("shipped", Habits.USUAL).keySet().stream()
                .filter(path -> path.matches("\\d\\d-[^/]+"))
                .toList();

        String dockerfile = Files.readString(CHECKOUT.resolve("docker/Dockerfile"));
        String jib = Files.readString(CHECKOUT.resolve("image/pom.xml"));

        assertThat(layers)
                .contains(
                        "10-libraries",
                        "40-modulemanager-foundation",
                        "40-modulemanager-core",
                        "40-modulemanager-zenoh")
                .allSatisfy(layer -> {
                    assertThat(dockerfile.split("runtime-jvm")[1]).contains("/stage/" + layer + "/ /");
                    assertThat(jib).contains("<from>${image.stage}/" + layer + "</from>");
                });
    }

    @Test
    void shouldLeaveOutTheLibrariesOfOtherPlatforms() throws Exception {
        Map<String, String> staged = staged("stage", Habits.USUAL);
        Path library = staged.keySet().stream()
                .filter(path -> path.contains("sqlite-jdbc"))
                .map(path -> folder.resolve("stage").resolve(path))
                .findFirst()
                .orElseThrow();

        assertThat(Files.size(library)).isLessThan(2_000_000);
        assertThat(staged.keySet()).noneMatch(path -> path.contains("brotli4j"));
    }

    @Test
    void shouldKeepATrainedCacheForTheJarsItIsOfAlone() throws Exception {
        staged("stage", Habits.USUAL);
        Path cache = Files.createDirectories(folder.resolve("stage/90-aot")).resolve("modulemanager.aot");
        Files.writeString(cache, "cache");

        assertThat(staged("stage", Habits.USUAL)).containsKey("90-aot/modulemanager.aot");

        Files.writeString(folder.resolve("stage/fingerprint"), "of other jars");

        assertThat(staged("stage", Habits.USUAL)).doesNotContainKey("90-aot");
    }

    @Test
    void shouldSayWhatToDoWithoutABuild() throws Exception {
        Path script = Files.createDirectories(folder.resolve("empty/launcher")).resolve("stage.sh");
        Files.copy(CHECKOUT.resolve("launcher/stage.sh"), script);
        Files.copy(CHECKOUT.resolve("pom.xml"), folder.resolve("empty/pom.xml"));

        Command stage =
                Command.run(folder, Map.of(), Duration.ofMinutes(1), List.of("bash", script.toString(), "slim"));

        assertThat(stage.output()).contains("is missing: build first, with ./mm build --slim.");
        assertThat(stage.code()).isEqualTo(1);
        assertThat(folder.resolve("empty/target/stage/slim")).doesNotExist();
    }

    /** What is where, with its mode, time and content, when it is staged by a shell with these habits. */
    private Map<String, String> staged(String name, Habits habits) throws Exception {
        Path stage = folder.resolve(name);
        habits.run(
                        folder,
                        Map.of("JAVA_HOME", System.getProperty("java.home")),
                        Duration.ofMinutes(2),
                        CHECKOUT.resolve("launcher/stage.sh").toString(),
                        "full",
                        stage.toString())
                .successful();
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(stage)) {
            for (Path path : paths.filter(path -> !path.equals(stage)).toList()) {
                files.put(stage.relativize(path).toString(), described(path));
            }
        }
        return files;
    }

    private static String described(Path path) throws IOException, NoSuchAlgorithmException {
        String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
        String content = Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
                ? HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(path)))
                : "folder";
        return mode + " " + Files.getLastModifiedTime(path) + " " + content;
    }
}
