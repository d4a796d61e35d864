package io.vyra.modulemanager.slim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A package of a module that runs in a container. */
record ContainerPackage(String name, String image) {

    /** Writes it into the folder; returns the file, {@code NAME_1.0.0.tar.gz}. */
    Path write(Path folder) throws IOException, InterruptedException {
        Path module = Files.createDirectories(folder.resolve(name + "-tree/.module"));
        Files.writeString(module.resolve("module_data.yaml"), """
                name: %s
                version: 1.0.0
                display_name: %s
                description: a module for tests
                author: tests
                slim: true
                """.formatted(name, name));
        Files.writeString(module.resolve("module_params.yaml"), """
                behavior:
                  health_check: {enabled: false}
                """);
        Files.writeString(module.resolve("module_runtime.yaml"), """
                kind: container
                image: {%s}
                network: none
                init: true
                stop: {timeout_seconds: 2}
                """.formatted(image));
        Path file = folder.resolve(name + "_1.0.0.tar.gz");
        run(List.of("tar", "-C", module.getParent().toString(), "-czf", file.toString(), ".module"));
        return file;
    }

    /** A program of the machine, to its end, which must be a good one. */
    static String run(List<String> words) throws IOException, InterruptedException {
        Path output = Files.createTempFile("program", ".log");
        try {
            Process process = new ProcessBuilder(words)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            assertThat(process.waitFor(5, TimeUnit.MINUTES))
                    .as("%s ends", words)
                    .isTrue();
            assertThat(process.exitValue())
                    .as("%s: %s", words, Files.readString(output))
                    .isZero();
            return Files.readString(output).strip();
        } finally {
            Files.delete(output);
        }
    }
}
