package io.vyra.modulemanager.runtime;

import io.vyra.modulemanager.module.ModuleId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The folder in which shims keep their locks, sockets and records, a short key for each module. Thread-safe.
 *
 * <p>The shim of a module holds the lock file's lock as long as it lives; nobody ever deletes the lock file of a module that may
 * still be started.
 */
final class RunFolder {
    /** {@code sun_path} of unix(7) has 108 bytes with the closing zero. */
    private static final int MAX_SOCKET_PATH = 107;

    private static final int KEY_DIGITS = 12;
    private static final String SOCKET = ".sock";
    private final Path folder;

    /** @throws IllegalArgumentException when the path is too long for a socket in it */
    RunFolder(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
        requireShort(this.folder);
        try {
            Files.createDirectories(
                    this.folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (IOException e) {
            throw new UncheckedIOException("the run folder " + this.folder + " cannot be created", e);
        }
    }

    /** @throws IllegalArgumentException when the path is too long for a socket in it */
    static void requireShort(Path folder) {
        Path whole = folder.toAbsolutePath().normalize();
        int length = whole.toString().getBytes(StandardCharsets.UTF_8).length;
        int most = MAX_SOCKET_PATH - 1 - KEY_DIGITS - SOCKET.length();
        if (length > most) {
            throw new IllegalArgumentException(
                    "the run folder's path may have " + most + " bytes, because the sockets in it"
                            + " are limited by the kernel, but has " + length + ": " + whole);
        }
    }

    Path path() {
        return folder;
    }

    static String key(ModuleId module) {
        return digest(module.toString());
    }

    /** What every process of the module carries in its environment; also tells managers with other run folders apart. */
    String mark(ModuleId module) {
        return digest(folder + "\n" + module);
    }

    private static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, KEY_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    Path socket(String key) {
        return folder.resolve(key + SOCKET);
    }

    Optional<StartRecord> startRecord(String key) {
        return read(key + ".start").flatMap(facts -> StartRecord.from(facts, OptionalLong.empty()));
    }

    Optional<ExitRecord> exitRecord(String key, long generation) {
        return read(key + ".exit").flatMap(ExitRecord::from).filter(record -> record.generation() == generation);
    }

    private Optional<Facts> read(String name) {
        Path file = folder.resolve(name);
        try {
            return Files.size(file) > Facts.MAX_LENGTH
                    ? Optional.empty()
                    : Facts.ofRecord(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("the record " + file + " cannot be read", e);
        }
    }

    /** Whether a shim of the module lives. */
    boolean isLocked(String key) {
        Optional<Claim> claim = claim(key);
        claim.ifPresent(Claim::close);
        return claim.isEmpty();
    }

    /** Keeps every shim of the module from starting until the claim is closed; empty when one lives, or somebody else claims. */
    Optional<Claim> claim(String key) {
        FileChannel channel = null;
        try {
            channel = FileChannel.open(
                    folder.resolve(key + ".lock"), StandardOpenOption.WRITE, StandardOpenOption.CREATE);
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return Optional.of(new Claim(channel));
            }
            channel.close();
        } catch (OverlappingFileLockException e) {
            close(channel);
        } catch (IOException e) {
            close(channel);
            throw new UncheckedIOException("the lock of " + key + " in " + folder + " cannot be taken", e);
        }
        return Optional.empty();
    }

    private static void close(FileChannel channel) {
        if (channel != null) {
            new Claim(channel).close();
        }
    }

    /** The lock of a module, held by this manager. */
    record Claim(FileChannel channel) implements AutoCloseable {
        @Override
        public void close() {
            try {
                channel.close();
            } catch (IOException e) {
                throw new UncheckedIOException("the lock cannot be released", e);
            }
        }
    }

    void delete(String key) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, key + ".*")) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the run-time files of " + key + " in " + folder + " cannot be deleted", e);
        }
    }
}
