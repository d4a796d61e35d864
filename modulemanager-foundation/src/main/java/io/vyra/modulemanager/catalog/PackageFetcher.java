package io.vyra.modulemanager.catalog;

import io.vyra.modulemanager.catalog.RepositoryClient.PackageStream;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/**
 * Brings a package from its repository onto the disk, verified while it streams.
 *
 * <p>Thread-safe for different targets. Network trouble is met with three attempts that go on where the last one stopped, where the
 * server can; also the next call goes on, even after a restart of the manager. What is not as the index says is deleted.
 */
public final class PackageFetcher {
    private static final Logger LOG = Logger.getLogger(PackageFetcher.class);
    private static final int ATTEMPTS = 3;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final int CHUNK = 64 << 10;

    private final RepositoryClients clients;
    private final Pause pause;

    public PackageFetcher(RepositoryClients clients) {
        this(clients, Pause.REAL);
    }

    PackageFetcher(RepositoryClients clients, Pause pause) {
        this.clients = clients;
        this.pause = pause;
    }

    /**
     * Downloads or copies the package of {@code entry}.
     *
     * @param target    in an existing folder; replaced when it exists
     * @param cancelled asked often; true ends the download and keeps its part for later
     * @throws ProblemException {@link ProblemType#REPOSITORY_UNREACHABLE}, {@link ProblemType#CHECKSUM_MISMATCH} or
     *     {@link ProblemType#DISK_FULL}
     * @throws CancellationException when {@code cancelled} said so, or the thread was interrupted
     */
    public FetchedPackage fetch(
            CatalogEntry entry, Repository repository, Path target, FetchProgress progress, BooleanSupplier cancelled) {
        Endpoint endpoint = clients.endpoint(repository);
        if (entry.size().isPresent()
                && entry.size().getAsLong() > clients.limits().packageBytes()) {
            throw tooLarge(entry);
        }
        Transfer transfer = new Transfer(entry, endpoint, target, progress, cancelled);
        for (int attempt = 1; ; attempt++) {
            try {
                return transfer.attempt();
            } catch (InterruptedIOException e) {
                throw cancellation(entry, e);
            } catch (IOException e) {
                if (attempt == ATTEMPTS) {
                    throw NetworkTrouble.problem(endpoint, entry.file(), e);
                }
                LOG.infof(
                        "Download interrupted module=%s version=%s attempt=%d cause=%s",
                        entry.name(), entry.version(), attempt, e.getMessage());
                await(entry, FIRST_PAUSE.multipliedBy(1L << (2 * (attempt - 1))));
            }
        }
    }

    /** Deletes the part that a cancelled or failed download of {@code target} left; nothing happens when there is none. */
    public void discard(Path target) {
        try {
            PartialDownload.discard(target);
        } catch (IOException e) {
            throw PartialDownload.writeFailure(target, e);
        }
    }

    private void await(CatalogEntry entry, Duration duration) {
        try {
            pause.pause(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw cancellation(entry, e);
        }
    }

    private static CancellationException cancellation(CatalogEntry entry, Exception cause) {
        CancellationException cancellation =
                new CancellationException("the download of " + entry.name() + " was interrupted");
        cancellation.initCause(cause);
        return cancellation;
    }

    private ProblemException tooLarge(CatalogEntry entry) {
        return new ProblemException(
                ProblemType.CHECKSUM_MISMATCH,
                label(entry) + " is larger than the " + clients.limits().packageBytes()
                        + " bytes a package may have. Nothing of it was kept.");
    }

    private static String label(CatalogEntry entry) {
        return "The package " + entry.name() + " " + entry.version() + " of repository " + entry.repositoryId();
    }

    private final class Transfer {
        private final CatalogEntry entry;
        private final Endpoint endpoint;
        private final Path target;
        private final FetchProgress progress;
        private final BooleanSupplier cancelled;

        Transfer(
                CatalogEntry entry, Endpoint endpoint, Path target, FetchProgress progress, BooleanSupplier cancelled) {
            this.entry = entry;
            this.endpoint = endpoint;
            this.target = target;
            this.progress = progress;
            this.cancelled = cancelled;
        }

        /** A part of an older package of the same name may lead to a mismatch; then it is worth starting afresh once. */
        FetchedPackage attempt() throws IOException {
            try {
                return once();
            } catch (StalePart e) {
                LOG.infof("Download begun anew module=%s version=%s cause=%s", entry.name(), entry.version(), e);
                return once();
            }
        }

        private FetchedPackage once() throws IOException {
            try (PartialDownload partial =
                    PartialDownload.open(target, entry.file().toString())) {
                boolean resumes = partial.size() > 0;
                try {
                    receive(partial);
                    return finish(partial);
                } catch (ProblemException e) {
                    if (resumes && e.type() == ProblemType.CHECKSUM_MISMATCH) {
                        throw new StalePart(e);
                    }
                    throw e;
                }
            }
        }

        private void receive(PartialDownload partial) throws IOException {
            long present = partial.size();
            if (present > 0
                    && entry.size().isPresent()
                    && present == entry.size().getAsLong()) {
                // Complete already, only the rename was missing; asking for the bytes after its end would be an error.
                return;
            }
            try (PackageStream stream = clients.clientFor(endpoint)
                    .openPackage(endpoint, entry.file(), present, partial.validator(), cancelled)) {
                partial.continueFrom(stream.offset(), stream.validator());
                copy(stream, partial);
            }
        }

        private void copy(PackageStream stream, PartialDownload partial) throws IOException {
            long announced = stream.length().isPresent()
                    ? stream.offset() + stream.length().getAsLong()
                    : Long.MAX_VALUE;
            if (entry.size().isPresent()
                    && announced != Long.MAX_VALUE
                    && announced != entry.size().getAsLong()) {
                throw mismatch("has " + announced + " bytes but its index says "
                        + entry.size().getAsLong());
            }
            long most = entry.size().orElse(clients.limits().packageBytes());
            OptionalLong total =
                    entry.size().isPresent() || announced == Long.MAX_VALUE ? entry.size() : OptionalLong.of(announced);
            byte[] chunk = new byte[CHUNK];
            while (true) {
                if (cancelled.getAsBoolean()) {
                    throw new CancellationException("the download of " + entry.name() + " was cancelled");
                }
                int count = stream.body().read(chunk);
                if (count < 0) {
                    break;
                }
                if (partial.size() + count > most) {
                    throw mismatch("goes on after the " + most + " bytes "
                            + (entry.size().isPresent() ? "its index says" : "a package may have"));
                }
                partial.append(chunk, count);
                progress.at(partial.size(), total);
            }
            if (announced != Long.MAX_VALUE && partial.size() < announced) {
                throw new IOException("the answer ended after " + partial.size() + " of " + announced + " bytes");
            }
        }

        private FetchedPackage finish(PartialDownload partial) {
            List<String> warnings = new ArrayList<>();
            if (entry.size().isPresent() && partial.size() != entry.size().getAsLong()) {
                throw mismatch("ended after " + partial.size() + " bytes but its index says "
                        + entry.size().getAsLong());
            }
            if (partial.size() == 0) {
                throw mismatch("is empty");
            }
            String sha256 = partial.finishHash();
            if (entry.checksum().isPresent()) {
                if (!entry.checksum().get().equals(sha256)) {
                    throw mismatch("has the SHA-256 " + sha256 + " but its index says "
                            + entry.checksum().get());
                }
            } else {
                warnings.add("The index of repository " + entry.repositoryId() + " has no checksum for " + entry.name()
                        + " " + entry.version() + ", so its content could not be verified.");
            }
            partial.commit();
            return new FetchedPackage(target, partial.size(), sha256, warnings);
        }

        private ProblemException mismatch(String what) {
            discard(target);
            return new ProblemException(
                    ProblemType.CHECKSUM_MISMATCH,
                    label(entry) + " (" + endpoint.shown(entry.file()) + ") " + what
                            + ". Nothing of it was kept; refresh the repository and try again.");
        }
    }

    /** What was resumed does not fit together. */
    private static final class StalePart extends IOException {
        private static final long serialVersionUID = 1L;

        StalePart(ProblemException cause) {
            super(cause.getMessage(), cause);
        }
    }
}
