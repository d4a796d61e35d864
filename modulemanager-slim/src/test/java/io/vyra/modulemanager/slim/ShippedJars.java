package io.vyra.modulemanager.slim;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The jars that this module's build packaged. */
final class ShippedJars {
    private static final Path APPLICATION = Path.of("target/quarkus-app");

    private ShippedJars() {}

    static List<Path> all() throws IOException {
        try (Stream<Path> files = Files.walk(APPLICATION)) {
            return files.filter(file -> file.toString().endsWith(".jar")).toList();
        }
    }

    /** Names of those that others made, or other parts of the project. */
    static List<String> libraries() throws IOException {
        try (Stream<Path> files = Files.walk(APPLICATION.resolve("lib"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".jar"))
                    .sorted()
                    .toList();
        }
    }

    /** Names of the same, as an SBOM has them. */
    static List<String> listedIn(Path sbom) throws IOException {
        return StreamSupport.stream(
                        new ObjectMapper()
                                .readTree(sbom.toFile())
                                .path("components")
                                .spliterator(),
                        false)
                .filter(component -> component.path("purl").asText().startsWith("pkg:maven/"))
                // Unpacked into another jar.
                .filter(component -> !component.path("name").asText().equals("swagger-ui"))
                .map(component -> component.path("group").asText() + "."
                        + component.path("name").asText() + "-"
                        + component.path("version").asText() + ".jar")
                .toList();
    }
}
