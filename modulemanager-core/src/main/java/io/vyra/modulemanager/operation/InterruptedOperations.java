package io.vyra.modulemanager.operation;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What an earlier run of the manager left unfinished, as the journal knows it; for a start, before {@link Operations#resume}.
 *
 * @param ids     ids of the operations
 * @param modules ids of the modules they work on
 * @param uploads uploaded packages that they have yet to take over or still name
 * @param holding modules that they hold stopped, with the operation's id; without this a resumed update would find the module
 *                running in its middle
 */
public record InterruptedOperations(
        Set<String> ids, Set<String> modules, Set<Path> uploads, Map<String, String> holding) {
    static InterruptedOperations of(List<OperationRecord> unfinished) {
        InterruptedOperations found =
                new InterruptedOperations(new TreeSet<>(), new TreeSet<>(), new TreeSet<>(), new LinkedHashMap<>());
        for (OperationRecord record : unfinished) {
            String id = record.operation().id();
            found.ids.add(id);
            if (record.request() instanceof OperationRequest.Deploy deploy) {
                deploy.file().map(Path::of).ifPresent(found.uploads::add);
            }
            for (String module : record.request().moduleIds()) {
                found.modules.add(module);
                if (HeldModule.isHeld(record, module)) {
                    found.holding.put(module, id);
                }
            }
        }
        return found;
    }
}
