package io.vyra.modulemanager.catalog;

import io.vyra.modulemanager.problem.ProblemException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/**
 * GET over http and https with time limits, guarded redirects, the API key and pinned certificates.
 *
 * <p>Thread-safe. Network trouble is an {@link IOException}, which a caller may try again; a refusal is a {@link ProblemException}.
 */
final class HttpTransport implements AutoCloseable {
    private static final int MOST_REDIRECTS = 5;
    private static final long SLICE_MILLIS = 50;
    private static final String UNPINNED = "";

    private final TransferLimits limits;
    private final Map<String, HttpClient> clients = new ConcurrentHashMap<>();

    HttpTransport(TransferLimits limits) {
        this.limits = limits;
    }

    /**
     * Asks for {@code uri}, following redirects (RFC 9110 section 15.4) from http or https to http or https, at most five of them,
     * never from https to http. The API key goes to the repository's own origin only.
     *
     * @param headers   sent as they are
     * @param cancelled asked every few dozen milliseconds; true ends the request with a {@link CancellationException}
     * @return the response that is no redirect; the caller closes its body
     */
    HttpResponse<StallGuardedBody> get(
            Endpoint endpoint, URI uri, Map<String, String> headers, BooleanSupplier cancelled) throws IOException {
        URI current = uri;
        for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
            HttpResponse<StallGuardedBody> response = send(endpoint, current, headers, cancelled);
            if (!isRedirect(response.statusCode())) {
                return response;
            }
            response.body().close();
            current = target(endpoint, current, response);
        }
        throw NetworkTrouble.problem(endpoint, uri, "it redirects more than " + MOST_REDIRECTS + " times");
    }

    private static boolean isRedirect(int status) {
        return switch (status) {
            case 301, 302, 303, 307, 308 -> true;
            default -> false;
        };
    }

    private URI target(Endpoint endpoint, URI from, HttpResponse<?> response) {
        String location = response.headers()
                .firstValue("Location")
                .orElseThrow(() -> NetworkTrouble.problem(endpoint, from, "it redirects without saying where to"));
        URI to;
        try {
            to = from.resolve(location);
        } catch (IllegalArgumentException e) {
            throw NetworkTrouble.problem(endpoint, from, "it redirects to something that is no address");
        }
        String scheme = String.valueOf(to.getScheme()).toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https") || to.getHost() == null) {
            throw NetworkTrouble.problem(
                    endpoint, from, "it redirects to a " + scheme + ": address; only http and https are followed");
        }
        if (scheme.equals("http") && "https".equalsIgnoreCase(from.getScheme())) {
            throw NetworkTrouble.problem(
                    endpoint, from, "it redirects from https to http, which would give up encryption");
        }
        return to;
    }

    private HttpResponse<StallGuardedBody> send(
            Endpoint endpoint, URI uri, Map<String, String> headers, BooleanSupplier cancelled) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).GET();
        headers.forEach(request::setHeader);
        if (endpoint.isSameOrigin(uri)) {
            endpoint.apiKey().ifPresent(key -> request.setHeader("X-API-Key", key));
        }
        HttpClient client = client(endpoint);
        HttpRequest ready = request.build();
        // sendAsync() would complete on the common pool, which others may block; send() in a thread of its own does
        // not.
        FutureTask<HttpResponse<StallGuardedBody>> pending =
                new FutureTask<>(() -> client.send(ready, head -> new StallGuardedBody(limits.stall(), cancelled)));
        Thread.ofVirtual().name("repository-request").start(pending);
        return await(pending, cancelled);
    }

    private HttpResponse<StallGuardedBody> await(
            FutureTask<HttpResponse<StallGuardedBody>> pending, BooleanSupplier cancelled) throws IOException {
        long deadline = System.nanoTime() + limits.response().toNanos();
        try {
            while (true) {
                if (cancelled.getAsBoolean()) {
                    throw new CancellationException("the transfer was cancelled");
                }
                if (System.nanoTime() > deadline) {
                    throw new HttpTimeoutException(
                            "no answer came for " + limits.response().toMillis() / 1000.0 + " s");
                }
                try {
                    return pending.get(SLICE_MILLIS, TimeUnit.MILLISECONDS);
                } catch (TimeoutException e) {
                    continue;
                }
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException interrupted = new InterruptedIOException("interrupted while waiting for an answer");
            interrupted.initCause(e);
            throw interrupted;
        } finally {
            if (!pending.isDone()) {
                pending.cancel(true);
            }
        }
    }

    private HttpClient client(Endpoint endpoint) {
        return clients.computeIfAbsent(endpoint.certFingerprint().orElse(UNPINNED), fingerprint -> {
            HttpClient.Builder builder = HttpClient.newBuilder()
                    .connectTimeout(limits.connect())
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .version(HttpClient.Version.HTTP_1_1);
            if (!fingerprint.equals(UNPINNED)) {
                builder.sslContext(CertificatePin.contextTrusting(fingerprint));
            }
            return builder.build();
        });
    }

    /** Ends running transfers at once. */
    @Override
    public void close() {
        clients.values().forEach(HttpClient::shutdownNow);
    }
}
