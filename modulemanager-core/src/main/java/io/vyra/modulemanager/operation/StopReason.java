package io.vyra.modulemanager.operation;

/** Why a running operation is told to stop. */
public sealed interface StopReason {

    String inWords();

    record CancelledBy(String caller) implements StopReason {
        @Override
        public String inWords() {
            return "cancelled by " + caller;
        }
    }

    record SupersededBy(String operationId, Operation.Kind kind) implements StopReason {
        @Override
        public String inWords() {
            return "superseded by the newer " + kind.wire() + " operation " + operationId;
        }
    }

    record DeadlinePassed() implements StopReason {
        @Override
        public String inWords() {
            return "its deadline passed";
        }
    }

    /** The manager is ending; the operation is resumed at its next start. */
    record ManagerStopping() implements StopReason {
        @Override
        public String inWords() {
            return "the module manager is stopping";
        }
    }
}
