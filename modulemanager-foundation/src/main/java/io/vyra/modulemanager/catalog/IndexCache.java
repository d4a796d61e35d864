package io.vyra.modulemanager.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vyra.modulemanager.catalog.RepositoryClient.Validators;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * The last good index of each repository on disk, so that the catalogue works without a network.
 *
 * <p>Per repository a folder with {@code index.json} and {@code state.json} (entity tag, date, time and address it came from). Both
 * are replaced atomically; between the two a crash leaves a new index with an old state, which the recorded SHA-256 reveals, and then
 * nothing conditional is asked. Calls for one repository must not overlap; those for different ones may.
 */
final class IndexCache {
    private static final Logger LOG = Logger.getLogger(IndexCache.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String STATE = "state.json";

    private final Path folder;
    private final long maxBytes;

    /**
     * @param folder {@code <data>/cache/repositories}
     */
    IndexCache(Path folder, long maxBytes) {
        this.folder = folder;
        this.maxBytes = maxBytes;
    }

    /**
     * @param url       as configured; a cached index from another address does not count
     * @param fetchedAt when the server last confirmed it
     */
    // An array on purpose: tens of megabytes that are parsed once.
    @SuppressWarnings("ArrayRecordComponent")
    record Cached(byte[] content, Validators validators, String url, Instant fetchedAt) {}

    /** Empty when there is none for this address, or when it cannot be read: it is only a cache. */
    Optional<Cached> load(Repository repository) {
        Path home = folder.resolve(repository.id());
        try {
            JsonNode state = JSON.readTree(Files.readAllBytes(home.resolve(STATE)));
            if (!state.path("url").asText().equals(repository.url())) {
                return Optional.empty();
            }
            Path index = home.resolve(RepositoryClient.INDEX_NAME);
            if (Files.size(index) > maxBytes) {
                return Optional.empty();
            }
            byte[] content = Files.readAllBytes(index);
            boolean matches = Sha256.of(content).equals(state.path("sha256").asText());
            return Optional.of(new Cached(
                    content,
                    matches ? new Validators(text(state, "etag"), text(state, "last_modified")) : Validators.NONE,
                    repository.url(),
                    Instant.parse(state.path("fetched_at").asText())));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | DateTimeException e) {
            LOG.warnf("Cached index unreadable repository=%s folder=%s cause=%s", repository.id(), home, e);
            return Optional.empty();
        }
    }

    private static Optional<String> text(JsonNode state, String key) {
        return Optional.ofNullable(state.path(key).textValue());
    }

    /** Writes a new index and then what is known of it. */
    void save(String repositoryId, Cached cached) throws IOException {
        Path home = Files.createDirectories(folder.resolve(repositoryId));
        replace(home.resolve(RepositoryClient.INDEX_NAME), cached.content());
        saveState(repositoryId, cached);
    }

    /** Writes what is known of an unchanged index. */
    void saveState(String repositoryId, Cached cached) throws IOException {
        ObjectNode state = JSON.createObjectNode();
        state.put("url", cached.url());
        state.put("fetched_at", cached.fetchedAt().toString());
        state.put("sha256", Sha256.of(cached.content()));
        cached.validators().etag().ifPresent(etag -> state.put("etag", etag));
        cached.validators().lastModified().ifPresent(date -> state.put("last_modified", date));
        replace(folder.resolve(repositoryId).resolve(STATE), JSON.writeValueAsBytes(state));
    }

    private static void replace(Path file, byte[] content) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try (FileChannel channel = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Forgets a repository; nothing happens when there is none. */
    void forget(String repositoryId) {
        Path home = folder.resolve(repositoryId);
        try {
            for (String name : new String[] {
                RepositoryClient.INDEX_NAME, STATE, RepositoryClient.INDEX_NAME + ".new", STATE + ".new"
            }) {
                Files.deleteIfExists(home.resolve(name));
            }
            Files.deleteIfExists(home);
        } catch (IOException e) {
            LOG.warnf("Cached index not deleted repository=%s folder=%s cause=%s", repositoryId, home, e);
        }
    }
}
