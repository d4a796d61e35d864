package io.vyra.modulemanager.operation;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.vyra.modulemanager.ModuleManager.OperationFilter;
import io.vyra.modulemanager.operation.Operation.StepProgress;
import io.vyra.modulemanager.operation.Operation.StepStatus;
import io.vyra.modulemanager.problem.Problem;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import io.vyra.modulemanager.state.Database;
import io.vyra.modulemanager.state.StateJson;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The durable journal of operations. Each method is one transaction that is on the disk when it returns. Thread-safe.
 *
 * <p>The last {@value #KEPT_OPERATIONS} finished operations are kept, and those an idempotency key still stands for.
 */
public final class OperationJournal {
    static final int KEPT_OPERATIONS = 1_000;
    static final Duration KEY_LIFETIME = Duration.ofHours(24);

    private final Database database;
    private final StateJson json;

    public OperationJournal(Database database, StateJson json) {
        this.database = database;
        this.json = json;
    }

    /** A client's key for a request, and the hash of that request. */
    record IdempotencyKey(String key, String caller, String requestHash) {}

    /**
     * Finds the operation an idempotency key stands for.
     *
     * @throws ProblemException {@code IDEMPOTENCY_KEY_REUSED} when the key was used for another request
     */
    Optional<String> operationOf(IdempotencyKey key, Instant now) {
        return database.read(connection -> {
            try (PreparedStatement statement =
                    connection.prepareStatement("SELECT request_hash, operation_id FROM idempotency_key"
                            + " WHERE key = ? AND caller = ? AND created_at > ?")) {
                statement.setString(1, key.key());
                statement.setString(2, key.caller());
                statement.setLong(3, now.minus(KEY_LIFETIME).toEpochMilli());
                try (ResultSet row = statement.executeQuery()) {
                    if (!row.next()) {
                        return Optional.empty();
                    }
                    if (!row.getString(1).equals(key.requestHash())) {
                        throw new ProblemException(
                                ProblemType.IDEMPOTENCY_KEY_REUSED,
                                "The Idempotency-Key '" + key.key()
                                        + "' was used for another request within the last 24 hours," + " for operation "
                                        + row.getString(2) + ". Use a new key for a new request.");
                    }
                    return Optional.of(row.getString(2));
                }
            }
        });
    }

    void create(OperationRecord record, Optional<IdempotencyKey> key) {
        database.write(connection -> {
            Operation operation = record.operation();
            try (PreparedStatement statement = connection.prepareStatement("""
                    INSERT INTO operation (id, kind, module_id, status, request, context, cause, created_by, created_at, deadline)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""")) {
                statement.setString(1, operation.id());
                statement.setString(2, operation.kind().wire());
                statement.setString(3, operation.moduleId());
                statement.setString(4, operation.status().wire());
                statement.setString(5, json.write(record.request()));
                statement.setString(6, json.write(new Memory(record.memory())));
                statement.setString(7, operation.cause());
                statement.setString(8, operation.createdBy());
                statement.setLong(9, operation.createdAt().toEpochMilli());
                statement.setLong(10, operation.deadline().toEpochMilli());
                statement.executeUpdate();
            }
            for (int position = 0; position < operation.steps().size(); position++) {
                insertStep(
                        connection, operation.id(), position, operation.steps().get(position));
            }
            if (key.isPresent()) {
                insertKey(connection, key.get(), operation);
            }
            prune(connection, operation.createdAt());
            return null;
        });
    }

    private static void insertStep(Connection connection, String id, int position, StepProgress step)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "INSERT INTO operation_step (operation_id, position, step_id, title, status) VALUES (?, ?, ?, ?, ?)")) {
            statement.setString(1, id);
            statement.setInt(2, position);
            statement.setString(3, step.id());
            statement.setString(4, step.title());
            statement.setString(5, step.status().wire());
            statement.executeUpdate();
        }
    }

    private static void insertKey(Connection connection, IdempotencyKey key, Operation operation) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                INSERT OR REPLACE INTO idempotency_key (key, caller, request_hash, operation_id, created_at)
                VALUES (?, ?, ?, ?, ?)""")) {
            statement.setString(1, key.key());
            statement.setString(2, key.caller());
            statement.setString(3, key.requestHash());
            statement.setString(4, operation.id());
            statement.setLong(5, operation.createdAt().toEpochMilli());
            statement.executeUpdate();
        }
    }

    private static void prune(Connection connection, Instant now) throws SQLException {
        try (PreparedStatement keys = connection.prepareStatement("DELETE FROM idempotency_key WHERE created_at <= ?");
                PreparedStatement operations = connection.prepareStatement("""
                        DELETE FROM operation WHERE ended_at IS NOT NULL AND created_at <
                            (SELECT created_at FROM operation ORDER BY created_at DESC LIMIT 1 OFFSET ?)
                        AND id NOT IN (SELECT operation_id FROM idempotency_key)""")) {
            keys.setLong(1, now.minus(KEY_LIFETIME).toEpochMilli());
            keys.executeUpdate();
            operations.setInt(1, KEPT_OPERATIONS);
            operations.executeUpdate();
        }
    }

    /** Writes an operation's own columns and one of its steps. */
    void save(OperationRecord record, int position) {
        database.write(connection -> {
            saveOperation(connection, record);
            saveStep(connection, record.operation(), position);
            return null;
        });
    }

    /** Writes an operation's own columns. */
    void save(OperationRecord record) {
        database.write(connection -> {
            saveOperation(connection, record);
            return null;
        });
    }

    private void saveOperation(Connection connection, OperationRecord record) throws SQLException {
        Operation operation = record.operation();
        try (PreparedStatement statement = connection.prepareStatement("""
                UPDATE operation SET status = ?, context = ?, started_at = ?, ended_at = ?, cancel_requested = ?, undoing = ?,
                    problem = ?, deadline = ? WHERE id = ?""")) {
            statement.setString(1, operation.status().wire());
            statement.setString(2, json.write(new Memory(record.memory())));
            setInstant(statement, 3, operation.startedAt());
            setInstant(statement, 4, operation.endedAt());
            statement.setInt(5, operation.cancelRequested() ? 1 : 0);
            statement.setInt(6, record.undoing() ? 1 : 0);
            statement.setString(7, operation.problem().map(json::write).orElse(null));
            statement.setLong(8, operation.deadline().toEpochMilli());
            statement.setString(9, operation.id());
            statement.executeUpdate();
        }
    }

    private static void saveStep(Connection connection, Operation operation, int position) throws SQLException {
        StepProgress step = operation.steps().get(position);
        try (PreparedStatement statement = connection.prepareStatement("""
                UPDATE operation_step SET status = ?, percent = ?, started_at = ?, ended_at = ?, detail = ?
                WHERE operation_id = ? AND position = ?""")) {
            statement.setString(1, step.status().wire());
            statement.setInt(2, step.percent());
            setInstant(statement, 3, step.startedAt());
            setInstant(statement, 4, step.endedAt());
            statement.setString(5, step.detail());
            statement.setString(6, operation.id());
            statement.setInt(7, position);
            statement.executeUpdate();
        }
    }

    private static void setInstant(PreparedStatement statement, int column, Optional<Instant> instant)
            throws SQLException {
        if (instant.isPresent()) {
            statement.setLong(column, instant.get().toEpochMilli());
        } else {
            statement.setNull(column, Types.INTEGER);
        }
    }

    Optional<OperationRecord> find(String id) {
        return select("WHERE id = ?", List.of(id)).stream().findFirst();
    }

    /** Operations that have not ended, oldest first. */
    List<OperationRecord> unfinished() {
        return select("WHERE ended_at IS NULL ORDER BY created_at, rowid", List.of());
    }

    /** Operations, newest first. */
    List<OperationRecord> list(OperationFilter filter) {
        List<String> conditions = new ArrayList<>();
        List<Object> values = new ArrayList<>();
        filter.moduleId().ifPresent(id -> {
            conditions.add("module_id = ?");
            values.add(id);
        });
        filter.status().ifPresent(status -> {
            conditions.add("status = ?");
            values.add(status.wire());
        });
        values.add(filter.limit());
        String where = conditions.isEmpty() ? "" : "WHERE " + String.join(" AND ", conditions);
        return select(where + " ORDER BY created_at DESC, rowid DESC LIMIT ?", values);
    }

    private List<OperationRecord> select(String clause, List<?> values) {
        return database.read(connection -> {
            try (PreparedStatement statement = connection.prepareStatement("SELECT * FROM operation " + clause)) {
                for (int i = 0; i < values.size(); i++) {
                    statement.setObject(i + 1, values.get(i));
                }
                List<OperationRecord> found = new ArrayList<>();
                try (ResultSet row = statement.executeQuery()) {
                    while (row.next()) {
                        found.add(recordOf(connection, row));
                    }
                }
                return found;
            }
        });
    }

    private OperationRecord recordOf(Connection connection, ResultSet row) throws SQLException {
        String id = row.getString("id");
        Operation operation = new Operation(
                id,
                Operation.Kind.valueOf(constant(row.getString("kind"))),
                row.getString("module_id"),
                new Operation.Origin(
                        row.getString("cause"),
                        row.getString("created_by"),
                        Instant.ofEpochMilli(row.getLong("created_at"))),
                new Operation.Progress(
                        Operation.Status.valueOf(constant(row.getString("status"))),
                        stepsOf(connection, id),
                        instant(row, "started_at"),
                        Instant.ofEpochMilli(row.getLong("deadline")),
                        instant(row, "ended_at"),
                        row.getInt("cancel_requested") == 1,
                        Optional.ofNullable(row.getString("problem")).map(text -> json.read(text, Problem.class))));
        return new OperationRecord(
                operation,
                json.read(row.getString("request"), OperationRequest.class),
                json.read(row.getString("context"), Memory.class).values(),
                row.getInt("undoing") == 1);
    }

    private static List<StepProgress> stepsOf(Connection connection, String id) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT * FROM operation_step WHERE operation_id = ? ORDER BY position")) {
            statement.setString(1, id);
            List<StepProgress> steps = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    steps.add(new StepProgress(
                            row.getString("step_id"),
                            row.getString("title"),
                            StepStatus.valueOf(constant(row.getString("status"))),
                            row.getInt("percent"),
                            instant(row, "started_at"),
                            instant(row, "ended_at"),
                            row.getString("detail")));
                }
            }
            return steps;
        }
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }

    private static String constant(String wire) {
        return wire.toUpperCase(Locale.ROOT);
    }

    /** What an operation's steps remembered, as it is stored. */
    private record Memory(@JsonProperty("values") Map<String, String> values) {}
}
