package io.vyra.modulemanager.benchmark.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageLayersTest {
    private static final Layer BASE = new Layer("Java runtime", 23_000_000, 70_000_000, "sha256:b", true);
    private static final Layer LIBRARIES = new Layer("libraries", 21_000_000, 25_000_000, "sha256:l", false);

    @TempDir
    private Path folder;

    private static ImageLayers image(String application, String cache) {
        return new ImageLayers(List.of(
                BASE,
                LIBRARIES,
                new Layer("application", 400_000, 900_000, application, false),
                new Layer("AOT cache", 18_000_000, 74_000_000, cache, false)));
    }

    @Test
    void shouldFindWhatMustBeFetchedAnew() {
        ImageLayers before = image("sha256:a1", "sha256:c");

        ImageLayers fresh = image("sha256:a2", "sha256:c").newSince(before);

        assertThat(fresh.names()).isEqualTo("application");
        assertThat(fresh.megabytes(layer -> true)).isEqualTo(0.4);
        assertThat(image("sha256:a2", "sha256:c2").newSince(before).names()).isEqualTo("application, AOT cache");
    }

    @Test
    void shouldTellAnImageThatLacksAChange() {
        ImageLayers before = image("sha256:a", "sha256:c1");

        assertThat(image("sha256:a", "sha256:c2").newSince(before).hasContent()).isFalse();
        assertThat(image("sha256:a2", "sha256:c2").newSince(before).hasContent())
                .isTrue();
    }

    @Test
    void shouldFindNothingNewInTheSameImage() {
        ImageLayers fresh = image("sha256:a", "sha256:c").newSince(image("sha256:a", "sha256:c"));

        assertThat(fresh.names()).isEqualTo("nothing");
        assertThat(fresh.megabytes(layer -> true)).isZero();
    }

    @Test
    void shouldReadTheReportOfAnImage() throws Exception {
        Path report = folder.resolve("report.json");
        Files.writeString(report, """
                {
                  "name": "vyra/modulemanager:slim",
                  "build_seconds": 0.0,
                  "layers": [
                    {"name": "Java runtime", "compressed_bytes": 23000000, "raw_bytes": 70000000, "digest": "sha256:b", "base": true},
                    {"name": "libraries", "compressed_bytes": 21000000, "raw_bytes": 25000000, "digest": "sha256:l", "base": false}
                  ],
                  "steps": []
                }
                """);

        ImageLayers layers = ImageLayers.read(report);

        assertThat(layers.layers()).containsExactly(BASE, LIBRARIES);
        assertThat(layers.megabytes(layer -> !layer.base())).isEqualTo(21);
    }
}
