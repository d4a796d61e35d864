package io.vyra.modulemanager.catalog;

import io.vyra.modulemanager.module.UpdateOrder;
import io.vyra.modulemanager.problem.Problem;
import io.vyra.modulemanager.problem.ProblemException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What an install or an update would do, in order. The operation carries out exactly this.
 *
 * @param steps         modules to install or update, dependencies first
 * @param downloadBytes to be fetched at most: the packages, and of each the largest image beside it
 * @param diskBytes     needed at the peak: download, unpacked tree, storage snapshot and reserve; what an engine needs to load an
 *                      image is not part of it
 * @param diskFreeBytes usable now
 * @param memoryBytes   sum of the modules' reservations or limits; 0 as long as no manifest is known
 * @param downtime      estimate for modules that run now
 * @param blockers      what stands in the way; empty: it can be carried out
 * @param warnings      what does not stand in the way but should be known
 */
public record Plan(
        List<PlannedModule> steps,
        long downloadBytes,
        long diskBytes,
        long diskFreeBytes,
        long memoryBytes,
        List<Integer> ports,
        Duration downtime,
        List<Problem> blockers,
        List<String> warnings) {
    public Plan {
        steps = List.copyOf(steps);
        ports = List.copyOf(ports);
        blockers = List.copyOf(blockers);
        warnings = List.copyOf(warnings);
    }

    /**
     * @param moduleId    instance it concerns; for an install the one it will get
     * @param fromVersion version that runs now; empty for an install
     * @param requiredBy  module that needs it; empty for the one asked for
     * @param order       what comes first; empty where there is nothing to choose: for an install, and for a process
     */
    public record PlannedModule(
            String moduleId,
            Optional<String> fromVersion,
            CatalogEntry entry,
            Optional<String> requiredBy,
            Optional<PlannedOrder> order) {
        public PlannedModule {
            // A plan in the journal may be older than this field.
            order = order == null ? Optional.empty() : order;
        }

        public PlannedModule(
                String moduleId, Optional<String> fromVersion, CatalogEntry entry, Optional<String> requiredBy) {
            this(moduleId, fromVersion, entry, requiredBy, Optional.empty());
        }

        /** Whether the new version may be started while the old one runs. */
        public boolean mayStartFirst() {
            return order.filter(it -> it.order() == UpdateOrder.START_FIRST).isPresent();
        }
    }

    public boolean isFeasible() {
        return blockers.isEmpty();
    }

    /**
     * @throws ProblemException with the first blocker, the details of the others added, when it cannot be carried out
     */
    public Plan requireFeasible() {
        if (isFeasible()) {
            return this;
        }
        Problem first = blockers.getFirst();
        String detail = blockers.stream().map(Problem::detail).collect(Collectors.joining(" "));
        throw new ProblemException(first.type(), detail, first.errors());
    }
}
