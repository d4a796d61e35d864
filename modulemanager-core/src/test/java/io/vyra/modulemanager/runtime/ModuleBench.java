package io.vyra.modulemanager.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.vyra.modulemanager.LogLine;
import io.vyra.modulemanager.module.Manifest;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.module.Probe;
import io.vyra.modulemanager.module.ProcessSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Modules made of a line of shell, the built shim, and runtimes over them; ends every process it started. */
final class ModuleBench implements AutoCloseable {
    static final Path SHIM = Path.of("target/native/module-shim").toAbsolutePath();
    private static final Duration SOON = Duration.ofSeconds(20);

    final Path folder;
    final FolderWatch watch = new FolderWatch();
    final ProcessTable processes = new ProcessTable();
    private final List<ModuleId> started = new ArrayList<>();

    /** What differs from an ordinary module. */
    record Wish(Manifest.Resources resources, int nice, Optional<String> user, Path logs) {}

    ModuleBench(Path folder) throws IOException {
        this.folder = folder;
        Files.createDirectories(folder.resolve("tree"));
        Files.createDirectories(folder.resolve("logs"));
    }

    Path tree() {
        return folder.resolve("tree");
    }

    Path logs() {
        return folder.resolve("logs");
    }

    Path runFolder() {
        return folder.resolve("run");
    }

    ProcessRuntime runtime() {
        return runtime(CgroupLimits.none("not for this test"), LogRotation.DEFAULT);
    }

    ProcessRuntime runtime(CgroupLimits limits, LogRotation rotation) {
        return new ProcessRuntime(SHIM, runFolder(), limits, rotation, watch, InstantSource.system());
    }

    ModuleId module(String name) {
        ModuleId module = ModuleId.random(name);
        started.add(module);
        return module;
    }

    LaunchSpec shell(String script) {
        return launch(module("sample"), 1, "/bin/sh", "-c", script);
    }

    LaunchSpec launch(ModuleId module, long generation, String... command) {
        return launch(module, generation, new Wish(Manifest.Resources.NONE, 0, Optional.empty(), logs()), command);
    }

    LaunchSpec launch(ModuleId module, long generation, Wish wish, String... command) {
        ProcessSpec process = new ProcessSpec(
                List.of(command),
                ".",
                Map.of(),
                ProcessSpec.Stop.DEFAULT,
                new Probe.Alive(),
                List.of(),
                true,
                wish.nice(),
                0,
                wish.user());
        return new LaunchSpec(
                module,
                generation,
                tree(),
                wish.logs(),
                process,
                wish.resources(),
                Map.of("PATH", "/usr/bin:/bin", "TREE", tree().toString(), "GREETING", "hello there"));
    }

    Path script(String name, String text, String permissions) throws IOException {
        Path file = Files.writeString(tree().resolve(name), text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }

    List<String> logTexts() {
        return new LogFiles(logs(), watch)
                .tail(LogFiles.MOST_LINES).stream().map(LogLine::text).toList();
    }

    void awaitLog(String text) {
        org.awaitility.Awaitility.await().atMost(SOON).until(() -> logTexts().contains(text));
    }

    /** The number a module wrote into a file of its tree. */
    long awaitPid(String file) {
        Path path = tree().resolve(file);
        org.awaitility.Awaitility.await()
                .atMost(SOON)
                .until(() -> Files.exists(path) && Files.readString(path).endsWith("\n"));
        try {
            return Long.parseLong(Files.readString(path).strip());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    boolean isRunning(long pid) {
        return processes.find(pid).filter(entry -> !entry.isZombie()).isPresent();
    }

    void awaitGone(long pid) {
        org.awaitility.Awaitility.await().atMost(SOON).until(() -> !isRunning(pid));
    }

    static ExitEvidence end(ModuleProcess process) throws Exception {
        return process.exit().get(SOON.toSeconds(), TimeUnit.SECONDS);
    }

    static ModuleProcess alive(ModuleRuntime.Adoption adoption) {
        assertThat(adoption).isInstanceOf(ModuleRuntime.Adoption.Alive.class);
        return ((ModuleRuntime.Adoption.Alive) adoption).process();
    }

    static ExitEvidence ended(ModuleRuntime.Adoption adoption) {
        assertThat(adoption).isInstanceOf(ModuleRuntime.Adoption.Ended.class);
        return ((ModuleRuntime.Adoption.Ended) adoption).evidence();
    }

    @Override
    public void close() {
        ProcessRuntime runtime = runtime();
        started.forEach(runtime::forget);
        watch.close();
    }
}
