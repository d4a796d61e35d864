package io.vyra.modulemanager.bus;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.state.Database;
import io.vyra.modulemanager.state.StateJson;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What was changed of modules' parameters: durable; the last {@value #KEPT} changes of each module. Thread-safe. */
public final class ParameterHistory {
    static final int KEPT = 200;

    private final Database database;
    private final StateJson json;

    public ParameterHistory(Database database, StateJson json) {
        this.database = database;
        this.json = json;
    }

    /**
     * Records a change.
     *
     * @return its id
     */
    long record(ModuleId module, Instant at, String author, ObjectNode before, ObjectNode after) {
        return database.write(connection -> {
            try (PreparedStatement insert = connection.prepareStatement("""
                            INSERT INTO parameter_change (module_id, at, author, before_values, after_values)
                            VALUES (?, ?, ?, ?, ?)""", Statement.RETURN_GENERATED_KEYS);
                    PreparedStatement prune = connection.prepareStatement("""
                            DELETE FROM parameter_change WHERE module_id = ?1 AND id <= (
                                SELECT id FROM parameter_change WHERE module_id = ?1 ORDER BY id DESC LIMIT 1 OFFSET ?2)""")) {
                insert.setString(1, module.toString());
                insert.setLong(2, at.toEpochMilli());
                insert.setString(3, author);
                insert.setString(4, json.write(before));
                insert.setString(5, json.write(after));
                insert.executeUpdate();
                prune.setString(1, module.toString());
                prune.setInt(2, KEPT);
                prune.executeUpdate();
                try (ResultSet keys = insert.getGeneratedKeys()) {
                    keys.next();
                    return keys.getLong(1);
                }
            }
        });
    }

    /** Takes back the record of a change that was not made after all. */
    void withdraw(long id) {
        database.write(connection -> {
            try (PreparedStatement delete = connection.prepareStatement("DELETE FROM parameter_change WHERE id = ?")) {
                delete.setLong(1, id);
                return delete.executeUpdate();
            }
        });
    }

    /** Changes of a module, newest first, at most {@code limit}. */
    public List<ParameterChange> changes(ModuleId module, int limit) {
        return database.read(connection -> {
            try (PreparedStatement statement = connection.prepareStatement("""
                    SELECT id, at, author, before_values, after_values FROM parameter_change
                    WHERE module_id = ? ORDER BY id DESC LIMIT ?""")) {
                statement.setString(1, module.toString());
                statement.setInt(2, limit);
                List<ParameterChange> found = new ArrayList<>();
                try (ResultSet row = statement.executeQuery()) {
                    while (row.next()) {
                        found.add(new ParameterChange(
                                row.getLong("id"),
                                Instant.ofEpochMilli(row.getLong("at")),
                                row.getString("author"),
                                json.read(row.getString("before_values"), ObjectNode.class),
                                json.read(row.getString("after_values"), ObjectNode.class)));
                    }
                }
                return found;
            }
        });
    }

    /** Forgets a removed module. */
    public void forget(ModuleId module) {
        database.write(connection -> {
            try (PreparedStatement statement =
                    connection.prepareStatement("DELETE FROM parameter_change WHERE module_id = ?")) {
                statement.setString(1, module.toString());
                return statement.executeUpdate();
            }
        });
    }
}
