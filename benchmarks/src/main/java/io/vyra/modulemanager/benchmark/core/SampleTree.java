package io.vyra.modulemanager.benchmark.core;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The tree of a module that is one shell script, with the process probe.
 *
 * @param script body of the script, run by {@code /bin/sh}
 */
public record SampleTree(String name, String script) {
    /** Becomes a process that does nothing until it is told to end. */
    public static SampleTree idle(String name) {
        return new SampleTree(name, "exec sleep 100000\n");
    }

    /** Writes the tree, and returns its root. */
    public Path writeTo(Path folder) throws IOException {
        Path tree = folder.resolve(name);
        Files.createDirectories(tree.resolve(".module"));
        writeScript(tree.resolve("run.sh"));
        Files.writeString(tree.resolve(".module/module_data.yaml"), """
                name: %s
                version: 1.0.0
                display_name: %s
                description: a module to measure with
                author: benchmarks
                """.formatted(name, name));
        Files.writeString(tree.resolve(".module/module_params.yaml"), """
                behavior:
                  auto_start: false
                  restart_on_failure: true
                """);
        Files.writeString(tree.resolve(".module/module_runtime.yaml"), """
                kind: process
                command: [./run.sh]
                probe: {kind: process}
                """);
        return tree;
    }

    /** The same script outside a package. */
    public Path writeScript(Path file) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + script);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
