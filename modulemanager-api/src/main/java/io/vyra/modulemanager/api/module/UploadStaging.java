package io.vyra.modulemanager.api.module;

import io.vyra.modulemanager.api.config.ApiConfiguration;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Streams an upload to a file in {@code <data>/staging}, never holding more than a buffer of it in memory. Thread-safe. */
@Singleton
public class UploadStaging {
    private static final Logger LOG = Logger.getLogger(UploadStaging.class);
    private static final int BUFFER = 64 << 10;

    private final Path folder;
    private final long limit;

    public UploadStaging(ApiConfiguration configuration) {
        this.folder = configuration.data().toAbsolutePath().resolve("staging");
        this.limit = configuration.upload().maxSize().asLongValue();
    }

    /**
     * @param sha256 of the content, 64 lower-case hexadecimal digits
     */
    record Staged(Path file, String sha256) {}

    /**
     * @param announced the Content-Length header; null when there is none
     * @throws ProblemException {@code BODY_TOO_LARGE}, {@code DISK_FULL} or {@code MALFORMED_REQUEST} when the client broke off; no
     *     file is left then
     */
    Staged receive(InputStream body, String announced) {
        if (announced != null && announced.length() <= 18 && Long.parseLong(announced) > limit) {
            throw tooLarge();
        }
        Path file = folder.resolve("upload-" + UUID.randomUUID() + ".tar.gz");
        boolean done = false;
        try {
            Files.createDirectories(folder);
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            long written = copy(body, file, sha256);
            if (written == 0) {
                throw new ProblemException(
                        ProblemType.MALFORMED_REQUEST, "The body is empty. Send the package file as the body.");
            }
            done = true;
            return new Staged(file, HexFormat.of().formatHex(sha256.digest()));
        } catch (FileSystemException e) {
            throw new ProblemException(
                    ProblemType.DISK_FULL,
                    "The package could not be stored in the staging folder: " + e.getReason()
                            + ". Free some space or choose another data folder.",
                    e);
        } catch (IOException e) {
            throw broken(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        } finally {
            if (!done) {
                discard(file);
            }
        }
    }

    private long copy(InputStream body, Path file, MessageDigest sha256) throws IOException {
        long written = 0;
        try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            byte[] buffer = new byte[BUFFER];
            for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
                written += read;
                if (written > limit) {
                    throw tooLarge();
                }
                sha256.update(buffer, 0, read);
                store(out, buffer, read);
            }
        }
        return written;
    }

    private static void store(OutputStream out, byte[] buffer, int length) {
        try {
            out.write(buffer, 0, length);
        } catch (IOException e) {
            throw new ProblemException(
                    ProblemType.DISK_FULL,
                    "The package could not be written to the staging folder: " + e.getMessage()
                            + ". Free some space or choose another data folder.",
                    e);
        }
    }

    /** Deletes the file if it is still there. */
    void discard(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warnf("Upload not deleted file=%s cause=%s", file, e.getMessage());
        }
    }

    private static ProblemException broken(IOException cause) {
        return new ProblemException(
                ProblemType.MALFORMED_REQUEST, "The upload broke off before its end. Send it again.", cause);
    }

    private ProblemException tooLarge() {
        return new ProblemException(
                ProblemType.BODY_TOO_LARGE,
                "The package is larger than the " + limit + " bytes that vyra.upload.max-size allows.");
    }
}
