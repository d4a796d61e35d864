package io.vyra.modulemanager.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Makes writes survive a power loss. A seam so that tests can see what was made durable, and when.
 *
 * <p>A file's content is durable only after {@link #file}, its name only after {@link #folder} of the folder it is in (fsync(2)).
 */
public interface DiskSync {

    /** Content and attributes of a file reach the disk. */
    void file(Path file) throws IOException;

    /** The names in a folder reach the disk. */
    void folder(Path folder) throws IOException;

    /** The real thing. Opening a folder for reading and forcing it is fsync on Linux. */
    static DiskSync real() {
        return new DiskSync() {
            @Override
            public void file(Path file) throws IOException {
                force(file);
            }

            @Override
            public void folder(Path folder) throws IOException {
                force(folder);
            }
        };
    }

    /** For trees that need not survive anything, such as one unpacked only to be looked at. */
    static DiskSync none() {
        return new DiskSync() {
            @Override
            public void file(Path file) {}

            @Override
            public void folder(Path folder) {}
        };
    }

    private static void force(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
