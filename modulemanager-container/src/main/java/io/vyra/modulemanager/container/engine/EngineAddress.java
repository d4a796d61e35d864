package io.vyra.modulemanager.container.engine;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Where an engine is.
 *
 * @param uri {@code unix:///path} or {@code tcp://host:port}
 */
public record EngineAddress(URI uri) {
    public EngineAddress {
        boolean isSocket = "unix".equals(uri.getScheme())
                && uri.getPath() != null
                && uri.getPath().startsWith("/");
        boolean isRemote = "tcp".equals(uri.getScheme()) && uri.getHost() != null && uri.getPort() > 0;
        if (!isSocket && !isRemote) {
            throw new IllegalArgumentException(
                    "the engine's address must be unix:///path or tcp://host:port but is '" + uri + "'");
        }
    }

    public static EngineAddress of(String text) {
        try {
            return new EngineAddress(URI.create(text));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "the engine's address must be unix:///path or tcp://host:port but is '" + text + "'", e);
        }
    }

    /** Whether processes of containers are processes of this machine. */
    public boolean isLocal() {
        return "unix".equals(uri.getScheme());
    }

    /**
     * The first engine that is there, as Docker's and Podman's own programs look for theirs.
     *
     * @param environment {@code DOCKER_HOST} and {@code CONTAINER_HOST} win over the usual places
     * @param exists      whether there is a file
     */
    public static Optional<EngineAddress> find(Map<String, String> environment, Predicate<Path> exists) {
        for (String variable : List.of("DOCKER_HOST", "CONTAINER_HOST")) {
            String value = environment.getOrDefault(variable, "");
            if (!value.isBlank()) {
                return Optional.of(of(value.strip()));
            }
        }
        return places(environment).stream().filter(exists).findFirst().map(path -> of("unix://" + path));
    }

    /** Where sockets usually are; those of the user before those of the machine. */
    public static List<Path> places(Map<String, String> environment) {
        List<Path> places = new ArrayList<>();
        String own = environment.getOrDefault("XDG_RUNTIME_DIR", "");
        if (own.startsWith("/")) {
            places.add(Path.of(own, "docker.sock"));
            places.add(Path.of(own, "podman", "podman.sock"));
        }
        places.add(Path.of("/var/run/docker.sock"));
        places.add(Path.of("/run/podman/podman.sock"));
        return places;
    }

    @Override
    public String toString() {
        return uri.toString();
    }
}
