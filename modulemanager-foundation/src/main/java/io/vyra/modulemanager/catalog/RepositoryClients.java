package io.vyra.modulemanager.catalog;

import java.util.Locale;

/** Chooses the client for a repository's kind. Thread-safe; closing ends running transfers. */
public final class RepositoryClients implements AutoCloseable {
    private final HttpTransport transport;
    private final HttpRepositoryClient http;
    private final FileRepositoryClient file;
    private final Placeholders placeholders;
    private final TransferLimits limits;

    public RepositoryClients(TransferLimits limits) {
        this(limits, Placeholders.ofProcess());
    }

    RepositoryClients(TransferLimits limits, Placeholders placeholders) {
        this.limits = limits;
        this.placeholders = placeholders;
        this.transport = new HttpTransport(limits);
        this.http = new HttpRepositoryClient(transport, limits);
        this.file = new FileRepositoryClient(limits);
    }

    Endpoint endpoint(Repository repository) {
        return Endpoint.of(repository, placeholders);
    }

    RepositoryClient clientFor(Endpoint endpoint) {
        return switch (endpoint.base().getScheme().toLowerCase(Locale.ROOT)) {
            case "file" -> file;
            case "http", "https" -> http;
            default -> throw new IllegalArgumentException("no client for " + endpoint);
        };
    }

    TransferLimits limits() {
        return limits;
    }

    @Override
    public void close() {
        transport.close();
    }
}
