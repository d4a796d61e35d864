package io.vyra.modulemanager.module;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.vyra.modulemanager.problem.ProblemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a manifest holds, only a problem may come of it. Runs the seeds unless {@code JAZZER_FUZZ=1} is set. */
class ManifestFuzzTest {
    private static final ModuleId MANAGER = new ModuleId("v2_modulemanager", "f".repeat(32));

    static Stream<Arguments> seeds() {
        return Stream.of(
                        "name: sample\nversion: 1.0.0\nuuid: ''\nblueprints: a, b\ndependencies: [{name: x, version: ^1}]\n",
                        "kind: process\ncommand: [sh]\nprobe: {kind: tcp, port: 1}\nports: [1, {name: a, port: 2}]\n",
                        "labels: {modulemanager: {module_id: x}}\nresources: {memory_limit: 1Gi, cpu_limit: '0.5'}\n",
                        "services: [{module_id: a, version: '>=1 <2'}]\nruntime: {arch: [x86_64]}\n",
                        "a: &a [*a]\n---\n? {x: y}\n: !!int 0x\n",
                        "a: 0o\nb: 0x\nc: +.1e99999999\nretries: 9999999999999999999999999999999999999999999\n",
                        "\"\\ud800\": 'x'\n- \t[{")
                .map(seed -> Arguments.of((Object) seed.getBytes(StandardCharsets.UTF_8)));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "20s")
    void anyFile(byte[] content) throws IOException {
        Path tree = Files.createTempDirectory("fuzz-");
        try {
            Files.createDirectory(tree.resolve(ManifestReader.FOLDER));
            for (String file : List.of(
                    ManifestReader.DATA_FILE,
                    ManifestReader.PARAMS_FILE,
                    ManifestReader.DEPENDENCIES_FILE,
                    ManifestReader.RUNTIME_FILE)) {
                Files.write(tree.resolve(file), content);
                onlyProblems(() -> new ManifestReader().read(tree));
                if (file.equals(ManifestReader.DATA_FILE)) {
                    Files.writeString(tree.resolve(file), "name: sample\nversion: 1.0.0\n");
                } else if (file.equals(ManifestReader.PARAMS_FILE)) {
                    onlyProblems(() -> {
                        new ManifestReader().read(tree);
                        ManagerLabel.write(tree, MANAGER);
                    });
                }
            }
        } finally {
            try (Stream<Path> paths = Files.walk(tree)) {
                for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    private static void onlyProblems(Runnable reading) {
        try {
            reading.run();
        } catch (ProblemException e) {
            // The one answer to bad content.
        }
    }
}
