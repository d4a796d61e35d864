package io.vyra.modulemanager.slim;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

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
}
