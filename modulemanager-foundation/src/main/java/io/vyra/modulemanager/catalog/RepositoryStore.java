package io.vyra.modulemanager.catalog;

import io.vyra.modulemanager.problem.Problem.FieldError;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import io.vyra.modulemanager.state.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * The configured repositories, durable.
 *
 * <p>Thread-safe: changes go through the database one after the other, reading takes the last committed list without waiting.
 */
public final class RepositoryStore {
    private static final Logger LOG = Logger.getLogger(RepositoryStore.class);
    private static final int MOST_REPOSITORIES = 100;
    private static final Comparator<Repository> ORDER =
            Comparator.comparingInt(Repository::priority).thenComparing(Repository::id);

    private final Database database;
    private volatile List<Repository> repositories;

    public RepositoryStore(Database database) {
        this.database = database;
        this.repositories = database.read(RepositoryStore::readAll);
    }

    /** All of them, the one with the lowest priority number first. */
    public List<Repository> list() {
        return repositories;
    }

    /**
     * @throws ProblemException {@link ProblemType#REPOSITORY_NOT_FOUND}
     */
    public Repository get(String id) {
        return find(id).orElseThrow(() -> notFound(id));
    }

    public Optional<Repository> find(String id) {
        return repositories.stream()
                .filter(repository -> repository.id().equals(id))
                .findFirst();
    }

    /**
     * @throws ProblemException {@link ProblemType#INVALID_REQUEST} naming the fields, {@link ProblemType#CONFLICT} when the id is taken
     */
    public Repository add(Repository wanted) {
        Repository repository = withKey(wanted, wanted.apiKey());
        RepositoryRules.check(repository);
        change(connection -> {
            List<Repository> present = readAll(connection);
            if (present.stream().anyMatch(other -> other.id().equals(repository.id()))) {
                throw new ProblemException(
                        ProblemType.CONFLICT,
                        "A repository with the id '" + repository.id()
                                + "' exists already. Choose another id, or change that one.");
            }
            if (present.size() >= MOST_REPOSITORIES) {
                throw new ProblemException(
                        ProblemType.CONFLICT,
                        "There are " + MOST_REPOSITORIES
                                + " repositories already, which is the limit. Remove one first.");
            }
            insert(connection, repository);
        });
        LOG.infof("Repository added id=%s url=%s", repository.id(), repository.url());
        return repository;
    }

    /**
     * Replaces the repository with the same id.
     *
     * <p>As its key is never shown, {@code apiKey} empty keeps the present one and {@code ""} removes it. A new address needs the
     * key again: otherwise whoever may change an address could have the key sent to a server of their own.
     *
     * @throws ProblemException {@link ProblemType#REPOSITORY_NOT_FOUND} or {@link ProblemType#INVALID_REQUEST}
     */
    public synchronized Repository replace(Repository changed) {
        Repository present = get(changed.id());
        if (changed.apiKey().isEmpty()
                && present.apiKey().isPresent()
                && !present.url().equals(changed.url())) {
            throw new ProblemException(
                    ProblemType.INVALID_REQUEST,
                    "Repository " + changed.id()
                            + " gets a new address, so its API key must be sent again: /api_key with"
                            + " the key, or \"\" to go without.",
                    List.of(new FieldError("/api_key", "must be sent again, or be \"\", when url changes")));
        }
        Repository merged = withKey(changed, changed.apiKey().or(present::apiKey));
        RepositoryRules.check(merged);
        change(connection -> {
            if (delete(connection, merged.id()) == 0) {
                throw notFound(merged.id());
            }
            insert(connection, merged);
        });
        LOG.infof("Repository changed id=%s url=%s enabled=%s", merged.id(), merged.url(), merged.enabled());
        return merged;
    }

    /**
     * Modules installed from it stay as they are.
     *
     * @throws ProblemException {@link ProblemType#REPOSITORY_NOT_FOUND}
     */
    public void remove(String id) {
        change(connection -> {
            if (delete(connection, id) == 0) {
                throw notFound(id);
            }
        });
        LOG.infof("Repository removed id=%s", id);
    }

    private static Repository withKey(Repository repository, Optional<String> key) {
        return new Repository(
                repository.id(),
                repository.name(),
                repository.url(),
                repository.priority(),
                repository.enabled(),
                repository.description(),
                key.filter(text -> !text.isEmpty()),
                repository.certFingerprint());
    }

    private interface Change {
        void apply(Connection connection) throws SQLException;
    }

    private synchronized void change(Change change) {
        repositories = database.write(connection -> {
            change.apply(connection);
            return readAll(connection);
        });
    }

    private static ProblemException notFound(String id) {
        return new ProblemException(
                ProblemType.REPOSITORY_NOT_FOUND,
                "There is no repository with the id '" + id + "'. GET /api/v1/repositories lists them.");
    }

    private static void insert(Connection connection, Repository repository) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                INSERT INTO repository (repository_id, name, url, priority, enabled, description, api_key, cert_fingerprint)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)""")) {
            statement.setString(1, repository.id());
            statement.setString(2, repository.name());
            statement.setString(3, repository.url());
            statement.setInt(4, repository.priority());
            statement.setInt(5, repository.enabled() ? 1 : 0);
            statement.setString(6, repository.description());
            statement.setString(7, repository.apiKey().orElse(null));
            statement.setString(8, repository.certFingerprint().orElse(null));
            statement.executeUpdate();
        }
    }

    private static int delete(Connection connection, String id) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("DELETE FROM repository WHERE repository_id = ?")) {
            statement.setString(1, Objects.requireNonNull(id, "id"));
            return statement.executeUpdate();
        }
    }

    private static List<Repository> readAll(Connection connection) throws SQLException {
        List<Repository> all = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement("SELECT * FROM repository");
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                all.add(new Repository(
                        row.getString("repository_id"),
                        row.getString("name"),
                        row.getString("url"),
                        row.getInt("priority"),
                        row.getInt("enabled") == 1,
                        row.getString("description"),
                        Optional.ofNullable(row.getString("api_key")),
                        Optional.ofNullable(row.getString("cert_fingerprint"))));
            }
        }
        all.sort(ORDER);
        return List.copyOf(all);
    }
}
