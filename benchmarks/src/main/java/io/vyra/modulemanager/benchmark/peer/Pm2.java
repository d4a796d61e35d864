package io.vyra.modulemanager.benchmark.peer;

import io.vyra.modulemanager.benchmark.Scene;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** pm2 of the npm registry, with a home folder, and so a daemon, of its own. */
final class Pm2 implements Supervisor {
    private final StartSignal signal;
    private final Path program;
    private final Path home;
    private final String version;

    private Pm2(StartSignal signal, Path program, Path home, String version) {
        this.signal = signal;
        this.program = program;
        this.home = home;
        this.version = version;
    }

    static Optional<Supervisor> start(Scene scene, Path folder, StartSignal signal)
            throws IOException, InterruptedException {
        Path packageFolder = scene.peers().resolve("pm2/node_modules/pm2");
        Path program = packageFolder.resolve("bin/pm2");
        if (!Files.exists(program)) {
            return Optional.empty();
        }
        String version = Files.readString(packageFolder.resolve("package.json"), StandardCharsets.UTF_8)
                .replaceAll("(?s).*\"version\"\\s*:\\s*\"([^\"]+)\".*", "$1");
        Path script = signal.sample("crashed").writeScript(folder.resolve("run.sh"));
        Path apps = folder.resolve("apps.json");
        Files.writeString(apps, """
                {"apps": [{"name": "crashed", "script": "%2$s", "interpreter": "none", "cwd": "%1$s",
                           "out_file": "%1$s/out.log", "error_file": "%1$s/error.log"}]}
                """.formatted(folder, script));
        Pm2 pm2 = new Pm2(signal, program, folder.resolve("home"), version);
        pm2.command("start", apps.toString());
        return Optional.of(pm2);
    }

    private void command(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("node", program.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        home.resolveSibling("pm2.out").toFile()));
        builder.environment().put("PM2_HOME", home.toString());
        builder.environment().put("PM2_DISABLE_VERSION_CHECK", "true");
        int code = builder.start().waitFor();
        if (code != 0) {
            throw new IllegalStateException(
                    "pm2 " + arguments[0] + " ended with " + code + ", see " + home.resolveSibling("pm2.out"));
        }
    }

    @Override
    public String describe() {
        return "pm2 " + version;
    }

    @Override
    public StartSignal signal() {
        return signal;
    }

    /** Ends the daemon of this home folder and what it runs. */
    @Override
    public void close() throws IOException, InterruptedException {
        command("kill");
    }
}
