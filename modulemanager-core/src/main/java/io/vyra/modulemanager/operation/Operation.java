package io.vyra.modulemanager.operation;

import io.vyra.modulemanager.problem.Problem;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One durable operation as it stands now. A snapshot; the journal holds the truth.
 *
 * @param id       32 lower-case hexadecimal digits
 * @param kind     what is being done
 * @param moduleId the module it works on, {@code {name}_{uuid}}
 * @param origin   where it comes from; never changes
 * @param progress how far it has come
 */
public record Operation(String id, Kind kind, String moduleId, Origin origin, Progress progress) {

    /**
     * @param cause     why it exists, in words, for example {@code requested by admin}
     * @param createdBy user name, or {@code manager}
     */
    public record Origin(String cause, String createdBy, Instant createdAt) {}

    /**
     * @param startedAt       empty while it waits for another operation
     * @param deadline        when it gives up and undoes what it did
     * @param endedAt         empty until its status is final
     * @param cancelRequested whether a user asked it to undo itself
     * @param problem         why it did not succeed; empty otherwise
     */
    public record Progress(
            Status status,
            List<StepProgress> steps,
            Optional<Instant> startedAt,
            Instant deadline,
            Optional<Instant> endedAt,
            boolean cancelRequested,
            Optional<Problem> problem) {
        public Progress {
            steps = List.copyOf(steps);
        }

        /** Of an operation that was just accepted. */
        public static Progress pending(List<StepProgress> steps, Instant deadline) {
            return new Progress(
                    Status.PENDING, steps, Optional.empty(), deadline, Optional.empty(), false, Optional.empty());
        }
    }

    public Status status() {
        return progress.status();
    }

    /** 0 … 100; 100 only when it succeeded. Steps weigh the same: a user wants to see movement, not a forecast. */
    public int percent() {
        if (status() == Status.SUCCEEDED) {
            return 100;
        }
        double mean = steps().stream()
                .mapToInt(step -> switch (step.status()) {
                    case DONE, SKIPPED -> 100;
                    case RUNNING, FAILED -> step.percent();
                    case PENDING, UNDOING, UNDONE -> 0;
                })
                .average()
                .orElse(0);
        return Math.min(99, (int) mean);
    }

    public List<StepProgress> steps() {
        return progress.steps();
    }

    public String cause() {
        return origin.cause();
    }

    public String createdBy() {
        return origin.createdBy();
    }

    public Instant createdAt() {
        return origin.createdAt();
    }

    public Optional<Instant> startedAt() {
        return progress.startedAt();
    }

    public Instant deadline() {
        return progress.deadline();
    }

    public Optional<Instant> endedAt() {
        return progress.endedAt();
    }

    public boolean cancelRequested() {
        return progress.cancelRequested();
    }

    public Optional<Problem> problem() {
        return progress.problem();
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
            String detail) {
        /** Of a step that has not begun. */
        public static StepProgress pending(String id, String title) {
            return new StepProgress(id, title, StepStatus.PENDING, 0, Optional.empty(), Optional.empty(), "");
        }
    }

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
