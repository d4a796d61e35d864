package io.vyra.modulemanager.access;

import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.state.Database;
import java.security.SecureRandom;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One token for each module ({@code MM_TOKEN} in its environment), with which it may read itself. Durable: a module that outlives a
 * restart of the manager keeps its token.
 *
 * <p>Thread-safe.
 */
public final class ModuleTokens {
    private final Database database;
    private final InstantSource clock;
    private final SecureRandom random;
    private final Map<String, ModuleId> byHash = new ConcurrentHashMap<>();

    public ModuleTokens(Database database, InstantSource clock, SecureRandom random) {
        this.database = database;
        this.clock = clock;
        this.random = random;
        byHash.putAll(load());
    }

    private Map<String, ModuleId> load() {
        return database.read(connection -> {
            Map<String, ModuleId> tokens = new java.util.HashMap<>();
            try (PreparedStatement statement =
                            connection.prepareStatement("SELECT token_hash, module_id FROM module_token");
                    ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    String hash = row.getString(1);
                    ModuleId.parse(row.getString(2)).ifPresent(module -> tokens.put(hash, module));
                }
            }
            return tokens;
        });
    }

    /** A new token for the module; the one it had before is void. Called for each launch: tokens cannot be read back. */
    public synchronized String issue(ModuleId module) {
        String token = Token.random(Token.MODULE, random);
        String hash = Token.hash(token);
        database.write(connection -> {
            try (PreparedStatement statement = connection.prepareStatement("""
                    INSERT INTO module_token (module_id, token_hash, issued_at) VALUES (?, ?, ?)
                    ON CONFLICT (module_id) DO UPDATE SET token_hash = excluded.token_hash, issued_at = excluded.issued_at
                    """)) {
                statement.setString(1, module.toString());
                statement.setString(2, hash);
                statement.setLong(3, clock.millis());
                return statement.executeUpdate();
            }
        });
        byHash.values().removeIf(module::equals);
        byHash.put(hash, module);
        return token;
    }

    /** The module this token belongs to. */
    public Optional<ModuleId> verify(String token) {
        return Token.isPlausible(token, Token.MODULE)
                ? Optional.ofNullable(byHash.get(Token.hash(token)))
                : Optional.empty();
    }

    /**
     * The password that goes with a token, for buses whose handshake needs to know the password itself: the lower-case hexadecimal
     * SHA-256 of the token. So a module can compute it, and the manager still never stores a token.
     */
    public static String busPassword(String token) {
        return Token.hash(token);
    }

    /** The {@linkplain #busPassword password} of a module that has a token. */
    public Optional<String> busPasswordOf(ModuleId module) {
        return byHash.entrySet().stream()
                .filter(entry -> entry.getValue().equals(module))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** The module's token is void; for when it is removed. */
    public synchronized void revoke(ModuleId module) {
        database.write(connection -> {
            try (PreparedStatement statement =
                    connection.prepareStatement("DELETE FROM module_token WHERE module_id = ?")) {
                statement.setString(1, module.toString());
                return statement.executeUpdate();
            }
        });
        byHash.values().removeIf(module::equals);
    }
}
