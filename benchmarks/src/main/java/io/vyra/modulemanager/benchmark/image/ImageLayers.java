package io.vyra.modulemanager.benchmark.image;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.vyra.modulemanager.benchmark.Scene;
import io.vyra.modulemanager.benchmark.engine.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The layers of an image, from the bottom up. */
record ImageLayers(List<Layer> layers) {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();
    private static final double MEGABYTE = 1e6;

    ImageLayers {
        layers = List.copyOf(layers);
    }

    /** Those of an image that the engine has. Packs every layer, which takes seconds. */
    static ImageLayers of(Engine engine, Path checkout, Path work, String image)
            throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory(work, "layers");
        Path archive = folder.resolve("image.tar");
        Path log = Files.createFile(folder.resolve("log"));
        engine.docker("save", "-o", archive.toString(), image);
        engine.run(
                folder,
                List.of(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        checkout.resolve("launcher/ImageReport.java").toString(),
                        archive.toString(),
                        image,
                        "",
                        "docker",
                        "0",
                        log.toString(),
                        folder.resolve("report").toString()));
        ImageLayers layers = read(folder.resolve("report.json"));
        Scene.delete(folder);
        return layers;
    }

    /** Those that a report of {@code launcher/ImageReport.java} tells. */
    static ImageLayers read(Path report) throws IOException {
        return JSON.readValue(Files.readString(report), ImageLayers.class);
    }

    /** Compressed, in MB (10⁶ bytes). */
    double megabytes(Predicate<Layer> which) {
        return layers.stream().filter(which).mapToLong(Layer::compressedBytes).sum() / MEGABYTE;
    }

    /** What somebody who has the other image must still fetch for this one, from the bottom up. */
    ImageLayers newSince(ImageLayers other) {
        Set<String> known = other.layers.stream().map(Layer::digest).collect(Collectors.toSet());
        return new ImageLayers(
                layers.stream().filter(layer -> !known.contains(layer.digest())).toList());
    }

    /** Whether there is more than what each build makes anew, whatever it is built of. */
    boolean hasContent() {
        return layers.stream()
                .anyMatch(layer -> !layer.isAotCache() && !layer.name().equals(Layer.DATA_FOLDER));
    }

    /** For example {@code application, AOT cache}; {@code nothing} without a layer. */
    String names() {
        return layers.isEmpty() ? "nothing" : layers.stream().map(Layer::name).collect(Collectors.joining(", "));
    }
}
