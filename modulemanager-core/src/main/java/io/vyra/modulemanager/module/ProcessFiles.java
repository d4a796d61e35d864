package io.vyra.modulemanager.module;

import io.vyra.modulemanager.problem.Problem.FieldError;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Holds the files that {@code module_runtime.yaml} names against the module's tree. Stateless. */
public final class ProcessFiles {
    private static final String FILE = ".module/module_runtime.yaml";

    private ProcessFiles() {}

    /** One error for each file that is missing or no program. Programs of the machine are not looked for. */
    public static List<FieldError> check(ProcessSpec process, Path tree) {
        List<FieldError> errors = new ArrayList<>();
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

    /** An error at a place of the file. */
    public static FieldError error(String pointer, String value, String why) {
        return new FieldError(pointer, FILE + " " + pointer + ": '" + value + "' " + why);
    }
}
