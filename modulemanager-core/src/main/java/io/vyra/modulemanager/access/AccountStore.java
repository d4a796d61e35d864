package io.vyra.modulemanager.access;

import io.vyra.modulemanager.state.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The table of accounts. Thread-safe like the database. */
final class AccountStore {
    private static final String COLUMNS = "username, role, must_change_password, created_at, password_hash";

    private final Database database;

    AccountStore(Database database) {
        this.database = database;
    }

    /** An account with the hash that must not leave this package. */
    record Stored(Account account, String passwordHash) {}

    List<Stored> all() {
        return database.read(connection -> select(connection, "ORDER BY username", Optional.empty()));
    }

    Optional<Stored> find(String username) {
        return database.read(connection -> select(connection, "WHERE username = ?", Optional.of(username)).stream()
                .findFirst());
    }

    private static List<Stored> select(Connection connection, String rest, Optional<String> username)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT " + COLUMNS + " FROM account " + rest)) {
            if (username.isPresent()) {
                statement.setString(1, username.get());
            }
            List<Stored> accounts = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    Account account = new Account(
                            row.getString(1),
                            Role.valueOf(row.getString(2).toUpperCase(Locale.ROOT)),
                            row.getBoolean(3),
                            Instant.ofEpochMilli(row.getLong(4)));
                    accounts.add(new Stored(account, row.getString(5)));
                }
            }
            return accounts;
        }
    }

    /** Adds the account; false when the name is taken. */
    boolean insert(Account account, String passwordHash) {
        return database.write(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(
                    "INSERT INTO account (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?) ON CONFLICT (username) DO NOTHING")) {
                statement.setString(1, account.username());
                statement.setString(2, account.role().wire());
                statement.setBoolean(3, account.mustChangePassword());
                statement.setLong(4, account.createdAt().toEpochMilli());
                statement.setString(5, passwordHash);
                return statement.executeUpdate() == 1;
            }
        });
    }

    void update(Stored stored) {
        database.write(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(
                    "UPDATE account SET role = ?, must_change_password = ?, password_hash = ? WHERE username = ?")) {
                statement.setString(1, stored.account().role().wire());
                statement.setBoolean(2, stored.account().mustChangePassword());
                statement.setString(3, stored.passwordHash());
                statement.setString(4, stored.account().username());
                return statement.executeUpdate();
            }
        });
    }

    void delete(String username) {
        database.write(connection -> {
            try (PreparedStatement statement = connection.prepareStatement("DELETE FROM account WHERE username = ?")) {
                statement.setString(1, username);
                return statement.executeUpdate();
            }
        });
    }
}
