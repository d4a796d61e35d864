package io.vyra.modulemanager.container;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vyra.modulemanager.container.ContainerRecord.LogPlace;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.store.DiskSync;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * One small file for each module that was launched in a container. It is durable before the engine is asked for anything, so a manager that
 * starts again knows without an engine which modules may have a container. Thread-safe for different modules.
 */
final class ContainerRecords {
    private static final Logger LOG = Logger.getLogger(ContainerRecords.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_NOTES = 8;
    private static final String SUFFIX = ".json";
    private static final String BESIDE = "beside";

    private final Path folder;
    private final DiskSync sync;

    /** @param folder created when missing */
    ContainerRecords(Path folder, DiskSync sync) {
        this.folder = folder;
        this.sync = sync;
        try {
            Files.createDirectories(folder);
            sync.folder(folder.getParent());
        } catch (IOException e) {
            throw new UncheckedIOException("the folder " + folder + " for records of containers cannot be created", e);
        }
    }

    private Path file(ModuleId module) {
        return folder.resolve(module + SUFFIX);
    }

    /** Empty when there is none, and when what is there is damaged: then nothing of it is known. */
    Optional<ContainerRecord> find(ModuleId module) {
        try {
            JsonNode json = JSON.readTree(Files.readAllBytes(file(module)));
            JsonNode started = json.path("started_at_ms");
            List<String> notes = new ArrayList<>();
            json.path("notes").forEach(note -> notes.add(note.asText()));
            return json.path("generation").isIntegralNumber()
                    ? Optional.of(new ContainerRecord(
                            module,
                            json.path("generation").longValue(),
                            Optional.ofNullable(json.path("container").textValue()),
                            started.isIntegralNumber()
                                    ? Optional.of(Instant.ofEpochMilli(started.longValue()))
                                    : Optional.empty(),
                            notes,
                            json.path("log").asText().equals(BESIDE) ? LogPlace.BESIDE : LogPlace.OWN))
                    : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            LOG.warnf("record of a container is damaged file=%s cause=%s", file(module), e.getOriginalMessage());
            return Optional.of(ContainerRecord.intended(module, 0, LogPlace.OWN));
        } catch (IOException e) {
            throw new UncheckedIOException("the record " + file(module) + " cannot be read", e);
        }
    }

    /** The modules there is a record of. */
    List<ModuleId> all() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(SUFFIX))
                    .flatMap(name -> ModuleId.parse(name.substring(0, name.length() - SUFFIX.length())).stream())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("the folder " + folder + " with records of containers cannot be read", e);
        }
    }

    /** Durable when this returns. */
    void put(ContainerRecord record) {
        ObjectNode json = JSON.createObjectNode().put("generation", record.generation());
        record.container().ifPresent(id -> json.put("container", id));
        record.startedAt().ifPresent(at -> json.put("started_at_ms", at.toEpochMilli()));
        if (record.log() == LogPlace.BESIDE) {
            json.put("log", BESIDE);
        }
        ArrayNode notes = json.putArray("notes");
        record.notes().stream().limit(MOST_NOTES).forEach(notes::add);
        Path file = file(record.module());
        Path partial = file.resolveSibling(file.getFileName() + ".partial");
        try {
            Files.write(partial, JSON.writeValueAsBytes(json));
            sync.file(partial);
            Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
            sync.folder(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("the record " + file + " cannot be written", e);
        }
    }

    void delete(ModuleId module) {
        try {
            Files.deleteIfExists(file(module));
        } catch (IOException e) {
            throw new UncheckedIOException("the record " + file(module) + " cannot be deleted", e);
        }
    }
}
