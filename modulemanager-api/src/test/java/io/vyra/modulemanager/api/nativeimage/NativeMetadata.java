package io.vyra.modulemanager.api.nativeimage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a native executable must keep although no code names it, in the form of GraalVM's reachability metadata: the values that Jackson
 * reads and writes by their fields, and what lies beside the classes.
 */
final class NativeMetadata {
    /** Where the files of both modules are when the service runs from its jars. */
    static final List<String> RESOURCES = List.of(
            "META-INF/docs/*",
            "META-INF/openapi/openapi.yaml",
            "META-INF/services/java.sql.Driver",
            "io/vyra/modulemanager/schema/*.sql");

    private NativeMetadata() {}

    /** @param modules a class of each of the project's modules */
    static String of(List<Class<?>> modules) throws IOException {
        String types = Stream.concat(
                        Stream.of("org.sqlite.JDBC"),
                        modules.stream().flatMap(NativeMetadata::values).sorted())
                .map(type -> "    {\"type\": \"" + type
                        + "\", \"allDeclaredConstructors\": true, \"allDeclaredFields\": true,"
                        + " \"allDeclaredMethods\": true}")
                .collect(Collectors.joining(",\n"));
        String resources = RESOURCES.stream()
                .map(glob -> "    {\"glob\": \"" + glob + "\"}")
                .collect(Collectors.joining(",\n"));
        return "{\n  \"reflection\": [\n" + types + "\n  ],\n  \"resources\": [\n" + resources + "\n  ]\n}\n";
    }

    /** Which of them are written depends on what a robot's database and clients hold; so all of them count. */
    private static Stream<String> values(Class<?> module) {
        try {
            Path place = Path.of(
                    module.getProtectionDomain().getCodeSource().getLocation().toURI());
            if (Files.isDirectory(place)) {
                return values(place, module.getClassLoader()).stream();
            }
            try (FileSystem jar = FileSystems.newFileSystem(place)) {
                return values(jar.getPath("/"), module.getClassLoader()).stream();
            }
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> values(Path root, ClassLoader loader) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.map(file -> root.relativize(file).toString())
                    .filter(name -> name.startsWith("io/vyra/") && name.endsWith(".class"))
                    .map(name ->
                            name.substring(0, name.length() - ".class".length()).replace('/', '.'))
                    .filter(name -> !name.endsWith("-info"))
                    // In a jar of its own, which robots do without.
                    .filter(name -> !name.startsWith("io.vyra.modulemanager.authoring."))
                    .filter(name -> isValue(name, loader))
                    .toList();
        }
    }

    private static boolean isValue(String name, ClassLoader loader) {
        try {
            Class<?> type = Class.forName(name, false, loader);
            return type.isRecord() || type.isEnum() || type.isInterface() && type.isSealed();
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
