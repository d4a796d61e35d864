package io.vyra.modulemanager.access;

import io.vyra.modulemanager.state.Database;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Logins that are valid now. Durable; kept in memory too, so that checking a token touches no disk.
 *
 * <p>Thread-safe. A user has at most {@value #MAX_PER_USER} sessions; the oldest gives way. A session lasts 12 hours and is not
 * prolonged.
 */
public final class Sessions {
    static final Duration LIFETIME = Duration.ofHours(12);
    static final int MAX_PER_USER = 20;

    private final SessionStore store;
    private final InstantSource clock;
    private final SecureRandom random;
    private final Map<String, Session> byId = new ConcurrentHashMap<>();
    private final List<Consumer<Session>> endListeners = new CopyOnWriteArrayList<>();

    public Sessions(Database database, InstantSource clock, SecureRandom random) {
        this.store = new SessionStore(database);
        this.clock = clock;
        this.random = random;
        for (Session session : store.load(clock.instant())) {
            byId.put(session.id(), session);
        }
    }

    /**
     * A new session with its token, which is told once and never stored.
     *
     * @param token for the client only; not for logs
     */
    public record Opened(String token, Session session) {
        @Override
        public String toString() {
            return "Opened[" + session + "]";
        }
    }

    public synchronized Opened open(Account account) {
        Instant now = clock.instant();
        end(session -> !session.expiresAt().isAfter(now));
        List<Session> own = byId.values().stream()
                .filter(session -> session.account().username().equals(account.username()))
                .sorted(Comparator.comparing(Session::createdAt))
                .toList();
        List<Session> surplus = own.subList(0, Math.max(0, own.size() - MAX_PER_USER + 1));
        end(surplus::contains);
        String token = Token.random(Token.SESSION, random);
        Session session = new Session(Token.hash(token), account, now, now.plus(LIFETIME));
        store.insert(session);
        byId.put(session.id(), session);
        return new Opened(token, session);
    }

    /** The session of this token; empty when there is none, or it has ended or expired. */
    public Optional<Session> find(String token) {
        return Token.isPlausible(token, Token.SESSION) ? live(byId.get(Token.hash(token))) : Optional.empty();
    }

    /** Whether the session still holds; streams ask this from time to time. */
    public boolean isLive(Session session) {
        return live(byId.get(session.id())).isPresent();
    }

    private Optional<Session> live(Session session) {
        return Optional.ofNullable(session).filter(found -> found.expiresAt().isAfter(clock.instant()));
    }

    public synchronized void end(Session session) {
        end(session::equals);
    }

    /** Ends all sessions of a user. */
    public synchronized void endAll(String username) {
        end(session -> session.account().username().equals(username));
    }

    private void end(Predicate<Session> which) {
        List<Session> ended = byId.values().stream().filter(which).toList();
        ended.forEach(session -> byId.remove(session.id()));
        store.delete(ended);
        for (Session session : ended) {
            endListeners.forEach(listener -> listener.accept(session));
        }
    }

    /** Calls the listener, on the thread that ended it, for every session that ends otherwise than by its expiry. */
    public void onEnd(Consumer<Session> listener) {
        endListeners.add(listener);
    }
}
