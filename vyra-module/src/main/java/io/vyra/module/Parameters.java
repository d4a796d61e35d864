package io.vyra.module;

import io.vyra.module.json.JsonObject;
import io.vyra.module.json.MalformedJsonException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * A module's parameters. Thread-safe.
 *
 * <p>They are kept in {@code parameters.json} of the module's storage: a change is on the disk before it is answered. A file that cannot be
 * read, and values in it that a parameter does not take, are left aside and told of, so that a module starts with what it knows.
 */
public final class Parameters {
    private final Path file;
    private final Map<String, Parameter> known = new LinkedHashMap<>();
    private final Map<String, Object> values = new LinkedHashMap<>();
    private final BiConsumer<String, Object> changed;

    Parameters(Path storage, List<Parameter> parameters, BiConsumer<String, Object> changed) {
        this.file = storage.resolve("parameters.json");
        this.changed = changed;
        for (Parameter parameter : parameters) {
            Optional<String> objection = parameter.objection(
                    JsonObject.of("value", parameter.initial()).get("value"));
            if (objection.isPresent() || known.put(parameter.key(), parameter) != null) {
                throw new IllegalArgumentException(
                        objection.orElse("parameter '" + parameter.key() + "' is there twice"));
            }
            values.put(
                    parameter.key(), JsonObject.of("value", parameter.initial()).get("value"));
        }
    }

    /** Takes what was kept; what of it cannot be used, in words. */
    synchronized List<String> load() {
        if (!Files.exists(file)) {
            return List.of();
        }
        try {
            JsonObject kept = JsonObject.parse(Files.readString(file));
            return kept.members().entrySet().stream()
                    .map(member -> take(member.getKey(), member.getValue()))
                    .flatMap(Optional::stream)
                    .toList();
        } catch (IOException | MalformedJsonException e) {
            return List.of(file + " cannot be used, the initial values count: " + e.getMessage());
        }
    }

    private Optional<String> take(String key, Object value) {
        Parameter parameter = known.get(key);
        // One of an older version of the module.
        if (parameter == null) {
            return Optional.empty();
        }
        Optional<String> objection = parameter.objection(value);
        if (objection.isEmpty()) {
            values.put(key, value);
        }
        return objection;
    }

    /** All values by key. */
    public synchronized JsonObject all() {
        return JsonObject.of(values);
    }

    public synchronized boolean has(String key) {
        return values.containsKey(key);
    }

    /**
     * @throws IllegalArgumentException when there is no such parameter
     */
    public synchronized Object get(String key) {
        if (!values.containsKey(key)) {
            throw new IllegalArgumentException("There is no parameter '" + key + "'");
        }
        return values.get(key);
    }

    public double number(String key) {
        return ((Number) get(key)).doubleValue();
    }

    public long whole(String key) {
        return (Long) get(key);
    }

    public String text(String key) {
        return (String) get(key);
    }

    public boolean truth(String key) {
        return (Boolean) get(key);
    }

    /**
     * Sets a value, and keeps it.
     *
     * @throws IllegalArgumentException when the parameter does not take it; nothing changed
     * @throws UncheckedIOException when it cannot be kept; nothing changed
     */
    public void set(String key, Object value) {
        Object normal = JsonObject.of("value", value).get("value");
        synchronized (this) {
            Parameter parameter = known.get(key);
            if (parameter == null) {
                throw new IllegalArgumentException("There is no parameter '" + key + "'");
            }
            parameter.objection(normal).ifPresent(objection -> {
                throw new IllegalArgumentException(objection);
            });
            Map<String, Object> next = new LinkedHashMap<>(values);
            next.put(key, normal);
            keep(JsonObject.of(next));
            values.put(key, normal);
        }
        changed.accept(key, normal);
    }

    private void keep(JsonObject all) {
        Path fresh = file.resolveSibling("parameters.json.new");
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            try (FileChannel channel = FileChannel.open(
                    fresh, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
                ByteBuffer bytes = ByteBuffer.wrap(all.toString().getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("The parameters cannot be kept in " + file, e);
        }
    }

    /** What there is, for the list of the module's interfaces. */
    List<JsonObject> described() {
        return known.values().stream()
                .map(it -> JsonObject.of("name", it.key())
                        .with("type", it.type().wire())
                        .with("default", it.initial())
                        .with("min", it.least())
                        .with("max", it.most())
                        .with("choices", it.choices())
                        .with("description", it.description()))
                .toList();
    }
}
