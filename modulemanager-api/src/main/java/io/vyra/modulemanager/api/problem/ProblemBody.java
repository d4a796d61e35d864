package io.vyra.modulemanager.api.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.vyra.modulemanager.problem.Problem;
import java.util.List;

/** A problem as it is sent; parts that do not apply are left out. Also used inside other documents, then without an instance. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ProblemBody(
        String type,
        String title,
        int status,
        String detail,
        String instance,
        String code,
        List<Place> errors,
        String operation,
        String traceId) {

    /** A place in the input that is wrong. */
    public record Place(String pointer, String detail) {}

    /** For use inside another document, for example an operation. */
    public static ProblemBody embedded(Problem problem, String prefix) {
        return of(problem, prefix, null, null);
    }

    static ProblemBody of(Problem problem, String prefix, String instance, String traceId) {
        List<Place> places = problem.errors().isEmpty()
                ? null
                : problem.errors().stream()
                        .map(error -> new Place(error.pointer(), error.detail()))
                        .toList();
        return new ProblemBody(
                prefix + "/problems/" + problem.type().code(),
                problem.type().title(),
                problem.type().status(),
                problem.detail(),
                instance,
                problem.type().code(),
                places,
                null,
                traceId);
    }
}
