package io.vyra.modulemanager.catalog;

import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Optional;

/**
 * The part of a package that is here already: {@code <target>.partial} and, to resume with, {@code <target>.partial.from}, whose two
 * lines are the address it comes from and the server's validator.
 *
 * <p>Used by one thread. Failing writes are a {@link ProblemException}, so that they are never taken for network trouble.
 */
final class PartialDownload implements AutoCloseable {
    private static final int CHUNK = 64 << 10;

    private final Path target;
    private final Path file;
    private final Path origin;
    private final String address;
    private final FileChannel channel;
    private Sha256 sha = new Sha256();
    private long size;
    private Optional<String> validator = Optional.empty();

    private PartialDownload(Path target, String address) throws IOException {
        this.target = target;
        this.file = partialOf(target);
        this.origin = originOf(target);
        this.address = address;
        this.channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    private static Path partialOf(Path target) {
        return target.resolveSibling(target.getFileName() + ".partial");
    }

    private static Path originOf(Path target) {
        return target.resolveSibling(target.getFileName() + ".partial.from");
    }

    /** Opens what an earlier attempt left, or begins; the existing part is hashed. */
    static PartialDownload open(Path target, String address) {
        try {
            PartialDownload partial = new PartialDownload(target, address);
            try {
                partial.takeUp();
            } catch (IOException | RuntimeException e) {
                partial.close();
                throw e;
            }
            return partial;
        } catch (IOException e) {
            throw writeFailure(target, e);
        }
    }

    /** Deletes what a download that will not go on has left. */
    static void discard(Path target) throws IOException {
        Files.deleteIfExists(partialOf(target));
        Files.deleteIfExists(originOf(target));
    }

    private void takeUp() throws IOException {
        Optional<String> known = readValidator();
        if (known.isEmpty()) {
            channel.truncate(0);
            return;
        }
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
        while (channel.read(chunk) >= 0) {
            sha.update(chunk.array(), chunk.position());
            size += chunk.position();
            chunk.clear();
        }
        validator = known;
    }

    private Optional<String> readValidator() throws IOException {
        try {
            String[] lines = Files.readString(origin).split("\n", -1);
            return lines.length == 3 && lines[0].equals(address) ? Optional.of(lines[1]) : Optional.empty();
        } catch (NoSuchFileException | CharacterCodingException e) {
            return Optional.empty();
        }
    }

    long size() {
        return size;
    }

    Optional<String> validator() {
        return validator;
    }

    /** Begins anew when the server did, and remembers what to resume with. */
    void continueFrom(long offset, Optional<String> next) {
        try {
            if (offset != size) {
                if (offset != 0) {
                    throw new IllegalArgumentException("a part at " + offset + " does not follow " + size);
                }
                channel.truncate(0);
                channel.position(0);
                sha = new Sha256();
                size = 0;
            }
            validator = next;
            if (next.isPresent() && next.get().indexOf('\n') < 0) {
                Files.writeString(origin, address + "\n" + next.get() + "\n");
            } else {
                Files.deleteIfExists(origin);
            }
        } catch (IOException e) {
            throw writeFailure(target, e);
        }
    }

    void append(byte[] bytes, int length) {
        try {
            ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, length);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        } catch (IOException e) {
            throw writeFailure(target, e);
        }
        sha.update(bytes, length);
        size += length;
    }

    /** SHA-256 of all of it. May be asked once. */
    String finishHash() {
        return sha.finish();
    }

    /** Makes it the target: synced, then renamed, then the folder synced. */
    void commit() {
        try {
            channel.force(true);
            Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
            Files.deleteIfExists(origin);
            try (FileChannel folder = FileChannel.open(target.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
                folder.force(true);
            }
        } catch (IOException e) {
            throw writeFailure(target, e);
        }
    }

    static ProblemException writeFailure(Path target, IOException e) {
        String message = String.valueOf(e.getMessage());
        boolean full = message.toLowerCase(Locale.ROOT).contains("no space left")
                || message.toLowerCase(Locale.ROOT).contains("disk quota exceeded");
        return new ProblemException(
                full ? ProblemType.DISK_FULL : ProblemType.INTERNAL_ERROR,
                full
                        ? "The disk is full: the download of " + target.getFileName() + " into " + target.getParent()
                                + " could not be written. Free space there and try again."
                        : "The download of " + target.getFileName() + " could not be written into " + target.getParent()
                                + ": " + message + ". Check the folder and its file system.",
                e);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw writeFailure(target, e);
        }
    }
}
