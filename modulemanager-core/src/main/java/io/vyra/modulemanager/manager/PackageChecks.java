package io.vyra.modulemanager.manager;

import io.vyra.modulemanager.catalog.Plan;
import io.vyra.modulemanager.catalog.Plan.PlannedModule;
import io.vyra.modulemanager.catalog.Planner;
import io.vyra.modulemanager.module.Manifest;
import io.vyra.modulemanager.module.ProcessSpec;
import io.vyra.modulemanager.operation.saga.InstallChecks;
import io.vyra.modulemanager.problem.Problem;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Refuses a package whose module cannot run here, before anything that runs is touched. */
final class PackageChecks implements InstallChecks {
    private final Planner planner;
    private final String path;

    /**
     * @param path the search path modules get, as in the variable {@code PATH}
     */
    PackageChecks(Planner planner, String path) {
        this.planner = planner;
        this.path = path;
    }

    @Override
    public void check(Plan plan, PlannedModule step, Manifest manifest, Path tree) {
        ProcessSpec process = manifest.process()
                .orElseThrow(() -> new ProblemException(
                        ProblemType.INVALID_PACKAGE,
                        "The package of " + manifest.name() + " " + manifest.version()
                                + " has no .module/module_runtime.yaml, and this distribution does not run containers."
                                + " Install a version that can run as a process."));
        checkCommand(manifest, process, tree);
        List<Problem> blockers = planner.checkUnpacked(manifest, step, plan);
        if (!blockers.isEmpty()) {
            Problem first = blockers.getFirst();
            throw new ProblemException(new Problem(
                    first.type(),
                    String.join(" ", blockers.stream().map(Problem::detail).toList()),
                    first.errors()));
        }
    }

    private void checkCommand(Manifest manifest, ProcessSpec process, Path tree) {
        String program = process.command().getFirst();
        if (program.startsWith("/") || !program.contains("/")) {
            if (candidates(program).noneMatch(Files::isExecutable)) {
                throw refused(manifest, program, "is not an executable program of this machine (PATH is " + path + ")");
            }
            return;
        }
        Path file = tree.resolve(program).normalize();
        if (!Files.isRegularFile(file)) {
            throw refused(manifest, program, "does not exist in the package");
        }
        if (!Files.isExecutable(file)) {
            throw refused(manifest, program, "is not executable in the package; set its x bit before ./mm pack");
        }
    }

    private Stream<Path> candidates(String program) {
        return program.startsWith("/")
                ? Stream.of(Path.of(program))
                : Stream.of(path.split(":"))
                        .filter(folder -> !folder.isEmpty())
                        .map(folder -> Path.of(folder, program));
    }

    private static ProblemException refused(Manifest manifest, String program, String why) {
        return new ProblemException(
                ProblemType.INVALID_MANIFEST,
                "The command '" + program + "' of " + manifest.name() + " " + manifest.version() + " " + why + ".",
                List.of(new Problem.FieldError("/command/0", ".module/module_runtime.yaml: '" + program + "' " + why)));
    }
}
