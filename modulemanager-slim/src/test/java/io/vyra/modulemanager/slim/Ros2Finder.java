package io.vyra.modulemanager.slim;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

/** Finds what speaks ROS 2 among jars and folders of classes: by the jar's name, and by the packages in it. */
final class Ros2Finder {
    private static final Pattern JAR = Pattern.compile("(.*[.-])?(protocol|modulemanager)-ros2[.-].*");
    private static final Pattern ENTRY = Pattern.compile("(META-INF/versions/\\d+/)?io/vyra/(modulemanager/)?ros2/.*");

    private Ros2Finder() {}

    /** What was found, each as {@code place} or {@code place!entry}. */
    static List<String> findIn(Iterable<Path> places) throws IOException {
        List<String> found = new ArrayList<>();
        for (Path place : places) {
            String name = place.getFileName().toString();
            if (JAR.matcher(name).matches()) {
                found.add(name);
            }
            entries(place).stream()
                    .filter(entry -> ENTRY.matcher(entry).matches())
                    .forEach(entry -> found.add(name + "!" + entry));
        }
        return found;
    }

    private static List<String> entries(Path place) throws IOException {
        if (Files.isDirectory(place)) {
            try (Stream<Path> files = Files.walk(place)) {
                return files.filter(Files::isRegularFile)
                        .map(file -> place.relativize(file).toString())
                        .toList();
            }
        }
        try (ZipFile jar = new ZipFile(place.toFile())) {
            return jar.stream().map(entry -> entry.getName()).toList();
        }
    }
}
