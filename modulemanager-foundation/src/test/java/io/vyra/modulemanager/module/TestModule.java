package io.vyra.modulemanager.module;

import io.vyra.modulemanager.problem.Problem;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A module's folder with a small valid manifest, whose files a test overwrites. */
public final class TestModule {
    private final Path tree;

    public TestModule(Path tree) {
        this.tree = tree;
        data("name: sample\nversion: 1.2.3\n");
    }

    public Path tree() {
        return tree;
    }

    public TestModule data(String text) {
        return write(ManifestReader.DATA_FILE, text);
    }

    public TestModule params(String text) {
        return write(ManifestReader.PARAMS_FILE, text);
    }

    public TestModule dependencies(String text) {
        return write(ManifestReader.DEPENDENCIES_FILE, text);
    }

    public TestModule runtime(String text) {
        return write(ManifestReader.RUNTIME_FILE, text);
    }

    public TestModule write(String file, String text) {
        try {
            Files.createDirectories(tree.resolve(file).getParent());
            Files.writeString(tree.resolve(file), text);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Manifest manifest() {
        return new ManifestReader().read(tree).manifest();
    }

    public List<String> warnings() {
        return new ManifestReader().read(tree).warnings();
    }

    /** The errors' texts; empty when the manifest is accepted. */
    public List<String> errors() {
        try {
            new ManifestReader().read(tree);
            return List.of();
        } catch (ProblemException e) {
            if (e.type() != ProblemType.INVALID_MANIFEST) {
                throw new AssertionError("unexpected type", e);
            }
            return e.problem().errors().stream().map(Problem.FieldError::detail).toList();
        }
    }
}
