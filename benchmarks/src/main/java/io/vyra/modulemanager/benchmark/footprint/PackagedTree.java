package io.vyra.modulemanager.benchmark.footprint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vyra.modulemanager.benchmark.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The files of an image, unpacked: the service with the Java runtime, the flags and the AOT cache that it is shipped with.
 *
 * @param root of the image's file system
 */
record PackagedTree(Path root) {
    private static final Duration LIMIT = Duration.ofMinutes(5);

    /** Unpacks an archive that {@code ./mm image --jib} wrote, layer upon layer. */
    static PackagedTree unpack(Path archive, Path folder) throws IOException, InterruptedException {
        Path layers = Files.createDirectories(folder.resolve("layers"));
        Path root = Files.createDirectories(folder.resolve("root"));
        Program tar = new Program(folder, Map.of());
        tar.run(LIMIT, List.of("tar", "-xf", archive.toString(), "-C", layers.toString()));
        JsonNode manifest = new ObjectMapper()
                .readTree(layers.resolve("manifest.json").toFile())
                .get(0);
        for (JsonNode layer : manifest.path("Layers")) {
            Path file = layers.resolve(layer.asText());
            tar.run(LIMIT, List.of("tar", "--no-same-owner", "-xf", file.toString(), "-C", root.toString()));
        }
        return new PackagedTree(root);
    }

    Path java() {
        return root.resolve("opt/java");
    }

    Path home() {
        return root.resolve("opt/vyra");
    }

    Path entryPoint() {
        return home().resolve("bin/modulemanager");
    }

    Path shippedCache() {
        return home().resolve("aot/modulemanager.aot");
    }

    /** Size in bytes of each jar of the class path, by file name. */
    Map<String, Long> jars() throws IOException {
        Map<String, Long> sizes = new TreeMap<>();
        try (Stream<Path> files = Files.walk(home())) {
            files.filter(file -> file.toString().endsWith(".jar"))
                    .forEach(file -> sizes.put(file.getFileName().toString(), size(file)));
        }
        return sizes;
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
