package io.vyra.modulemanager.runtime;

import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Starts a shim and hears its report. Thread-safe. */
final class ShimLauncher {
    private static final int MAX_REPORT = 4096;
    private final Path shim;
    private final RunFolder folder;
    private final LogRotation rotation;
    private final Users users;
    private final Duration patience;

    ShimLauncher(Path shim, RunFolder folder, LogRotation rotation, Users users, Duration patience) {
        this.shim = shim;
        this.folder = folder;
        this.rotation = rotation;
        this.users = users;
        this.patience = patience;
    }

    /**
     * Returns once the program was executed.
     *
     * @throws ProblemException of type {@code START_FAILED}; then nothing of it is left
     */
    StartRecord launch(LaunchSpec spec, ModuleGroups groups) {
        Program program = Program.resolve(
                spec.process().command(), spec.tree(), spec.process().workingDir(), spec.environment());
        String key = RunFolder.key(spec.module());
        ShimCommand command = ShimCommand.run(shim, folder, key, spec, rotation)
                .limits(groups, spec.process().nice(), spec.process().oomScoreAdjust())
                .mark(folder.mark(spec.module()) + "-" + spec.generation() + ".")
                .as(spec.process().user().flatMap(users::toBecome));
        Process process;
        try {
            process = command.start(program, spec.environment());
            process.getOutputStream().close();
        } catch (IOException e) {
            throw new ProblemException(
                    ProblemType.START_FAILED,
                    "The module's keeper " + shim + " could not be started: " + e.getMessage()
                            + ". Check the installation and the machine's limits of memory and processes.",
                    e);
        }
        Facts report = Facts.ofLine(hear(process, spec));
        return switch (report.word()) {
            case "started" ->
                StartRecord.from(report, OptionalLong.of(spec.generation()))
                        .orElseThrow(() -> failed("The module's keeper reported its start in an unknown form."));
            case "busy" ->
                throw failed("A process of " + spec.module()
                        + " is still alive, so no second one is started. Stop it first.");
            case "failed" -> throw refused(report, program);
            default -> throw failed("The module's keeper " + shim + " ended without a report.");
        };
    }

    private String hear(Process process, LaunchSpec spec) {
        CompletableFuture<String> report = new CompletableFuture<>();
        Thread.ofVirtual().name("shim-report").start(() -> {
            try (InputStream out = process.getInputStream()) {
                report.complete(new String(out.readNBytes(MAX_REPORT), StandardCharsets.UTF_8));
            } catch (IOException e) {
                report.complete("");
            }
        });
        try {
            return report.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            process.destroyForcibly();
            throw failed("The module " + spec.module() + " was not executed within " + patience.toSeconds()
                    + " s; the machine may be overloaded or a disk may hang.");
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw failed("The start of " + spec.module() + " was interrupted.");
        } catch (ExecutionException e) {
            throw new IllegalStateException("the report is never completed exceptionally", e);
        }
    }

    private static ProblemException refused(Facts report, Program program) {
        int errno = (int) report.number("errno").orElse(0);
        String call = report.text("call").orElse("");
        return switch (call) {
            case "execve" -> program.refused(errno);
            case "chdir" ->
                failed("The module's working folder " + program.folder() + " cannot be entered by the user it runs as: "
                        + ErrorNumber.inWords(errno) + ".");
            case "setgroups", "setgid", "setuid" ->
                failed("The module manager may not become the user the module asks for: " + ErrorNumber.inWords(errno)
                        + ".");
            case "fork" -> failed("The machine refuses another process: " + ErrorNumber.inWords(errno) + ".");
            default -> failed("The module's keeper could not do '" + call + "': " + ErrorNumber.inWords(errno) + ".");
        };
    }

    private static ProblemException failed(String detail) {
        return new ProblemException(ProblemType.START_FAILED, detail);
    }
}
