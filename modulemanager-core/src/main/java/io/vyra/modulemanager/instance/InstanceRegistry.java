package io.vyra.modulemanager.instance;

import io.vyra.modulemanager.instance.InstanceRecord.Launches;
import io.vyra.modulemanager.instance.InstanceRecord.Settings;
import io.vyra.modulemanager.instance.InstanceRecord.Versions;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import io.vyra.modulemanager.state.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.UnaryOperator;

/**
 * Installed modules, written through to the database and read from memory.
 *
 * <p>Thread-safe: each change is one transaction, and memory follows only after the commit, so that what a reader sees is on the
 * disk.
 */
public final class InstanceRegistry {
    private static final String INSERT = """
            INSERT INTO module (module_id, name, alias, desired_state, current_version, previous_version, is_primary, pinned,
                generation, launch, revision, restarts, installed_at, launched)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)""";
    private static final String UPDATE = """
            UPDATE module SET name = ?2, alias = ?3, desired_state = ?4, current_version = ?5, previous_version = ?6,
                is_primary = ?7, pinned = ?8, generation = ?9, launch = ?10, revision = ?11, restarts = ?12, installed_at = ?13,
                launched = ?14
            WHERE module_id = ?1""";

    private final Database database;
    private final ConcurrentSkipListMap<ModuleId, InstanceRecord> records = new ConcurrentSkipListMap<>();
    private final Object changes = new Object();

    public InstanceRegistry(Database database) {
        this.database = database;
        for (InstanceRecord record : database.read(InstanceRegistry::load)) {
            records.put(record.id(), record);
        }
    }

    public List<InstanceRecord> all() {
        return List.copyOf(records.values());
    }

    public Optional<InstanceRecord> find(ModuleId id) {
        return Optional.ofNullable(records.get(id));
    }

    /** @throws ProblemException {@code MODULE_NOT_FOUND} */
    public InstanceRecord require(ModuleId id) {
        return find(id).orElseThrow(() -> notFound(id.toString()));
    }

    /**
     * Finds an instance by full id, or by an alias or name that means only one instance.
     *
     * @throws ProblemException {@code MODULE_NOT_FOUND} or {@code AMBIGUOUS_MODULE}
     */
    public InstanceRecord resolve(String reference) {
        Optional<InstanceRecord> byId = ModuleId.parse(reference).flatMap(this::find);
        if (byId.isPresent()) {
            return byId.get();
        }
        List<InstanceRecord> meant = records.values().stream()
                .filter(record -> answersTo(record, reference))
                .toList();
        if (meant.size() > 1) {
            throw new ProblemException(
                    ProblemType.AMBIGUOUS_MODULE,
                    "'" + reference + "' is the name or alias of " + meant.size() + " instances: "
                            + String.join(
                                    ", ",
                                    meant.stream()
                                            .map(record -> record.id().toString())
                                            .toList())
                            + ". Use one of these identifiers.");
        }
        if (meant.isEmpty()) {
            throw notFound(reference);
        }
        return meant.getFirst();
    }

    /** Whether a name or alias means this instance. */
    public static boolean answersTo(InstanceRecord record, String reference) {
        return record.id().name().equals(reference)
                || record.settings().alias().filter(reference::equals).isPresent();
    }

    public Optional<InstanceRecord> findByAlias(String alias) {
        return records.values().stream()
                .filter(record ->
                        record.settings().alias().filter(alias::equals).isPresent())
                .findFirst();
    }

    private static ProblemException notFound(String reference) {
        return new ProblemException(
                ProblemType.MODULE_NOT_FOUND,
                "No installed module has the id, alias or name '" + reference + "'. GET /api/v1/modules lists them.");
    }

    /** Adds an instance without an alias; does nothing when it exists. */
    public void insert(ModuleId id, Desired desired, Instant at) {
        insert(id, desired, Optional.empty(), at);
    }

    /**
     * Adds an instance; does nothing when it exists, so that a resumed step may repeat it.
     *
     * @param alias the one its manifest proposes; left out when another instance has it
     */
    public void insert(ModuleId id, Desired desired, Optional<String> alias, Instant at) {
        synchronized (changes) {
            if (records.containsKey(id)) {
                return;
            }
            boolean first =
                    records.keySet().stream().noneMatch(other -> other.name().equals(id.name()));
            InstanceRecord fresh = InstanceRecord.fresh(id, desired, first, at);
            InstanceRecord record = fresh.with(fresh.settings()
                    .withAlias(alias.filter(it -> records.values().stream().noneMatch(other -> answersTo(other, it)))));
            database.write(connection -> {
                write(connection, INSERT, record);
                return null;
            });
            records.put(id, record);
        }
    }

    /**
     * Changes an instance in one transaction and counts up its revision.
     *
     * @throws ProblemException {@code MODULE_NOT_FOUND}
     */
    public InstanceRecord update(ModuleId id, UnaryOperator<InstanceRecord> change) {
        synchronized (changes) {
            InstanceRecord before = require(id);
            InstanceRecord after = change.apply(before);
            if (after.equals(before)) {
                return before;
            }
            InstanceRecord counted = after.withRevision(before.revision() + 1);
            database.write(connection -> {
                write(connection, UPDATE, counted);
                return null;
            });
            records.put(id, counted);
            return counted;
        }
    }

    /**
     * Makes the instance the primary one of its name; the others of that name lose the mark, in the same transaction.
     *
     * @throws ProblemException {@code MODULE_NOT_FOUND}
     */
    public void makePrimary(ModuleId id) {
        synchronized (changes) {
            require(id);
            List<InstanceRecord> changed = records.values().stream()
                    .filter(record -> record.id().name().equals(id.name()))
                    .filter(record -> record.settings().primary() != record.id().equals(id))
                    .map(record -> record.with(
                                    record.settings().withPrimary(record.id().equals(id)))
                            .withRevision(record.revision() + 1))
                    .toList();
            database.write(connection -> {
                for (InstanceRecord record : changed) {
                    write(connection, UPDATE, record);
                }
                return null;
            });
            changed.forEach(record -> records.put(record.id(), record));
        }
    }

    /**
     * Removes an instance with its versions; history and exits stay until they are pruned. Where it was the primary one of its name,
     * another instance of that name becomes it. Idempotent.
     */
    public void delete(ModuleId id) {
        synchronized (changes) {
            Optional<InstanceRecord> heir = find(id).filter(
                            record -> record.settings().primary())
                    .flatMap(record -> records.values().stream()
                            .filter(other -> other.id().name().equals(id.name())
                                    && !other.id().equals(id))
                            .findFirst())
                    .map(other -> other.with(other.settings().withPrimary(true)).withRevision(other.revision() + 1));
            database.write(connection -> {
                try (PreparedStatement statement =
                        connection.prepareStatement("DELETE FROM module WHERE module_id = ?")) {
                    statement.setString(1, id.toString());
                    statement.executeUpdate();
                }
                if (heir.isPresent()) {
                    write(connection, UPDATE, heir.get());
                }
                return null;
            });
            records.remove(id);
            heir.ifPresent(record -> records.put(record.id(), record));
        }
    }

    /**
     * Makes the intent to launch durable before the launch.
     *
     * @return the generation to launch
     */
    public long intendLaunch(ModuleId id) {
        return changeLaunches(id, launches -> {
                    long next = launches.launched() + 1;
                    return new Launches(next, true, launches.restarts(), next);
                })
                .generation();
    }

    /**
     * Makes durable that a launch beside the module's own is to come. Which one counts does not change by that, see
     * {@link InstanceRecord#succeededBy}.
     *
     * @return the generation to launch
     */
    public long intendLaunchBeside(ModuleId id) {
        return changeLaunches(
                        id,
                        launches -> new Launches(
                                launches.generation(),
                                launches.intended(),
                                launches.restarts(),
                                launches.launched() + 1))
                .launched();
    }

    /**
     * Notes that a launch of this generation was found alive, whatever was recorded: after a restored backup the runtime may know
     * more than the database.
     */
    public void launchFound(ModuleId id, long generation) {
        changeLaunches(
                id,
                launches -> new Launches(
                        Math.max(generation, launches.generation()), true, launches.restarts(), launches.launched()));
    }

    /** Notes that the launch of this generation has ended and its evidence is recorded. */
    public void launchEnded(ModuleId id, long generation) {
        changeLaunches(
                id,
                launches -> launches.generation() == generation
                        ? new Launches(generation, false, launches.restarts(), launches.launched())
                        : launches);
    }

    public void countRestart(ModuleId id) {
        changeLaunches(
                id,
                launches -> new Launches(
                        launches.generation(), launches.intended(), launches.restarts() + 1, launches.launched()));
    }

    /** Launches are no business of a user's ETag: the revision stays. */
    private Launches changeLaunches(ModuleId id, UnaryOperator<Launches> change) {
        synchronized (changes) {
            InstanceRecord before = require(id);
            Launches after = change.apply(before.launches());
            if (!after.equals(before.launches())) {
                InstanceRecord changed = before.with(after);
                database.write(connection -> {
                    write(connection, UPDATE, changed);
                    return null;
                });
                records.put(id, changed);
            }
            return after;
        }
    }

    private static void write(Connection connection, String sql, InstanceRecord record) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, record.id().toString());
            statement.setString(2, record.id().name());
            statement.setString(3, record.settings().alias().orElse(null));
            statement.setString(4, record.desired().wire());
            statement.setString(5, record.versions().current().orElse(null));
            statement.setString(6, record.versions().previous().orElse(null));
            statement.setInt(7, record.settings().primary() ? 1 : 0);
            statement.setInt(8, record.settings().pinned() ? 1 : 0);
            statement.setLong(9, record.launches().generation());
            statement.setString(10, record.launches().intended() ? "intended" : "none");
            statement.setLong(11, record.revision());
            statement.setLong(12, record.launches().restarts());
            statement.setLong(13, record.installedAt().toEpochMilli());
            statement.setLong(14, record.launches().launched());
            statement.executeUpdate();
        }
    }

    private static List<InstanceRecord> load(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT * FROM module ORDER BY module_id");
                ResultSet row = statement.executeQuery()) {
            List<InstanceRecord> found = new ArrayList<>();
            while (row.next()) {
                found.add(new InstanceRecord(
                        ModuleId.parse(row.getString("module_id")).orElseThrow(),
                        new Settings(
                                Desired.ofWire(row.getString("desired_state")),
                                Optional.ofNullable(row.getString("alias")),
                                row.getInt("is_primary") == 1,
                                row.getInt("pinned") == 1),
                        new Versions(
                                Optional.ofNullable(row.getString("current_version")),
                                Optional.ofNullable(row.getString("previous_version"))),
                        new Launches(
                                row.getLong("generation"),
                                row.getString("launch").equals("intended"),
                                row.getLong("restarts"),
                                row.getLong("launched")),
                        row.getLong("revision"),
                        Instant.ofEpochMilli(row.getLong("installed_at"))));
            }
            return found;
        }
    }
}
