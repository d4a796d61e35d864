package io.vyra.modulemanager.manager;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Sample modules as plain processes. */
public final class SampleProcesses implements SampleRuntime {
    static final String MANIFEST = ".module/module_runtime.yaml";

    @Override
    public String kind() {
        return "process";
    }

    @Override
    public void pack(SampleModule module, Path tree) throws IOException {
        Files.writeString(tree.resolve(MANIFEST), manifestOf(module));
    }

    static String manifestOf(SampleModule module) {
        return """
                kind: process
                command: [./run.sh]
                pausable: %s
                probe: %s
                stop: %s
                """.formatted(module.pausable(), module.probe(), module.stop());
    }

    @Override
    public Duration probation() {
        return Duration.ofMillis(600);
    }

    /** A manager runs these without help. */
    @Override
    public Plug plug(ManagerAssembly assembly) {
        return () -> {};
    }

    @Override
    public List<Long> processes(Path data) {
        String mark = "MODULE_STORAGE=" + data + "/";
        return ProcessHandle.allProcesses()
                .map(ProcessHandle::pid)
                .filter(pid -> environmentOf(pid).contains(mark))
                .filter(pid -> !isShim(pid))
                .toList();
    }

    private static String environmentOf(long pid) {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/environ"), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }

    private static boolean isShim(long pid) {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/comm")).startsWith("module-shim");
        } catch (IOException e) {
            return false;
        }
    }
}
