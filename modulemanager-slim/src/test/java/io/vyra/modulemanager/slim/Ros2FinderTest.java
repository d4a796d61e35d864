package io.vyra.modulemanager.slim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Ros2FinderTest {
    @TempDir
    Path folder;

    @Test
    void shouldFindNothingOnTheClassPathOfSlim() throws IOException {
        List<Path> classPath = Arrays.stream(
                        System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(Files::exists)
                .toList();

        assertThat(classPath)
                .anyMatch(place -> place.toString().contains("modulemanager-core"))
                .hasSizeGreaterThan(50);
        assertThat(Ros2Finder.findIn(classPath)).isEmpty();
    }

    @Test
    void shouldFindWhatMustNotBeThere() throws IOException {
        Path byPackage = jar("harmless-1.0.jar", "io/vyra/ros2/cdr/Reader.class", "io/vyra/zenoh/Session.class");
        Path byName = jar("io.vyra.modulemanager.protocol-ros2-0.1.0.jar", "README");
        Path face = jar("modulemanager-ros2-0.1.0-SNAPSHOT.jar", "io/vyra/modulemanager/ros2/Face.class");
        Path versioned = jar("many.jar", "META-INF/versions/25/io/vyra/ros2/Reader.class");
        Path classes = folder.resolve("classes");
        Files.createDirectories(classes.resolve("io/vyra/modulemanager/ros2"));
        Files.createFile(classes.resolve("io/vyra/modulemanager/ros2/Face.class"));
        Path clean = jar("modulemanager-zenoh-1.jar", "io/vyra/modulemanager/zenoh/Ros2Free.class");

        assertThat(Ros2Finder.findIn(List.of(byPackage, byName, face, versioned, classes, clean)))
                .containsExactly(
                        "harmless-1.0.jar!io/vyra/ros2/cdr/Reader.class",
                        "io.vyra.modulemanager.protocol-ros2-0.1.0.jar",
                        "modulemanager-ros2-0.1.0-SNAPSHOT.jar",
                        "modulemanager-ros2-0.1.0-SNAPSHOT.jar!io/vyra/modulemanager/ros2/Face.class",
                        "many.jar!META-INF/versions/25/io/vyra/ros2/Reader.class",
                        "classes!io/vyra/modulemanager/ros2/Face.class");
    }

    private Path jar(String name, String... entries) throws IOException {
        Path jar = folder.resolve(name);
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
            for (String entry : entries) {
                out.putNextEntry(new ZipEntry(entry));
                out.closeEntry();
            }
        }
        return jar;
    }
}
