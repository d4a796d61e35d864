package io.vyra.modulemanager.state;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real file system of a few megabytes, for tests of what a full disk does. Only root may make one. */
public final class SmallDisk implements AutoCloseable {
    private static final int CHUNK = 4096;

    private final Path folder;

    private SmallDisk(Path folder) {
        this.folder = folder;
    }

    /** Skips the test where no file system can be mounted. */
    public static SmallDisk mount(Path folder, int megabytes) throws IOException {
        Files.createDirectories(folder);
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", folder.toString()),
                "only root may mount a tmpfs");
        return new SmallDisk(folder);
    }

    public Path folder() {
        return folder;
    }

    /** Takes all free space but {@code leftOver} bytes; delete the file to give it back. */
    public Path fill(long leftOver) throws IOException {
        Path ballast = folder.resolve("ballast");
        try (var channel = Files.newByteChannel(ballast, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            while (Files.getFileStore(folder).getUsableSpace() >= leftOver + CHUNK) {
                channel.write(java.nio.ByteBuffer.allocate(CHUNK));
            }
        }
        return ballast;
    }

    @Override
    public void close() throws IOException {
        // Lazily: a test that failed may have left a file open.
        run("umount", "-l", folder.toString());
    }

    private static boolean run(String... command) throws IOException {
        try {
            Process process = new ProcessBuilder(List.of(command))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
