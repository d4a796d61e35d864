package io.vyra.modulemanager.access;

import io.vyra.modulemanager.state.Database;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The table of sessions. Thread-safe like the database. */
final class SessionStore {
    private final Database database;

    SessionStore(Database database) {
        this.database = database;
    }

    /** All sessions that have not expired, oldest first; expired ones are deleted. */
    List<Session> load(Instant now) {
        return database.write(connection -> {
            try (PreparedStatement delete = connection.prepareStatement("DELETE FROM session WHERE expires_at <= ?")) {
                delete.setLong(1, now.toEpochMilli());
                delete.executeUpdate();
            }
            List<Session> sessions = new ArrayList<>();
            try (PreparedStatement select = connection.prepareStatement("""
                            SELECT s.token_hash, s.created_at, s.expires_at, a.username, a.role, a.must_change_password,
                                   a.created_at
                            FROM session s JOIN account a USING (username) ORDER BY s.created_at
                            """);
                    ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    Account account = new Account(
                            row.getString(4),
                            Role.valueOf(row.getString(5).toUpperCase(Locale.ROOT)),
                            row.getBoolean(6),
                            Instant.ofEpochMilli(row.getLong(7)));
                    sessions.add(new Session(
                            row.getString(1),
                            account,
                            Instant.ofEpochMilli(row.getLong(2)),
                            Instant.ofEpochMilli(row.getLong(3))));
                }
            }
            return sessions;
        });
    }

    void insert(Session session) {
        database.write(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(
                    "INSERT INTO session (token_hash, username, created_at, expires_at) VALUES (?, ?, ?, ?)")) {
                statement.setString(1, session.id());
                statement.setString(2, session.account().username());
                statement.setLong(3, session.createdAt().toEpochMilli());
                statement.setLong(4, session.expiresAt().toEpochMilli());
                return statement.executeUpdate();
            }
        });
    }

    void delete(List<Session> sessions) {
        if (sessions.isEmpty()) {
            return;
        }
        database.write(connection -> {
            try (PreparedStatement statement =
                    connection.prepareStatement("DELETE FROM session WHERE token_hash = ?")) {
                for (Session session : sessions) {
                    statement.setString(1, session.id());
                    statement.addBatch();
                }
                return statement.executeBatch();
            }
        });
    }
}
