package io.vyra.modulemanager.catalog;

import io.vyra.modulemanager.problem.Problem;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How a repository is doing.
 *
 * @param refreshing  whether it is being asked now
 * @param lastSuccess when it last answered properly; survives a restart
 * @param lastAttempt when it was last asked since the start
 * @param problem     why the last attempt failed; empty when it did not
 * @param entries     module versions it offers, from the last good index
 * @param warnings    what of its index was skipped or ignored
 */
public record RepositoryStatus(
        String repositoryId,
        boolean refreshing,
        Optional<Instant> lastSuccess,
        Optional<Instant> lastAttempt,
        Optional<Problem> problem,
        int entries,
        List<String> warnings) {
    public RepositoryStatus {
        warnings = List.copyOf(warnings);
    }

    static RepositoryStatus unknown(String repositoryId) {
        return new RepositoryStatus(
                repositoryId, false, Optional.empty(), Optional.empty(), Optional.empty(), 0, List.of());
    }
}
