package io.vyra.modulemanager.store;

import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Turns what the disk refused into a problem that names the path. */
final class StoreFailure {
    /** With less than this left, a failed write is put down to the full disk even if the message is in another language. */
    private static final long NEARLY_FULL_BYTES = 64 << 10;

    private StoreFailure() {}

    /**
     * @param action what failed, such as "writing"
     * @param path   the file or folder concerned
     */
    static ProblemException of(String action, Path path, IOException cause) {
        if (cause instanceof ClosedByInterruptException) {
            return interrupted(cause);
        }
        if (isDiskFull(path, cause)) {
            return new ProblemException(
                    ProblemType.DISK_FULL,
                    "The disk is full: " + action + " " + path + " failed; free space on its file system and try again",
                    cause);
        }
        return new ProblemException(
                ProblemType.INTERNAL_ERROR, action + " " + path + " failed: " + cause.getMessage(), cause);
    }

    static ProblemException interrupted(Exception cause) {
        return new ProblemException(ProblemType.SHUTTING_DOWN, "The work was interrupted; nothing was changed", cause);
    }

    private static boolean isDiskFull(Path path, IOException cause) {
        String message = String.valueOf(cause.getMessage());
        if (message.contains("No space left") || message.contains("quota exceeded")) {
            return true;
        }
        Path existing = path;
        while (existing != null && !Files.exists(existing)) {
            existing = existing.getParent();
        }
        try {
            return existing != null && Files.getFileStore(existing).getUsableSpace() < NEARLY_FULL_BYTES;
        } catch (IOException e) {
            cause.addSuppressed(e);
            return false;
        }
    }
}
