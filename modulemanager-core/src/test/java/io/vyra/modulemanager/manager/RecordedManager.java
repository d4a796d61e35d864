package io.vyra.modulemanager.manager;

import io.vyra.modulemanager.operation.Operation;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A manager in a process of its own that carries out one operation while its system calls are recorded.
 *
 * <p>Arguments: folder, scenario. It says on its standard output, and so in the record, how far it is.
 */
final class RecordedManager {
    private RecordedManager() {}

    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0]);
        CrashScenario scenario = CrashScenario.valueOf(args[1]);
        try (TestManager manager = new TestManager(folder)) {
            manager.assembly().refresher().refreshAll();
            scenario.prepare(manager);
            PowerLossMark.PREPARED.say();
            Operation operation = scenario.begin(manager);
            PowerLossMark.ACCEPTED.say();
            Operation ended = manager.await(operation);
            PowerLossMark.ENDED.say();
            if (ended.status() != scenario.ending()) {
                throw new IllegalStateException("the recorded operation did not end as it should: " + ended);
            }
        }
    }
}
