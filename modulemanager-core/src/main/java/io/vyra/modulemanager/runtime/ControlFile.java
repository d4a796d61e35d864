package io.vyra.modulemanager.runtime;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.OptionalLong;

/** Reading and writing the small text files of a control group. */
final class ControlFile {
    private ControlFile() {}

    /** One write(2), as the kernel wants it; never creates the file. */
    static void write(Path file, String text) throws IOException {
        Files.write(file, text.getBytes(StandardCharsets.US_ASCII), StandardOpenOption.WRITE);
    }

    static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return List.of();
        }
    }

    static OptionalLong number(Path file) {
        return lines(file).stream().findFirst().map(ControlFile::parse).orElse(OptionalLong.empty());
    }

    /** The number after {@code key} in a file of lines {@code key number}. */
    static OptionalLong number(Path file, String key) {
        return lines(file).stream()
                .filter(line -> line.startsWith(key + " "))
                .findFirst()
                .map(line -> parse(line.substring(key.length() + 1)))
                .orElse(OptionalLong.empty());
    }

    private static OptionalLong parse(String text) {
        try {
            return OptionalLong.of(Long.parseLong(text.strip()));
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }
}
