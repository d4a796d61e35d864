package io.vyra.modulemanager.catalog;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;

/** A repository in a folder of this machine, for example on a stick. */
final class FileRepositoryClient implements RepositoryClient {
    private final TransferLimits limits;

    FileRepositoryClient(TransferLimits limits) {
        this.limits = limits;
    }

    /** Reads it always: comparing dates would miss a change within one tick of the file system's clock. */
    @Override
    public IndexAnswer fetchIndex(Endpoint endpoint, Optional<Validators> known) throws IOException {
        URI uri = endpoint.resolve(INDEX_NAME);
        Path file = regularFile(endpoint, uri);
        if (Files.size(file) > limits.indexBytes()) {
            throw NetworkTrouble.problem(
                    endpoint, uri, "it is larger than the " + limits.indexBytes() + " bytes an index may have");
        }
        return new IndexAnswer.Fetched(Files.readAllBytes(file), Validators.NONE);
    }

    @Override
    public PackageStream openPackage(
            Endpoint endpoint, URI uri, long offset, Optional<String> validator, BooleanSupplier cancelled)
            throws IOException {
        Path file = regularFile(endpoint, uri);
        InputStream body = Files.newInputStream(file);
        return new PackageStream(body, 0, OptionalLong.of(Files.size(file)), Optional.empty());
    }

    /** Neither a link out of the repository nor a pipe, which would block for ever. */
    private static Path regularFile(Endpoint endpoint, URI uri) throws IOException {
        Path root;
        Path file;
        try {
            root = Path.of(endpoint.base()).toRealPath();
            file = Path.of(uri).toRealPath();
        } catch (NoSuchFileException e) {
            throw NetworkTrouble.problem(endpoint, uri, e);
        }
        if (!file.startsWith(root)) {
            throw NetworkTrouble.problem(endpoint, uri, "it is a link that leaves the repository's folder");
        }
        if (!Files.isRegularFile(file)) {
            throw NetworkTrouble.problem(endpoint, uri, "it is not a regular file");
        }
        return file;
    }
}
