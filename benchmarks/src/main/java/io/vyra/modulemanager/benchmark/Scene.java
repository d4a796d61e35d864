package io.vyra.modulemanager.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where and how a benchmark runs.
 *
 * @param checkout root of the built checkout
 * @param work     folder for everything a benchmark writes, on the file system that is to be measured; emptied before each benchmark
 * @param aotCache AOT cache for the service's JVM
 */
public record Scene(Path checkout, Path work, Optional<Path> aotCache, Scale scale) {
    public Scene {
        checkout = checkout.toAbsolutePath().normalize();
        work = work.toAbsolutePath().normalize();
    }

    /** The built keeper of modules. */
    public Path shim() {
        return built("modulemanager-core/target/native/module-shim");
    }

    /** A file of the build; says what to do when it is not there. */
    public Path built(String path) {
        Path file = checkout.resolve(path);
        if (!Files.exists(file)) {
            throw new IllegalStateException(file + " is missing; build it with ./mm build");
        }
        return file;
    }

    /** Folder of the other process managers that {@code peers.sh} fetched; may be missing or incomplete. */
    public Path peers() {
        return checkout.resolve("benchmarks/target/peers");
    }

    /** An empty folder of this name. */
    public Path emptyFolder(String name) throws IOException {
        Path folder = work.resolve(name);
        delete(folder);
        return Files.createDirectories(folder);
    }

    public static void delete(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        try (Stream<Path> all = Files.walk(tree)) {
            all.sorted(Comparator.reverseOrder()).forEach(path -> {
                try {
                    Files.delete(path);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
