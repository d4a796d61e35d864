package io.vyra.modulemanager.manager;

import io.vyra.modulemanager.catalog.Plan;
import io.vyra.modulemanager.catalog.Plan.PlannedModule;
import io.vyra.modulemanager.catalog.Planner;
import io.vyra.modulemanager.module.Manifest;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.module.ProcessFiles;
import io.vyra.modulemanager.module.ProcessSpec;
import io.vyra.modulemanager.operation.saga.InstallChecks;
import io.vyra.modulemanager.problem.Problem;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import io.vyra.modulemanager.runtime.ModuleRuntime;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Refuses a package whose module cannot run here, before anything that runs is touched. */
final class PackageChecks implements InstallChecks {
    private final Planner planner;
    private final ModuleRuntime runtime;
    private final String path;

    /**
     * @param runtime makes ready what the version needs to run
     * @param path the search path modules get, as in the variable {@code PATH}
     */
    PackageChecks(Planner planner, ModuleRuntime runtime, String path) {
        this.planner = planner;
        this.runtime = runtime;
        this.path = path;
    }

    @Override
    public void admit(ModuleId module, Manifest manifest) {
        runtime.admit(module, manifest.version().getVersion(), manifest);
    }

    @Override
    public void check(Plan plan, PlannedModule step, Manifest manifest, Path tree) {
        ProcessSpec process = manifest.process()
                .orElseThrow(() -> new ProblemException(
                        ProblemType.INVALID_PACKAGE,
                        "The package of " + manifest.name() + " " + manifest.version()
                                + " has no .module/module_runtime.yaml, so nothing says how to run it. Install a version"
                                + " that has."));
        checkPrograms(manifest, process, tree);
        List<Problem> blockers = planner.checkUnpacked(manifest, step, plan);
        if (!blockers.isEmpty()) {
            Problem first = blockers.getFirst();
            throw new ProblemException(new Problem(
                    first.type(),
                    String.join(" ", blockers.stream().map(Problem::detail).toList()),
                    first.errors()));
        }
        ModuleId.parse(step.moduleId())
                .ifPresent(module -> runtime.prepare(module, manifest.version().getVersion(), manifest, tree));
    }

    @Override
    public void ready(ModuleId module, Manifest manifest, Path tree) {
        runtime.prepare(module, manifest.version().getVersion(), manifest, tree);
    }

    @Override
    public void abandon(ModuleId module, String version) {
        runtime.abandon(module, version);
    }

    private void checkPrograms(Manifest manifest, ProcessSpec process, Path tree) {
        List<Problem.FieldError> errors = new ArrayList<>(ProcessFiles.check(process, tree));
        for (ProcessSpec.NamedProgram program : process.programs()) {
            if (!program.isPackaged() && candidates(program.name()).noneMatch(Files::isExecutable)) {
                errors.add(ProcessFiles.error(
                        program.pointer(),
                        program.name(),
                        "is not an executable program of this machine (PATH is " + path + ")"));
            }
        }
        if (!errors.isEmpty()) {
            throw new ProblemException(
                    ProblemType.INVALID_MANIFEST,
                    manifest.name() + " " + manifest.version() + " cannot be started. "
                            + errors.getFirst().detail() + ".",
                    errors);
        }
    }

    private Stream<Path> candidates(String program) {
        return program.startsWith("/")
                ? Stream.of(Path.of(program))
                : Stream.of(path.split(":"))
                        .filter(folder -> !folder.isEmpty())
                        .map(folder -> Path.of(folder, program));
    }
}
