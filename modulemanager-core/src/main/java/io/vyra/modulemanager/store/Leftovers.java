package io.vyra.modulemanager.store;

import io.vyra.modulemanager.module.ModuleId;
import java.util.List;

/**
 * What lies on the disk besides committed modules; the start compares it with the journal.
 *
 * @param stagings  names in the staging folder: ids of operations, and uploaded files that none took in yet
 * @param snapshots copies of storage that were not dropped
 * @param partials  unfinished names that no operation will continue; {@link ModuleStore#discardPartials()} removes them
 * @param unknown   names the store did not make, relative to the data folder; left alone
 * @param trash     entries waiting to be deleted
 */
public record Leftovers(
        List<String> stagings, List<Snapshot> snapshots, List<String> partials, List<String> unknown, int trash) {
    public Leftovers {
        stagings = List.copyOf(stagings);
        snapshots = List.copyOf(snapshots);
        partials = List.copyOf(partials);
        unknown = List.copyOf(unknown);
    }

    public record Snapshot(ModuleId module, String operationId) {}
}
