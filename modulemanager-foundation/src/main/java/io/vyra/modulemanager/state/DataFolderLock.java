package io.vyra.modulemanager.state;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Keeps a second manager off the same data folder. Held until closed or the process ends, however it ends. */
public final class DataFolderLock implements AutoCloseable {
    private final FileChannel channel;

    private DataFolderLock(FileChannel channel) {
        this.channel = channel;
    }

    /** @throws StateException when another manager uses the folder, or it cannot be written */
    public static DataFolderLock take(Path data) {
        Path file = data.resolve("lock");
        try {
            Files.createDirectories(data);
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = tryLock(channel);
            if (lock == null) {
                channel.close();
                throw new StateException("Another module manager uses the data folder " + data
                        + ". Stop it, or give this one a folder of its own with --data DIR.");
            }
            return new DataFolderLock(channel);
        } catch (IOException e) {
            throw new StateException(
                    "The data folder " + data + " cannot be used: " + e.getMessage()
                            + ". Check that it is writable and its disk is not full.",
                    e);
        }
    }

    private static FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new StateException("The lock of the data folder could not be released: " + e.getMessage(), e);
        }
    }
}
