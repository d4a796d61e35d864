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
 * restart of the manager keeps its token. A second one, beside it, is for a new version that runs while the old one still does; it is good
 * for everything but the bus, where a module's name is there once.
 *
 * <p>Thread-safe.
 */
public final class ModuleTokens {
    private final Database database;
    private final InstantSource clock;
    private final SecureRandom random;
    private final Map<String, ModuleId> byHash = new ConcurrentHashMap<>();
    private final BesideTokens beside;

    public ModuleTokens(Database database, InstantSource clock, SecureRandom random) {
        this.database = database;
        this.clock = clock;
        this.random = random;
        this.beside = new BesideTokens(database);
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

    /**
     * A token for a launch beside the module's own, whose token stays good.
     *
     * @param generation of the launch that gets it
     */
    public synchronized String issueBeside(ModuleId module, long generation) {
        String token = Token.random(Token.MODULE, random);
        beside.put(module, generation, Token.hash(token), clock.millis());
        return token;
    }

    /**
     * There is one launch of the module again. Where it is the one that got the token beside, that is the module's token from now on;
     * otherwise that token is void. Idempotent.
     */
    public synchronized void settle(ModuleId module, long generation) {
        Optional<String> hash = beside.of(module, generation);
        if (hash.isEmpty()) {
            beside.drop(module);
            return;
        }
        beside.becomeOwn(module);
        byHash.put(hash.get(), module);
        byHash.entrySet()
                .removeIf(entry ->
                        entry.getValue().equals(module) && !entry.getKey().equals(hash.get()));
        beside.forget(module);
    }

    /** The module this token belongs to. */
    public Optional<ModuleId> verify(String token) {
        if (!Token.isPlausible(token, Token.MODULE)) {
            return Optional.empty();
        }
        String hash = Token.hash(token);
        // In this order: on its way from the one to the other a token is in both.
        return beside.find(hash).or(() -> Optional.ofNullable(byHash.get(hash)));
    }

    /**
     * The password that goes with a token, for buses whose handshake needs to know the password itself: the lower-case hexadecimal
     * SHA-256 of the token. So a module can compute it, and the manager still never stores a token.
     */
    public static String busPassword(String token) {
        return Token.hash(token);
    }

    /** The {@linkplain #busPassword password} of a module that has a token; not of one beside it. */
    public synchronized Optional<String> busPasswordOf(ModuleId module) {
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
        beside.drop(module);
    }
}
