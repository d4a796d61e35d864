package io.vyra.modulemanager.manager;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * A small module for tests: a shell script and its manifest, for any runtime.
 *
 * @param script       body of the script, run by {@code /bin/sh}
 * @param probe        YAML flow mapping
 * @param dependencies YAML flow sequence
 * @param startPeriod  seconds in which a failing probe means nothing
 */
public record SampleModule(
        String name,
        String version,
        String script,
        String probe,
        String dependencies,
        String stop,
        double startPeriod) {
    public static SampleModule of(String name, String version, String script) {
        return new SampleModule(name, version, script, "{kind: process}", "[]", "{timeout_seconds: 2}", 0.5);
    }

    /** Runs until it is told to end, and says which version it is. */
    public static SampleModule wellBehaved(String name, String version) {
        return of(name, version, "echo version " + version + "\nexec sleep 1000\n");
    }

    public SampleModule withProbe(String flow) {
        return new SampleModule(name, version, script, flow, dependencies, stop, startPeriod);
    }

    public SampleModule needing(String... names) {
        return new SampleModule(
                name, version, script, probe, "[" + String.join(", ", List.of(names)) + "]", stop, startPeriod);
    }

    public SampleModule stoppingWithin(double seconds) {
        return new SampleModule(
                name, version, script, probe, dependencies, "{timeout_seconds: " + seconds + "}", startPeriod);
    }

    /** For one that may take a while until its probe passes. */
    public SampleModule startingWithin(double seconds) {
        return new SampleModule(name, version, script, probe, dependencies, stop, seconds);
    }

    /** The script as a file, whole. */
    public String program() {
        return "#!/bin/sh\n" + script;
    }

    /** Writes the tree of a module that runs as a process, and returns it. */
    Path writeTo(Path folder) throws IOException {
        return writeTo(folder, new SampleProcesses());
    }

    /** Writes the module's tree and returns it. */
    Path writeTo(Path folder, SampleRuntime runtime) throws IOException {
        Path tree = folder.resolve(name + "-" + version);
        Files.createDirectories(tree.resolve(".module"));
        Path run = tree.resolve("run.sh");
        Files.writeString(run, program());
        Files.setPosixFilePermissions(run, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(tree.resolve(".module/module_data.yaml"), """
                name: %s
                version: %s
                display_name: %s
                description: a module for tests
                author: tests
                dependencies: %s
                """.formatted(name, version, name, dependencies));
        Files.writeString(tree.resolve(".module/module_params.yaml"), """
                behavior:
                  auto_start: true
                  restart_on_failure: true
                  health_check: {enabled: true, interval_seconds: 0.2, timeout_seconds: 10, retries: 2, start_period_seconds: %s}
                """.formatted(startPeriod));
        runtime.pack(this, tree);
        return tree;
    }
}
