package io.vyra.modulemanager.access;

import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.state.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Tokens of launches beside a module's own, at most one for each module, by their hashes. Reading is thread-safe; its owner orders the writing. */
final class BesideTokens {
    private final Database database;
    private final Map<ModuleId, Issued> issued = new ConcurrentHashMap<>();

    private record Issued(long generation, String hash) {}

    BesideTokens(Database database) {
        this.database = database;
        issued.putAll(database.read(BesideTokens::load));
    }

    private static Map<ModuleId, Issued> load(Connection connection) throws SQLException {
        Map<ModuleId, Issued> found = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(
                        "SELECT module_id, generation, token_hash FROM module_token_beside");
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                Issued token = new Issued(row.getLong(2), row.getString(3));
                ModuleId.parse(row.getString(1)).ifPresent(module -> found.put(module, token));
            }
        }
        return found;
    }

    Optional<ModuleId> find(String hash) {
        return issued.entrySet().stream()
                .filter(entry -> entry.getValue().hash().equals(hash))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** Takes the place of the one there was. */
    void put(ModuleId module, long generation, String hash, long at) {
        database.write(connection -> {
            try (PreparedStatement statement = connection.prepareStatement("""
                    INSERT OR REPLACE INTO module_token_beside (module_id, generation, token_hash, issued_at)
                    VALUES (?, ?, ?, ?)""")) {
                statement.setString(1, module.toString());
                statement.setLong(2, generation);
                statement.setString(3, hash);
                statement.setLong(4, at);
                return statement.executeUpdate();
            }
        });
        issued.put(module, new Issued(generation, hash));
    }

    /** The hash of the token of this launch; empty when the one there is belongs to another launch. */
    Optional<String> of(ModuleId module, long generation) {
        return Optional.ofNullable(issued.get(module))
                .filter(token -> token.generation() == generation)
                .map(Issued::hash);
    }

    /** Makes durable that the token is the module's own from now on. It is found here until it is {@linkplain #forget forgotten}. */
    void becomeOwn(ModuleId module) {
        database.write(connection -> {
            try (PreparedStatement move = connection.prepareStatement("""
                    INSERT OR REPLACE INTO module_token (module_id, token_hash, issued_at)
                    SELECT module_id, token_hash, issued_at FROM module_token_beside WHERE module_id = ?""")) {
                move.setString(1, module.toString());
                move.executeUpdate();
            }
            return delete(connection, module);
        });
    }

    /** What is durable is so already. */
    void forget(ModuleId module) {
        issued.remove(module);
    }

    void drop(ModuleId module) {
        if (issued.containsKey(module)) {
            database.write(connection -> delete(connection, module));
            issued.remove(module);
        }
    }

    private static int delete(Connection connection, ModuleId module) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("DELETE FROM module_token_beside WHERE module_id = ?")) {
            statement.setString(1, module.toString());
            return statement.executeUpdate();
        }
    }
}
