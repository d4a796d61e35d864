package io.vyra.modulemanager.container.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Where container engines have their sockets, of those in use and of all others, and whether a mount would show one. Looks at the disk at
 * every question, because sockets and links come and go. Only this machine's disk is known: links of an engine's own machine are not.
 * Thread-safe.
 */
final class EngineSockets {
    private static final Logger LOG = Logger.getLogger(EngineSockets.class);

    private static final Set<String> NAMES =
            Set.of("docker.sock", "podman.sock", "containerd.sock", "crio.sock", "buildkitd.sock");
    /** Below a folder for what lives as long as the machine runs, or a user is there. */
    private static final Set<String> FOLDERS =
            Set.of("docker", "podman", "containerd", "containerd-rootless", "crio", "buildkit", "buildkit-default");

    private static final List<Path> RUNTIME = List.of(Path.of("/run"), Path.of("/var/run"));
    private static final String OF_USERS = "user";
    private static final String NEVER =
            "the container engine's socket or may hold it. No module is given that, whatever is allowed: who has it has the machine.";

    private static final Path PROCESSES = Path.of("/proc");
    /** Linux follows no more of them, either (path_resolution(7)). */
    private static final int MOST_LINKS = 40;

    private final Set<Path> known;

    /** @param known sockets beside the usual ones */
    EngineSockets(Set<Path> known) {
        Set<Path> all = new HashSet<>(known);
        for (Path folder : RUNTIME) {
            all.add(folder.resolve("docker.sock"));
            all.add(folder.resolve("podman/podman.sock"));
            all.add(folder.resolve("containerd/containerd.sock"));
            all.add(folder.resolve("docker/containerd/containerd.sock"));
            all.add(folder.resolve("crio/crio.sock"));
            all.add(folder.resolve("buildkit/buildkitd.sock"));
        }
        this.known = Set.copyOf(all);
    }

    /** Why a module must not be given this path, as the end of a sentence that begins with it; empty when it may. */
    Optional<String> objection(String source) {
        Path asked = Path.of(source);
        if (isAbove(asked.normalize())) {
            return Optional.of("which holds " + NEVER);
        }
        // Engines take ".." out before they follow links, or after it.
        for (Path path : List.of(asked, asked.normalize())) {
            Optional<Path> real = real(path, MOST_LINKS);
            if (real.isEmpty()) {
                return Optional.of(
                        "which the module manager cannot follow to its end, so it may lead to the container engine's socket. Let"
                                + " the manager's user enter the folders on the way.");
            }
            if (isAbove(real.get()) || isAnotherName(real.get())) {
                String way = real.get().equals(path) ? "" : "is " + real.get() + " and ";
                return Optional.of("which " + way + "holds " + NEVER);
            }
        }
        return Optional.empty();
    }

    /** Also a folder above a socket, and what is named like one: a mount shows everything below it. */
    private boolean isAbove(Path path) {
        return path.getNameCount() == 0
                || NAMES.contains(path.getFileName().toString())
                || isRuntimeFolder(path)
                || isOfProcess(path)
                || places().anyMatch(socket -> socket.startsWith(path));
    }

    private Stream<Path> places() {
        return known.stream()
                .flatMap(socket -> Stream.concat(Stream.of(socket), real(socket, MOST_LINKS).stream()))
                .distinct();
    }

    private static boolean isRuntimeFolder(Path path) {
        for (Path runtime : RUNTIME) {
            if (path.startsWith(runtime)) {
                Path below = runtime.relativize(path);
                boolean isOfUser = below.startsWith(OF_USERS);
                // user/1000/podman
                int depth = isOfUser ? 2 : 0;
                return below.toString().isEmpty()
                        || below.getNameCount() <= depth
                        || FOLDERS.contains(below.getName(depth).toString());
            }
        }
        return false;
    }

    /** Each process has a link to the root folder there. */
    private static boolean isOfProcess(Path path) {
        return path.equals(PROCESSES)
                || path.startsWith(PROCESSES) && path.getName(1).toString().matches("\\d+|self|thread-self");
    }

    /** A hard link, or a folder that is mounted in another place, too. Of what is not there nothing else is a name. */
    private boolean isAnotherName(Path path) {
        return places().anyMatch(socket -> isSameAsSomethingAbove(path, socket));
    }

    private static boolean isSameAsSomethingAbove(Path path, Path socket) {
        for (Path above = socket; above != null; above = above.getParent()) {
            try {
                if (Files.isSameFile(path, above)) {
                    return true;
                }
            } catch (IOException e) {
                LOG.tracef("not compared path=%s with=%s cause=%s", path, above, e.toString());
            }
        }
        return false;
    }

    /** With all links followed as far as there is something; empty when that cannot be found out. */
    private static Optional<Path> real(Path path, int linksLeft) {
        try {
            return Optional.of(path.toRealPath());
        } catch (NoSuchFileException e) {
            return realOfMissing(path, linksLeft);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<Path> realOfMissing(Path path, int linksLeft) {
        Path parent = path.getParent();
        if (parent == null) {
            return Optional.of(path);
        }
        if (!Files.isSymbolicLink(path)) {
            return real(parent, linksLeft)
                    .map(above -> above.resolve(path.getFileName()).normalize());
        }
        if (linksLeft == 0) {
            return Optional.empty();
        }
        try {
            return real(parent.resolve(Files.readSymbolicLink(path)), linksLeft - 1);
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
