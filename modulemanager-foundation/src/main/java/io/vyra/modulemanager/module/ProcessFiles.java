package io.vyra.modulemanager.module;

import io.vyra.modulemanager.problem.Problem.FieldError;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Holds the files that {@code module_runtime.yaml} names against the module's tree. Stateless. */
public final class ProcessFiles {
    private static final String FILE = ".module/module_runtime.yaml";

    private ProcessFiles() {}

    /** One error for each file that is missing or no program. Programs of the machine are not looked for. */
    public static List<FieldError> check(ProcessSpec process, Path tree) {
        List<FieldError> errors = new ArrayList<>();
        if (process.container().isPresent()) {
            archive(process.container().get(), tree, errors);
            return errors;
        }
        if (!Files.isDirectory(tree.resolve(process.workingDir()))) {
            errors.add(error("/working_dir", process.workingDir(), "is no folder of the package"));
        }
        for (ProcessSpec.NamedProgram program : process.programs()) {
            if (program.isPackaged()) {
                Path file = tree.resolve(program.name()).normalize();
                if (!Files.isRegularFile(file)) {
                    errors.add(error(program.pointer(), program.name(), "does not exist in the package"));
                } else if (!Files.isExecutable(file)) {
                    errors.add(error(
                            program.pointer(),
                            program.name(),
                            "is not executable in the package; set its x bit before ./mm pack"));
                }
            }
        }
        return errors;
    }

    private static void archive(ContainerSpec container, Path tree, List<FieldError> errors) {
        if (container.image() instanceof ContainerSpec.Image.Archive(String file, Optional<String> _)
                && !Files.isRegularFile(tree.resolve(file))) {
            errors.add(error("/image/archive", file, "does not exist in the package"));
        }
    }

    /** An error at a place of the file. */
    public static FieldError error(String pointer, String value, String why) {
        return new FieldError(pointer, FILE + " " + pointer + ": '" + value + "' " + why);
    }
}
