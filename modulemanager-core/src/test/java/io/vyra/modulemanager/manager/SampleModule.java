package io.vyra.modulemanager.manager;

import io.vyra.modulemanager.store.TestPackage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A small module for tests: a shell script and its manifest, for any runtime.
 *
 * @param script       body of the script, run by {@code /bin/sh}
 * @param probe        YAML flow mapping
 * @param dependencies YAML flow sequence
 * @param stop         YAML flow mapping
 * @param permissions  YAML flow mapping
 * @param startPeriod  how long its probe may fail at first, in seconds
 * @param restarts     whether it is started again when it fails
 */
public record SampleModule(
        String name,
        String version,
        String script,
        String probe,
        String dependencies,
        String stop,
        String permissions,
        boolean pausable,
        double startPeriod,
        boolean restarts) {
    private static final String SCRIPT = "run.sh";

    public static SampleModule of(String name, String version, String script) {
        return new SampleModule(
                name, version, script, "{kind: process}", "[]", "{timeout_seconds: 2}", "{}", true, 0.5, true);
    }

    /** Runs until it is told to end, and says which version it is. */
    public static SampleModule wellBehaved(String name, String version) {
        return of(name, version, "echo version " + version + "\nexec sleep 1000\n");
    }

    public SampleModule withProbe(String flow) {
        return new SampleModule(
                name, version, script, flow, dependencies, stop, permissions, pausable, startPeriod, restarts);
    }

    public SampleModule needing(String... names) {
        String list = "[" + String.join(", ", List.of(names)) + "]";
        return new SampleModule(name, version, script, probe, list, stop, permissions, pausable, startPeriod, restarts);
    }

    public SampleModule stoppingWithin(double seconds) {
        String flow = "{timeout_seconds: " + seconds + "}";
        return new SampleModule(
                name, version, script, probe, dependencies, flow, permissions, pausable, startPeriod, restarts);
    }

    public SampleModule permitting(String flow) {
        return new SampleModule(
                name, version, script, probe, dependencies, stop, flow, pausable, startPeriod, restarts);
    }

    /** Its process must not be stopped in between. */
    public SampleModule notPausable() {
        return new SampleModule(
                name, version, script, probe, dependencies, stop, permissions, false, startPeriod, restarts);
    }

    /** For one that may take a while until its probe passes. */
    public SampleModule startingWithin(double seconds) {
        return new SampleModule(
                name, version, script, probe, dependencies, stop, permissions, pausable, seconds, restarts);
    }

    /** It is tried once. */
    public SampleModule withoutRestart() {
        return new SampleModule(
                name, version, script, probe, dependencies, stop, permissions, pausable, startPeriod, false);
    }

    /** Contents by name, but for what says how it runs. */
    private Map<String, String> files() {
        Map<String, String> files = new TreeMap<>();
        files.put(SCRIPT, program());
        files.put(".module/module_data.yaml", """
                name: %s
                version: %s
                display_name: %s
                description: a module for tests
                author: tests
                dependencies: %s
                """.formatted(name, version, name, dependencies));
        files.put(".module/module_params.yaml", """
                permissions: %s
                behavior:
                  auto_start: true
                  restart_on_failure: %s
                  health_check: {enabled: true, interval_seconds: 0.2, timeout_seconds: 10, retries: 2, start_period_seconds: %s}
                """.formatted(permissions, restarts, startPeriod));
        return files;
    }

    /** The script as a file, whole. */
    public String program() {
        return "#!/bin/sh\n" + script;
    }

    /** Writes the tree of a module that runs as a process, and returns it. */
    public Path writeTo(Path folder) throws IOException {
        return writeTo(folder, new SampleProcesses());
    }

    /** Writes the module's tree and returns it. */
    public Path writeTo(Path folder, SampleRuntime runtime) throws IOException {
        Path tree = folder.resolve(name + "-" + version);
        Files.createDirectories(tree.resolve(".module"));
        for (Map.Entry<String, String> file : files().entrySet()) {
            Files.writeString(tree.resolve(file.getKey()), file.getValue());
        }
        Files.setPosixFilePermissions(tree.resolve(SCRIPT), PosixFilePermissions.fromString("rwxr-xr-x"));
        runtime.pack(this, tree);
        return tree;
    }

    /** Writes the package of a module that runs as a process, and returns it. */
    public Path packIn(Path folder) throws IOException {
        Map<String, String> files = files();
        files.put(SampleProcesses.MANIFEST, SampleProcesses.manifestOf(this));
        TestPackage content = TestPackage.empty();
        files.forEach((file, text) ->
                content.file(file, file.equals(SCRIPT) ? 0755 : 0644, text.getBytes(StandardCharsets.UTF_8)));
        return content.writeTo(Files.createDirectories(folder).resolve(name + "_" + version + ".tar.gz"));
    }
}
