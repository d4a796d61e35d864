package io.vyra.modulemanager.instance;

import io.vyra.modulemanager.TransitionView;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.runtime.ExitEvidence;
import io.vyra.modulemanager.state.Database;
import io.vyra.modulemanager.state.StateJson;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What happened to each module: transitions and exits, durable and bounded. Thread-safe.
 *
 * <p>Each module keeps its last {@value #KEPT_TRANSITIONS} transitions and {@value #KEPT_EXITS} exits.
 */
public final class InstanceHistory {
    static final int KEPT_TRANSITIONS = 500;
    static final int KEPT_EXITS = 20;

    private final Database database;
    private final StateJson json;

    public InstanceHistory(Database database, StateJson json) {
        this.database = database;
        this.json = json;
    }

    public void recordTransition(TransitionView transition) {
        database.write(connection -> {
            try (PreparedStatement insert = connection.prepareStatement(
                            "INSERT INTO transition (module_id, at, origin, target, cause) VALUES (?, ?, ?, ?, ?)");
                    PreparedStatement prune = connection.prepareStatement("""
                            DELETE FROM transition WHERE module_id = ?1 AND id <=
                                (SELECT id FROM transition WHERE module_id = ?1 ORDER BY id DESC LIMIT 1 OFFSET ?2)""")) {
                insert.setString(1, transition.moduleId());
                insert.setLong(2, transition.at().toEpochMilli());
                insert.setString(3, transition.from());
                insert.setString(4, transition.to());
                insert.setString(5, transition.cause());
                insert.executeUpdate();
                prune.setString(1, transition.moduleId());
                prune.setInt(2, KEPT_TRANSITIONS);
                return prune.executeUpdate();
            }
        });
    }

    /** Transitions of a module, newest first. */
    public List<TransitionView> transitions(ModuleId id, int limit) {
        return database.read(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(
                    "SELECT at, origin, target, cause FROM transition WHERE module_id = ? ORDER BY id DESC LIMIT ?")) {
                statement.setString(1, id.toString());
                statement.setInt(2, limit);
                List<TransitionView> found = new ArrayList<>();
                try (ResultSet row = statement.executeQuery()) {
                    while (row.next()) {
                        found.add(new TransitionView(
                                id.toString(),
                                Instant.ofEpochMilli(row.getLong("at")),
                                row.getString("origin"),
                                row.getString("target"),
                                row.getString("cause")));
                    }
                }
                return found;
            }
        });
    }

    public void recordExit(ModuleId id, ExitEvidence evidence) {
        String text = json.write(evidence);
        database.write(connection -> {
            try (PreparedStatement insert = connection.prepareStatement(
                            "INSERT INTO exit_record (module_id, at, evidence) VALUES (?, ?, ?)");
                    PreparedStatement prune = connection.prepareStatement("""
                            DELETE FROM exit_record WHERE module_id = ?1 AND id <=
                                (SELECT id FROM exit_record WHERE module_id = ?1 ORDER BY id DESC LIMIT 1 OFFSET ?2)""")) {
                insert.setString(1, id.toString());
                insert.setLong(2, evidence.at().toEpochMilli());
                insert.setString(3, text);
                insert.executeUpdate();
                prune.setString(1, id.toString());
                prune.setInt(2, KEPT_EXITS);
                return prune.executeUpdate();
            }
        });
    }

    /** Exits of a module, newest first. */
    public List<ExitEvidence> exits(ModuleId id, int limit) {
        return database.read(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(
                    "SELECT evidence FROM exit_record WHERE module_id = ? ORDER BY id DESC LIMIT ?")) {
                statement.setString(1, id.toString());
                statement.setInt(2, limit);
                List<ExitEvidence> found = new ArrayList<>();
                try (ResultSet row = statement.executeQuery()) {
                    while (row.next()) {
                        found.add(json.read(row.getString(1), ExitEvidence.class));
                    }
                }
                return found;
            }
        });
    }

    public Optional<ExitEvidence> lastExit(ModuleId id) {
        return exits(id, 1).stream().findFirst();
    }

    /** Forgets a removed module. */
    public void forget(ModuleId id) {
        database.write(connection -> {
            for (String table : List.of("transition", "exit_record")) {
                try (PreparedStatement statement =
                        connection.prepareStatement("DELETE FROM " + table + " WHERE module_id = ?")) {
                    statement.setString(1, id.toString());
                    statement.executeUpdate();
                }
            }
            return null;
        });
    }
}
