package io.vyra.modulemanager.authoring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vyra.modulemanager.module.TestModule;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuthoringCommandTest {
    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private TestModule module;
    private Path repository;

    @BeforeEach
    void setUp() throws IOException {
        module = new TestModule(Files.createDirectory(folder.resolve("sample")));
        repository = Files.createDirectory(folder.resolve("repository"));
    }

    @Test
    void shouldPackAddAndIndex() throws IOException {
        for (String version : List.of("1.10.0", "1.9.0")) {
            module.data("name: sample\nversion: " + version + "\nuuid: " + "a".repeat(32)
                    + "\nauthor: Ada\nblueprints: basic\ndependencies: [{name: other, version: ^1.0.0}]\n");
            assertThat(run("pack", module.tree(), "--out", folder)).isZero();
        }
        assertThat(run(
                        "repo",
                        "add",
                        repository,
                        folder.resolve("sample_1.10.0.tar.gz"),
                        folder.resolve("sample_1.9.0.tar.gz")))
                .isZero();

        JsonNode index = json(repository.resolve("index.json"));
        assertThat(index.path("name").asText()).isEqualTo("repository");
        assertThat(index.path("last_updated").asText()).isEqualTo("2026-01-02T03:04:05Z");
        assertThat(index.path("plugins").isEmpty() && index.path("images").isEmpty())
                .isTrue();
        assertThat(index.path("modules")).hasSize(2);
        JsonNode entry = index.path("modules").get(1);
        assertThat(entry.path("version").asText()).isEqualTo("1.10.0");
        assertThat(entry.path("hash").asText()).isEqualTo("a".repeat(32));
        assertThat(entry.path("template").get(0).asText()).isEqualTo("basic");
        assertThat(entry.path("dependencies").get(0).path("version").asText()).isEqualTo("^1.0.0");
        Path file = repository.resolve(entry.path("filename").asText());
        assertThat(file)
                .endsWith(Path.of("modules/sample/1.10.0/sample_1.10.0.tar.gz"))
                .isRegularFile();
        assertThat(entry.path("size").asLong()).isEqualTo(Files.size(file));
        assertThat(entry.path("checksum").asText()).isEqualTo(PackageInspector.sha256(file));
        assertThat(json(file.resolveSibling("metadata.json")).path("checksum")).isEqualTo(entry.path("checksum"));
        assertThat(run("repo", "index", repository)).isZero();
        assertThat(json(repository.resolve("index.json"))).isEqualTo(index);
    }

    @Test
    void shouldTellEveryErrorOfAManifestAndExitWith1() {
        module.data("name: sample\nversion: one\nslim: no\n");

        assertThat(run("pack", module.tree(), "--out", folder)).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("module_data.yaml:2 /version: ")
                .contains("module_data.yaml:3 /slim: ")
                .doesNotContain("Exception");
    }

    @Test
    void shouldRefuseToReplaceAPublishedVersion() throws IOException {
        run("pack", module.tree(), "--out", folder);
        run("repo", "add", repository, folder.resolve("sample_1.2.3.tar.gz"));
        byte[] published = Files.readAllBytes(repository.resolve("modules/sample/1.2.3/sample_1.2.3.tar.gz"));
        module.write("more", "x");
        run("pack", module.tree(), "--out", folder);

        assertThat(run("repo", "add", repository, folder.resolve("sample_1.2.3.tar.gz")))
                .isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("other content");
        assertThat(repository.resolve("modules/sample/1.2.3/sample_1.2.3.tar.gz"))
                .hasBinaryContent(published);
    }

    @Test
    void shouldRefuseAPackageInTheWrongPlaceAndLeaveTheIndex() throws IOException {
        run("repo", "index", repository);
        JsonNode before = json(repository.resolve("index.json"));
        run("pack", module.tree(), "--out", folder);
        Path wrong = Files.createDirectories(repository.resolve("modules/sample/9.9.9"));
        Files.copy(folder.resolve("sample_1.2.3.tar.gz"), wrong.resolve("sample_9.9.9.tar.gz"));

        assertThat(run("repo", "index", repository)).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("belongs to");
        assertThat(json(repository.resolve("index.json"))).isEqualTo(before);
    }

    @Test
    void shouldTellWhereAPackageBesideTheIndexBelongs() {
        run("pack", module.tree(), "--out", repository);

        assertThat(run("repo", "index", repository)).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("sample_1.2.3.tar.gz lies beside the index", "repo add");
        assertThat(repository.resolve("index.json")).doesNotExist();
    }

    @Test
    void shouldPutImagesBesideAPackageSoThatACatalogueFindsThem() throws IOException {
        run("pack", module.tree(), "--out", folder);
        Path image = Files.writeString(folder.resolve("saved.tar.gz"), "an image");
        Path sample = folder.resolve("sample_1.2.3.tar.gz");

        assertThat(run("repo", "add", repository, sample, "--image", "production=" + image))
                .isZero();

        JsonNode offered = json(repository.resolve("index.json"))
                .path("modules")
                .get(0)
                .path("images")
                .path("production");
        Path place = repository.resolve(offered.path("filename").asText());
        assertThat(place)
                .endsWith(Path.of("modules/sample/1.2.3/sample_1.2.3.production.image.tar.gz"))
                .hasSameBinaryContentAs(image);
        assertThat(offered.path("size").asLong()).isEqualTo(8);
        assertThat(offered.path("checksum").asText()).isEqualTo(PackageInspector.sha256(image));
        assertThat(json(place.resolveSibling("metadata.json")).at("/images/production"))
                .isEqualTo(offered);
        assertThat(run("repo", "index", repository)).isZero();
        assertThat(json(repository.resolve("index.json")).at("/modules/0/images/production"))
                .isEqualTo(offered);
    }

    @Test
    void shouldRefuseImagesThatCannotBeOffered() throws IOException {
        run("pack", module.tree(), "--out", folder);
        Path sample = folder.resolve("sample_1.2.3.tar.gz");
        Path image = Files.writeString(folder.resolve("saved.tar.gz"), "an image");
        run("repo", "add", repository, sample, "--image", "production=" + image);
        Path other = Files.writeString(folder.resolve("other.tar.gz"), "another image");

        assertThat(run("repo", "add", repository, "--image", "production=" + image))
                .isEqualTo(2);
        assertThat(run("repo", "add", folder.resolve("new"), sample, "--image")).isEqualTo(2);
        assertThat(folder.resolve("new")).as("nothing is added by half").doesNotExist();
        assertThat(run("repo", "add", repository, sample, "--image")).isEqualTo(2);
        assertThat(run("repo", "add", repository, sample, "--image", image)).isEqualTo(2);
        assertThat(run("repo", "add", repository, sample, "--image", "Production=" + image))
                .isEqualTo(1);
        assertThat(run("repo", "add", repository, sample, "--image", "slim=" + folder.resolve("none")))
                .isEqualTo(1);
        assertThat(run("repo", "add", repository, sample, "--image", "production=" + other))
                .isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains(
                        "follows the package",
                        "must match [a-z]",
                        "There is no image file",
                        "exists with other content");
        Files.copy(image, repository.resolve("modules/sample/1.2.3/camera_1.0.0.production.image.tar.gz"));
        assertThat(run("repo", "index", repository)).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("must be named sample_1.2.3.VARIANT.image.tar.gz");
    }

    @Test
    void shouldExitWith2OnWrongArguments() {
        assertThat(run()).isEqualTo(2);
        assertThat(run("pack")).isEqualTo(2);
        assertThat(run("pack", "--out")).isEqualTo(2);
        assertThat(run("repo", "add", repository)).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("Usage:");
        assertThat(run("--help")).isZero();
    }

    @Test
    void shouldExitWith1WhenThereIsNothing() {
        assertThat(run("pack", folder.resolve("none"))).isEqualTo(1);
        assertThat(run("repo", "index", folder.resolve("none"))).isEqualTo(1);
        assertThat(run("repo", "add", repository, folder.resolve("none"))).isEqualTo(1);
    }

    private int run(Object... args) {
        Clock clock = Clock.fixed(Instant.parse("2026-01-02T03:04:05.678Z"), ZoneOffset.UTC);
        return new AuthoringCommand(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        clock)
                .run(List.of(args).stream().map(Object::toString).toList());
    }

    private static JsonNode json(Path file) throws IOException {
        return new ObjectMapper().readTree(file.toFile());
    }
}
