package io.vyra.modulemanager.ros2.rcljava;

import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import io.vyra.modulemanager.ros2.provider.NativeLibraries;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Loads native libraries before rcljava does, which would end the JVM if it could not; once loaded, the JVM gives rcljava the same one, for
 * both are of one class loader. Thread-safe.
 */
final class LoadedLibraries {
    private final NativeLibraries libraries;
    private final Set<String> loaded = ConcurrentHashMap.newKeySet();

    LoadedLibraries(NativeLibraries libraries) {
        this.libraries = libraries;
    }

    /**
     * @param owner what needs it, for people
     * @throws ProblemException {@code NOT_IMPLEMENTED} when it is missing or does not load
     */
    void require(String library, String owner) {
        if (loaded.contains(library)) {
            return;
        }
        String file = System.mapLibraryName(library);
        Path found = libraries
                .find(library)
                .orElseThrow(
                        () -> refusal(
                                "the native library " + file + " of " + owner
                                        + " is in no folder of java.library.path (" + libraries.path()
                                        + "). Build it with ros2_java, and start the manager where LD_LIBRARY_PATH has its folder lib/jni."));
        try {
            System.load(found.toString());
        } catch (UnsatisfiedLinkError e) {
            throw refusal("the native library " + found + " of " + owner + " cannot be loaded: " + e.getMessage()
                    + ". Start the manager where LD_LIBRARY_PATH has what setup.sh of ROS 2 and ros2_java put there.");
        }
        loaded.add(library);
    }

    private static ProblemException refusal(String detail) {
        return new ProblemException(ProblemType.NOT_IMPLEMENTED, detail);
    }
}
