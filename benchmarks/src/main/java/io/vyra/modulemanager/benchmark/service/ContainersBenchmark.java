package io.vyra.modulemanager.benchmark.service;

import com.fasterxml.jackson.databind.JsonNode;
import io.vyra.modulemanager.benchmark.Benchmark;
import io.vyra.modulemanager.benchmark.Scene;
import io.vyra.modulemanager.benchmark.engine.Engine;
import io.vyra.modulemanager.benchmark.result.Distribution;
import io.vyra.modulemanager.benchmark.result.Findings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * What the manager adds to the start of a container: from the call through REST until REST says that the module runs, beside {@code docker
 * run} of the same image with the same restrictions.
 */
public final class ContainersBenchmark implements Benchmark {
    private static final double TARGET_MILLISECONDS = 60;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long LOOK_AGAIN_NANOS = 2_000_000;
    private static final int WARM_UP = 5;
    private static final String NAME = "v2_sleeper";
    private static final String IMAGE = "localhost/sleeper:1.0.0";
    private static final String PLAIN = "plain";

    @Override
    public String name() {
        return "containers";
    }

    @Override
    public String title() {
        return "Start of a module that runs as a container, from the call to running, and docker run of its image";
    }

    @Override
    public void run(Scene scene, Findings findings) throws Exception {
        int rounds = scene.scale().containerRounds();
        double[] plain = new double[rounds];
        double[] managed = new double[rounds];
        double[] more = new double[rounds];
        Path folder = scene.emptyFolder("c");
        try (Engine engine = Engine.start(scene.checkout())) {
            importImage(engine, folder);
            Path repository = repository(engine, scene, folder);
            try (Service service = Service.start(
                            scene,
                            folder.resolve("data"),
                            List.of(
                                    "-Dvyra.container.host=" + engine.address(),
                                    "-Dvyra.container.network=host",
                                    "-Dvyra.demo-repository=" + repository,
                                    "-Dmm.ros2.enabled=false"));
                    ApiClient api = ApiClient.logIn(service)) {
                String module = install(api);
                for (int round = -WARM_UP; round < rounds; round++) {
                    int slot = Math.max(0, round);
                    plain[slot] = dockerRun(engine);
                    managed[slot] = start(api, module);
                    more[slot] = managed[slot] - plain[slot];
                }
                api.delete("modules/" + module);
            }
            findings.fact("engine", "Docker " + engine.version());
        }
        Distribution run = findings.distribution("docker run --detach", "ms", plain);
        Distribution start = findings.distribution("start through REST, to running", "ms", managed);
        findings.distribution("more, within a pair", "ms", more);
        findings.verdict(
                "start through REST over docker run, medians",
                start.median() - run.median(),
                "ms",
                TARGET_MILLISECONDS);
        findings.note(
                "In turn, a new container each time: no network of its own, a read-only root and no capability for both; the manager also "
                        + "mounts the module's storage and follows its log. `docker run` ends when the container runs; what the manager says is asked for every "
                        + LOOK_AGAIN_NANOS / 1_000_000 + " ms.");
    }

    /** A program and its libraries, which is all that is in it. */
    private static void importImage(Engine engine, Path folder) throws IOException, InterruptedException {
        engine.run(folder, List.of("sh", "-ec", """
                        mkdir -p root/tmp root/storage
                        cp --parents -L /bin/sleep $(ldd /bin/sleep | grep -o '/[^ ]*') root/
                        tar -C root -cf root.tar .
                        """));
        engine.docker("import", folder.resolve("root.tar").toString(), IMAGE);
    }

    private static Path repository(Engine engine, Scene scene, Path folder) throws IOException, InterruptedException {
        Path tree = Files.createDirectories(folder.resolve(NAME));
        Path manifest = Files.createDirectories(tree.resolve(".module"));
        Files.writeString(manifest.resolve("module_data.yaml"), """
                name: %s
                version: 1.0.0
                display_name: Sleeper
                description: a module to measure with
                author: benchmarks
                """.formatted(NAME));
        Files.writeString(manifest.resolve("module_params.yaml"), """
                behavior:
                  auto_start: false
                  restart_on_failure: true
                """);
        Files.writeString(manifest.resolve("module_runtime.yaml"), """
                kind: container
                image: {reference: "%s"}
                entrypoint: [/bin/sleep]
                command: ["100000"]
                probe: {kind: process}
                stop: {timeout_seconds: 1}
                """.formatted(IMAGE));
        String mm = scene.checkout().resolve("mm").toString();
        Path repository = folder.resolve("repository");
        engine.run(folder, List.of(mm, "pack", tree.toString(), "--out", folder.toString()));
        engine.run(
                folder,
                List.of(
                        mm,
                        "repo",
                        "add",
                        repository.toString(),
                        folder.resolve(NAME + "_1.0.0.tar.gz").toString()));
        return repository;
    }

    private static String install(ApiClient api) throws IOException, InterruptedException {
        JsonNode operation = api.post("modules", Map.of("name", NAME, "version", "1.0.0", "start", false));
        await(
                "the installation",
                () -> api.get("operations/" + operation.path("id").asText())
                        .path("status")
                        .asText()
                        .equals("succeeded"));
        return api.get("modules/" + NAME).path("id").asText();
    }

    private static double start(ApiClient api, String module) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        api.command(module, "start");
        await("the module to run", () -> phase(api, module).equals("running"));
        double took = (System.nanoTime() - begin) / 1e6;
        api.command(module, "stop");
        await("the module to be stopped", () -> phase(api, module).equals("stopped"));
        return took;
    }

    private static String phase(ApiClient api, String module) throws IOException, InterruptedException {
        return api.get("modules/" + module).path("state").path("phase").asText();
    }

    private static double dockerRun(Engine engine) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        engine.docker(
                "run",
                "--detach",
                "--name=" + PLAIN,
                "--network=host",
                "--read-only",
                "--cap-drop=ALL",
                "--security-opt=no-new-privileges",
                "--entrypoint=/bin/sleep",
                IMAGE,
                "100000");
        double took = (System.nanoTime() - begin) / 1e6;
        engine.docker("rm", "--force", PLAIN);
        return took;
    }

    private interface Question {
        boolean isSo() throws IOException, InterruptedException;
    }

    private static void await(String what, Question question) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        while (!question.isSo()) {
            if (System.nanoTime() - begin > PATIENCE.toNanos()) {
                throw new IOException("Waited " + PATIENCE.toSeconds() + " s for " + what + " in vain");
            }
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
    }
}
