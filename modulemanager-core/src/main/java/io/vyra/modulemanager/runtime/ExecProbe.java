package io.vyra.modulemanager.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Runs a probe's program under {@code module-shim probe}: in a session of its own, as the module's user, and killed with everything
 * it started when it takes too long or the manager dies. Thread-safe.
 */
final class ExecProbe {
    private static final int MAX_OUTPUT = 4096;
    private static final int MAX_WORDS = 200;
    private static final int NOT_EXECUTED = 125;

    private final Path shim;
    private final Users users;

    ExecProbe(Path shim, Users users) {
        this.shim = shim;
        this.users = users;
    }

    ProbeResult run(List<String> command, LaunchSpec launch, Duration timeout) {
        Program program =
                Program.resolve(command, launch.tree(), launch.process().workingDir(), launch.environment());
        Process process;
        try {
            process = ShimCommand.probe(shim)
                    .limits(
                            new ModuleGroups(List.of(), List.of()),
                            launch.process().nice(),
                            launch.process().oomScoreAdjust())
                    .as(launch.process().user().flatMap(users::toBecome))
                    .start(program, launch.environment());
        } catch (IOException e) {
            return new ProbeResult.Failed("the probe could not be started: " + e.getMessage());
        }
        CompletableFuture<String> output = new CompletableFuture<>();
        Thread.ofVirtual().name("probe-output").start(() -> output.complete(drain(process)));
        try {
            if (process.waitFor(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
                /* The shim ends after everything that could write, so this waits for a process stuck in the kernel only. */
                return judge(
                        process.exitValue(),
                        output.completeOnTimeout("", 1, TimeUnit.SECONDS).join(),
                        program);
            }
            return new ProbeResult.Failed(
                    "'" + command.getFirst() + "' did not end within " + ProbeRunner.inSeconds(timeout));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new ProbeResult.Failed("the probe was interrupted");
        } finally {
            hangUp(process);
        }
    }

    /** The end of its stdin tells the shim to kill everything. */
    private static void hangUp(Process process) {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            process.destroyForcibly();
        }
    }

    private static ProbeResult judge(int code, String output, Program program) {
        if (code == 0) {
            return new ProbeResult.Passed();
        }
        Facts report = Facts.ofLine(output);
        if (code == NOT_EXECUTED && report.word().equals("failed")) {
            int errno = (int) report.number("errno").orElse(0);
            return new ProbeResult.Failed(
                    report.text("call").filter("execve"::equals).isPresent()
                            ? program.refused(errno).problem().detail()
                            : "the probe could not be started: " + ErrorNumber.inWords(errno));
        }
        String words = output.strip().replaceAll("\\s+", " ");
        String how = "'" + program.arguments().getFirst() + "' ended with code " + code;
        return new ProbeResult.Failed(
                words.isEmpty() ? how : how + ": " + words.substring(0, Math.min(words.length(), MAX_WORDS)));
    }

    /** Keeps the beginning and reads the rest away, so that a talkative probe is not blocked by its pipe. */
    private static String drain(Process process) {
        try (InputStream out = process.getInputStream()) {
            String beginning = new String(out.readNBytes(MAX_OUTPUT), StandardCharsets.UTF_8);
            out.transferTo(java.io.OutputStream.nullOutputStream());
            return beginning;
        } catch (IOException e) {
            return "";
        }
    }
}
