package io.vyra.modulemanager.state;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.Optional;
import java.util.function.Supplier;

/** Single durable values that belong to the manager itself. Thread-safe. */
public final class SettingStore {
    private final Database database;

    public SettingStore(Database database) {
        this.database = database;
    }

    public Optional<String> find(String name) {
        return database.read(connection -> {
            try (PreparedStatement statement =
                    connection.prepareStatement("SELECT value FROM setting WHERE name = ?")) {
                statement.setString(1, name);
                try (ResultSet row = statement.executeQuery()) {
                    return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
                }
            }
        });
    }

    /** The value, which is made and kept when there is none yet. */
    public synchronized String findOrMake(String name, Supplier<String> maker) {
        Optional<String> present = find(name);
        if (present.isPresent()) {
            return present.get();
        }
        String made = maker.get();
        database.write(connection -> {
            try (PreparedStatement statement =
                    connection.prepareStatement("INSERT INTO setting (name, value) VALUES (?, ?)")) {
                statement.setString(1, name);
                statement.setString(2, made);
                return statement.executeUpdate();
            }
        });
        return made;
    }
}
