package io.vyra.modulemanager.operation;

import io.vyra.modulemanager.problem.Problem;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One durable operation as it stands now. A snapshot; the journal holds the truth.
 *
 * @param id        32 lower-case hexadecimal digits
 * @param kind      what is being done
 * @param moduleId  the module it works on, {@code {name}_{uuid}}
 * @param cause     why it exists, in words, for example {@code requested by admin}
 * @param createdBy user name, or {@code manager}
 * @param deadline  when it gives up and undoes what it did
 * @param problem   why it did not succeed; empty otherwise
 */
public record Operation(
        String id,
        Kind kind,
        String moduleId,
        Status status,
        int percent,
        List<StepProgress> steps,
        String cause,
        String createdBy,
        Instant createdAt,
        Optional<Instant> startedAt,
        Instant deadline,
        Optional<Instant> endedAt,
        boolean cancelRequested,
        Optional<Problem> problem) {
    public Operation {
        steps = List.copyOf(steps);
    }

    public enum Kind {
        INSTALL,
        UPDATE,
        ROLLBACK,
        REMOVE,
        START,
        STOP,
        RESTART,
        SUSPEND,
        RESUME,
        CONFIGURE;

        /** As in the API: lower case. */
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Life of an operation; {@code ROLLED_BACK} is an end in which everything was undone after a failure. */
    public enum Status {
        PENDING,
        RUNNING,
        WAITING_FOR_USER,
        SUCCEEDED,
        FAILED,
        CANCELLED,
        ROLLED_BACK;

        public boolean isFinal() {
            return switch (this) {
                case PENDING, RUNNING, WAITING_FOR_USER -> false;
                case SUCCEEDED, FAILED, CANCELLED, ROLLED_BACK -> true;
            };
        }

        /** As in the API: lower case with underscores. */
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * @param percent 0 … 100
     * @param detail  what it is doing or why it failed, in words
     */
    public record StepProgress(
            String id,
            String title,
            StepStatus status,
            int percent,
            Optional<Instant> startedAt,
            Optional<Instant> endedAt,
            String detail) {}

    public enum StepStatus {
        PENDING,
        RUNNING,
        DONE,
        FAILED,
        UNDOING,
        UNDONE,
        SKIPPED;

        /** As in the API: lower case. */
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
