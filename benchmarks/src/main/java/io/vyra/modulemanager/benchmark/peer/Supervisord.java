package io.vyra.modulemanager.benchmark.peer;

import io.vyra.modulemanager.benchmark.Scene;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** supervisord of Debian's package, in the foreground, without a control server. */
final class Supervisord implements Supervisor {
    private final StartSignal signal;
    private final Process daemon;
    private final String version;

    private Supervisord(StartSignal signal, Process daemon, String version) {
        this.signal = signal;
        this.daemon = daemon;
        this.version = version;
    }

    static Optional<Supervisor> start(Scene scene, Path folder, StartSignal signal)
            throws IOException, InterruptedException {
        Path unpacked = scene.peers().resolve("supervisor/usr");
        Path program = unpacked.resolve("bin/supervisord");
        if (!Files.exists(program)) {
            return Optional.empty();
        }
        Path script = signal.sample("crashed").writeScript(folder.resolve("run.sh"));
        Path configuration = folder.resolve("supervisord.conf");
        Files.writeString(configuration, """
                [supervisord]
                nodaemon=true
                logfile=%1$s/supervisord.log
                pidfile=%1$s/supervisord.pid
                childlogdir=%1$s
                [program:crashed]
                command=%2$s
                """.formatted(folder, script));
        List<String> command = List.of("python3", program.toString());
        Process version = python(unpacked, command, List.of("--version")).start();
        String number = new String(version.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        version.waitFor();
        Process daemon = python(unpacked, command, List.of("-n", "-c", configuration.toString()))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile())
                .start();
        return Optional.of(new Supervisord(signal, daemon, number));
    }

    private static ProcessBuilder python(Path unpacked, List<String> command, List<String> arguments) {
        ProcessBuilder builder = new ProcessBuilder(
                Stream.concat(command.stream(), arguments.stream()).toList());
        builder.environment()
                .put("PYTHONPATH", unpacked.resolve("lib/python3/dist-packages").toString());
        return builder;
    }

    @Override
    public String describe() {
        return "supervisord " + version;
    }

    @Override
    public StartSignal signal() {
        return signal;
    }

    /** TERM makes it stop its programs and end. */
    @Override
    public void close() throws InterruptedException {
        daemon.destroy();
        if (!daemon.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            daemon.destroyForcibly();
        }
    }
}
