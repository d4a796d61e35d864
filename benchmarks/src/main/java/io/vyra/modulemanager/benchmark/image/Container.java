package io.vyra.modulemanager.benchmark.image;

import io.vyra.modulemanager.benchmark.engine.Engine;
import io.vyra.modulemanager.benchmark.service.FirstAnswer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A container of a {@link Subject}, with the memory of the smallest recommended robot, a read-only root and no capability. It is new when it
 * is first started, and removed with its data when it is closed. Not thread-safe.
 */
final class Container implements AutoCloseable {
    private static final Duration START_PATIENCE = Duration.ofSeconds(90);
    private static final String NAME = "measured";
    /** What docs/deployment.md gives SLIM. */
    static final String MEMORY = "256m";

    private final Engine engine;
    private final Subject subject;
    private final int port;

    Container(Engine engine, Subject subject) throws IOException {
        this.engine = engine;
        this.subject = subject;
        this.port = FirstAnswer.freePort();
    }

    /** {@code docker run}; milliseconds until it first answers. */
    double firstStart() throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of(
                "run",
                "--detach",
                "--name=" + NAME,
                "--network=host",
                "--memory=" + MEMORY,
                "--read-only",
                "--cap-drop=ALL",
                "--security-opt=no-new-privileges",
                "--no-healthcheck",
                // A cache that cannot be used is an error, not a slow start.
                "--env=JDK_JAVA_OPTIONS=-XX:AOTMode=on",
                "--env=" + subject.port() + "=" + port));
        words.addAll(subject.options());
        words.add(subject.image());
        return timed(words);
    }

    /** {@code docker start} of a container that was stopped; milliseconds until it first answers. */
    double startAgain() throws IOException, InterruptedException {
        return timed(List.of("start", NAME));
    }

    private double timed(List<String> words) throws IOException, InterruptedException {
        FirstAnswer question = new FirstAnswer(subject.secure(), port, subject.path());
        long begin = System.nanoTime();
        Process command = engine.begin(words);
        try {
            long answered = question.await(START_PATIENCE, () -> {
                if (!command.isAlive() && command.exitValue() != 0) {
                    throw new IOException("docker " + String.join(" ", words) + " failed: " + engine.said());
                }
            });
            return (answered - begin) / 1e6;
        } catch (IOException e) {
            command.waitFor();
            throw new IOException(subject.name() + " does not serve; its log:\n" + log(), e);
        } finally {
            command.waitFor();
        }
    }

    private String log() throws InterruptedException {
        try {
            return engine.docker("logs", NAME);
        } catch (IOException e) {
            return e.getMessage();
        }
    }

    void stop() throws IOException, InterruptedException {
        engine.docker("stop", "--time=60", NAME);
    }

    MemoryUse memory() throws IOException, InterruptedException {
        return MemoryUse.of(Long.parseLong(engine.docker("inspect", "--format={{.State.Pid}}", NAME)));
    }

    @Override
    public void close() throws IOException, InterruptedException {
        if (!engine.docker("ps", "--all", "--quiet", "--filter=name=" + NAME).isEmpty()) {
            engine.docker("rm", "--force", "--volumes", NAME);
        }
    }
}
