package io.vyra.modulemanager.yaml;

import io.vyra.modulemanager.problem.Problem;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is wrong with, or odd about, the documents that are being read; all of it, so that an author corrects a file once.
 *
 * <p>Not thread-safe. At most {@value #MAX_ERRORS} errors and as many warnings are kept; what is beyond is counted.
 */
public final class YamlFindings {
    private static final int MAX_ERRORS = 50;

    private final Optional<String> part;
    private final List<Problem.FieldError> errors = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private int droppedErrors;

    public YamlFindings() {
        this(Optional.empty());
    }

    private YamlFindings(Optional<String> part) {
        this.part = part;
    }

    /**
     * For a part of a larger JSON document: pointers begin at that document's root, and messages name no file and no line.
     *
     * @param pointer JSON pointer of the part
     */
    public static YamlFindings ofPart(String pointer) {
        return new YamlFindings(Optional.of(pointer));
    }

    /**
     * @param file    name for messages, relative to the package
     * @param line    1 for the first, 0 when unknown
     * @param pointer JSON pointer, empty for the whole document
     * @param message what is wrong, continuing a sentence that starts with the place
     */
    public void error(String file, int line, String pointer, String message) {
        if (errors.size() < MAX_ERRORS) {
            errors.add(new Problem.FieldError(part.orElse("") + pointer, place(file, line, pointer) + message));
        } else {
            droppedErrors++;
        }
    }

    public void warning(String file, int line, String pointer, String message) {
        if (warnings.size() < MAX_ERRORS) {
            warnings.add(part.map(it -> it + pointer + " ").orElseGet(() -> place(file, line, pointer)) + message);
        }
    }

    public boolean hasErrors() {
        return !errors.isEmpty();
    }

    public Optional<Problem.FieldError> firstError() {
        return errors.stream().findFirst();
    }

    public List<String> warnings() {
        return List.copyOf(warnings);
    }

    /**
     * @throws ProblemException of this type with every error found, if there is one; the detail is the first error
     */
    public void throwIfAny(ProblemType type) {
        if (errors.isEmpty()) {
            return;
        }
        int more = errors.size() - 1 + droppedErrors;
        String detail = errors.getFirst().detail() + (more == 0 ? "" : " (and " + more + " more)");
        throw new ProblemException(type, detail, errors);
    }

    private String place(String file, int line, String pointer) {
        if (part.isPresent()) {
            return "";
        }
        return file + (line > 0 ? ":" + line : "") + (pointer.isEmpty() ? " " : " " + pointer + ": ");
    }
}
