package io.vyra.modulemanager.catalog;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;

/**
 * Reads a repository of one kind.
 *
 * <p>Thread-safe. Network trouble, which may pass, is an {@link IOException}; what will not pass by itself is a
 * {@link io.vyra.modulemanager.problem.ProblemException}.
 */
sealed interface RepositoryClient permits FileRepositoryClient, HttpRepositoryClient {
    String INDEX_NAME = "index.json";

    /**
     * Fetches the index.
     *
     * @param known what an earlier answer said about itself; empty asks unconditionally
     */
    IndexAnswer fetchIndex(Endpoint endpoint, Optional<Validators> known) throws IOException;

    /**
     * Opens a package.
     *
     * @param offset    bytes already here
     * @param validator strong entity tag or date of the answer they came from; without one everything is sent again
     */
    PackageStream openPackage(
            Endpoint endpoint, URI file, long offset, Optional<String> validator, BooleanSupplier cancelled)
            throws IOException;

    /** Entity tag and modification date (RFC 9110 section 8.8), as the server wrote them. */
    record Validators(Optional<String> etag, Optional<String> lastModified) {
        static final Validators NONE = new Validators(Optional.empty(), Optional.empty());
    }

    sealed interface IndexAnswer {
        /** The index is what it was. */
        record Unchanged() implements IndexAnswer {}

        // An array on purpose: tens of megabytes that are read once.
        @SuppressWarnings("ArrayRecordComponent")
        record Fetched(byte[] content, Validators validators) implements IndexAnswer {}
    }

    /**
     * @param offset    where in the package {@code body} begins; 0 when the server sends everything again
     * @param length    of {@code body} as announced
     * @param validator to resume with later
     */
    record PackageStream(InputStream body, long offset, OptionalLong length, Optional<String> validator)
            implements AutoCloseable {
        @Override
        public void close() throws IOException {
            body.close();
        }
    }
}
