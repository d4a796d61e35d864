package io.vyra.modulemanager.ros2.provider;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Native libraries that load and have nothing in them: the JDK has such a one. */
public final class PaperLibraries {
    private PaperLibraries() {}

    /** Puts one into a folder. */
    public static void put(Path folder, String library) throws IOException {
        Path empty = Path.of(System.getProperty("java.home"), "lib", System.mapLibraryName("syslookup"));
        Files.copy(empty, folder.resolve(System.mapLibraryName(library)));
    }
}
