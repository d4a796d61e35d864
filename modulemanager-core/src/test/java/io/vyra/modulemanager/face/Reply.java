package io.vyra.modulemanager.face;

import java.util.List;

/** What came back, read from whatever it came in. */
public sealed interface Reply {

    record Modules(List<Told.Module> modules) implements Reply {}

    record Module(Told.Module module) implements Reply {}

    record Explanation(Told.Explanation explanation) implements Reply {}

    /** @param id of the operation that began */
    record Accepted(String id) implements Reply {}

    record Operation(Told.Operation operation) implements Reply {}

    record Refused(Told.Problem problem) implements Reply {}

    /** There is no way to ask this. @param evidence how that was found out */
    record NotOffered(String evidence) implements Reply {}
}
