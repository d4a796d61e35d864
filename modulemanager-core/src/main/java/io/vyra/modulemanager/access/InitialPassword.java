package io.vyra.modulemanager.access;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Set;

/** The file that tells the person in front of the robot the first administrator's password; only its owner can read it. */
public final class InitialPassword {
    static final String USERNAME = "admin";
    private static final String ALPHABET = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    private static final int LENGTH = 20;

    private final Path file;
    private final SecureRandom random;

    /**
     * @param dataFolder the manager's data folder; exists
     */
    public InitialPassword(Path dataFolder, SecureRandom random) {
        this.file = dataFolder.resolve("initial-admin-password");
        this.random = random;
    }

    public Path file() {
        return file;
    }

    /**
     * Makes a password and writes it down, durably: an account that survives a power loss without this file would lock everybody
     * out. The file has mode 0600 from its first moment.
     */
    String create() {
        String password = random.ints(LENGTH, 0, ALPHABET.length())
                .mapToObj(index -> String.valueOf(ALPHABET.charAt(index)))
                .collect(java.util.stream.Collectors.joining());
        try {
            Files.deleteIfExists(file);
            try (FileChannel channel = FileChannel.open(
                    file,
                    Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
                ByteBuffer bytes = ByteBuffer.wrap((password + "\n").getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            try (FileChannel folder = FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
                folder.force(true);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The first administrator's password could not be written to " + file, e);
        }
        return password;
    }

    /** The password in the file is of no use any more. */
    void forget(String username) {
        if (!username.equals(USERNAME)) {
            return;
        }
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("The file " + file + " could not be deleted; delete it by hand", e);
        }
    }
}
