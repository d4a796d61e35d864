package io.vyra.modulemanager.supervision;

import io.vyra.modulemanager.module.ModuleId;
import java.util.concurrent.CompletableFuture;

/**
 * Asks modules to suspend themselves and to go on. A module that cannot be asked is suspended by stopping its processes.
 *
 * <p>Thread-safe. The results never fail, and come within two minutes.
 */
public interface Suspension {
    /** Of a manager that has no bus: no module can be asked. */
    Suspension NONE = new Suspension() {
        @Override
        public CompletableFuture<Outcome> suspend(ModuleId module) {
            return CompletableFuture.completedFuture(new Outcome.NotServed("the manager has no bus"));
        }

        @Override
        public CompletableFuture<Outcome> resume(ModuleId module) {
            return CompletableFuture.completedFuture(new Outcome.NotServed("the manager has no bus"));
        }

        @Override
        public boolean mayServe(ModuleId module) {
            return false;
        }
    };

    CompletableFuture<Outcome> suspend(ModuleId module);

    CompletableFuture<Outcome> resume(ModuleId module);

    /**
     * Brings the module to where its process may be ended; the process is not told to end before.
     *
     * @return done at once where nothing is to be done; it never fails
     */
    default CompletableFuture<Void> prepareToStop(ModuleId module) {
        return CompletableFuture.completedFuture(null);
    }

    /** Whether the module was heard of in a way that lets one expect that it can be asked; reads memory only. */
    boolean mayServe(ModuleId module);

    /** What came of asking. */
    sealed interface Outcome {
        /** In words, for the module's state and history. */
        String reason();

        /** It is where it was asked to be. */
        record Done(String reason) implements Outcome {}

        /** It said no, or tried and failed: it is where it was. */
        record Refused(String reason) implements Outcome {}

        /** It has no such action. */
        record NotServed(String reason) implements Outcome {}

        /** It is not heard of now, or was asked and did not say how it ended. */
        record Unreachable(String reason) implements Outcome {}
    }
}
