package io.vyra.modulemanager.runtime;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Optional;

/**
 * The files of one log by age: 0 is {@code module.log}, 1 the last rotated one, and so on. Files move on by renaming, so a file is
 * known by its key (device and inode), which stays its own as long as somebody has it open.
 */
record LogSequence(Path folder) {
    private static final String NAME = "module.log";
    private static final int MOST = 100;
    private static final int ATTEMPTS = 20;

    record OpenFile(FileChannel channel, Object key) {}

    Path path(int age) {
        return folder.resolve(age == 0 ? NAME : NAME + "." + age);
    }

    Optional<Object> key(int age) throws IOException {
        try {
            return Optional.of(Objects.requireNonNull(
                    Files.readAttributes(path(age), BasicFileAttributes.class).fileKey(), "file key"));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Opens a file and makes sure that the key is that of the open file. */
    Optional<OpenFile> open(int age) throws IOException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<Object> before = key(age);
            if (before.isEmpty()) {
                return Optional.empty();
            }
            try {
                FileChannel channel = FileChannel.open(path(age), StandardOpenOption.READ);
                if (before.equals(key(age))) {
                    return Optional.of(new OpenFile(channel, before.get()));
                }
                channel.close();
            } catch (NoSuchFileException e) {
                /* Rotated between the two calls: look again. */
                continue;
            }
        }
        throw new IOException("the log " + path(age) + " is rotated faster than it can be opened");
    }

    /** The file written after the one with this key, which is no longer the newest; empty when that file was deleted. */
    Optional<OpenFile> after(Object key) throws IOException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<Integer> age = ageOf(key);
            if (age.isEmpty()) {
                return Optional.empty();
            }
            Optional<OpenFile> next = age.get() == 0 ? Optional.empty() : open(age.get() - 1);
            if (next.isPresent()) {
                if (key(age.get()).filter(key::equals).isPresent()) {
                    return next;
                }
                next.get().channel().close();
            }
        }
        return Optional.empty();
    }

    private Optional<Integer> ageOf(Object key) throws IOException {
        for (int age = 0; age <= MOST; age++) {
            Optional<Object> found = key(age);
            if (found.filter(key::equals).isPresent()) {
                return Optional.of(age);
            }
            /* While files move on, one name is missing for a moment. */
            if (found.isEmpty() && age > 1 && key(age + 1).isEmpty()) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** The oldest file there is. */
    Optional<OpenFile> oldest() throws IOException {
        for (int age = MOST; age >= 0; age--) {
            Optional<OpenFile> file = open(age);
            if (file.isPresent()) {
                return file;
            }
        }
        return Optional.empty();
    }
}
