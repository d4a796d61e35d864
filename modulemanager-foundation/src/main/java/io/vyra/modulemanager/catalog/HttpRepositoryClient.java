package io.vyra.modulemanager.catalog;

import io.vyra.modulemanager.problem.ProblemException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A repository behind http or https. */
final class HttpRepositoryClient implements RepositoryClient {
    private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (\\d{1,18})-(\\d{1,18})/(\\d{1,18}|\\*)");
    private static final int CHUNK = 64 << 10;

    private final HttpTransport transport;
    private final TransferLimits limits;

    HttpRepositoryClient(HttpTransport transport, TransferLimits limits) {
        this.transport = transport;
        this.limits = limits;
    }

    @Override
    public IndexAnswer fetchIndex(Endpoint endpoint, Optional<Validators> known) throws IOException {
        URI uri = endpoint.resolve(INDEX_NAME);
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Accept", "application/json");
        known.flatMap(Validators::etag).ifPresent(etag -> headers.put("If-None-Match", etag));
        known.flatMap(Validators::lastModified).ifPresent(date -> headers.put("If-Modified-Since", date));
        HttpResponse<StallGuardedBody> response = transport.get(endpoint, uri, headers, () -> false);
        try (StallGuardedBody body = response.body()) {
            if (response.statusCode() == 304 && known.isPresent()) {
                return new IndexAnswer.Unchanged();
            }
            if (response.statusCode() != 200) {
                throw unexpected(endpoint, uri, response.statusCode());
            }
            return new IndexAnswer.Fetched(
                    readIndex(endpoint, uri, body),
                    new Validators(
                            response.headers().firstValue("ETag"),
                            response.headers().firstValue("Last-Modified")));
        }
    }

    private byte[] readIndex(Endpoint endpoint, URI uri, StallGuardedBody body) throws IOException {
        long deadline = System.nanoTime() + limits.index().toNanos();
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        byte[] chunk = new byte[CHUNK];
        for (int count = body.read(chunk); count >= 0; count = body.read(chunk)) {
            content.write(chunk, 0, count);
            if (content.size() > limits.indexBytes()) {
                throw NetworkTrouble.problem(
                        endpoint, uri, "it is larger than the " + limits.indexBytes() + " bytes an index may have");
            }
            if (System.nanoTime() > deadline) {
                throw NetworkTrouble.problem(
                        endpoint,
                        uri,
                        "it did not arrive within " + limits.index().toMillis() / 1000.0 + " s");
            }
        }
        return content.toByteArray();
    }

    @Override
    public PackageStream openPackage(
            Endpoint endpoint, URI uri, long offset, Optional<String> validator, BooleanSupplier cancelled)
            throws IOException {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Accept", "application/gzip, application/octet-stream, */*");
        boolean resuming = offset > 0 && validator.isPresent();
        if (resuming) {
            headers.put("Range", "bytes=" + offset + "-");
            headers.put("If-Range", validator.orElseThrow());
        }
        HttpResponse<StallGuardedBody> response = transport.get(endpoint, uri, headers, cancelled);
        Optional<String> next = strongValidator(response);
        if (response.statusCode() == 200) {
            return new PackageStream(response.body(), 0, contentLength(response), next);
        }
        if (resuming && response.statusCode() == 206 && beginsAt(response, offset)) {
            return new PackageStream(response.body(), offset, contentLength(response), next.or(() -> validator));
        }
        response.body().close();
        if (resuming && (response.statusCode() == 206 || response.statusCode() == 416)) {
            return openPackage(endpoint, uri, 0, Optional.empty(), cancelled);
        }
        throw unexpected(endpoint, uri, response.statusCode());
    }

    /** Whether this 206 is the one part that was asked for (RFC 9110 section 14.4). */
    private static boolean beginsAt(HttpResponse<?> response, long offset) {
        Matcher matcher = CONTENT_RANGE.matcher(
                response.headers().firstValue("Content-Range").orElse(""));
        return matcher.matches() && Long.parseLong(matcher.group(1)) == offset;
    }

    private static OptionalLong contentLength(HttpResponse<?> response) {
        return response.headers().firstValueAsLong("Content-Length");
    }

    /** If-Range takes no weak entity tag (RFC 9110 section 13.1.5). */
    private static Optional<String> strongValidator(HttpResponse<?> response) {
        return response.headers()
                .firstValue("ETag")
                .filter(etag -> !etag.startsWith("W/"))
                .or(() -> response.headers().firstValue("Last-Modified"));
    }

    private static ProblemException unexpected(Endpoint endpoint, URI uri, int status) throws IOException {
        return switch (status) {
            // A gateway's trouble passes, like the network's.
            case 502, 503, 504 -> throw new IOException("the server answered with status " + status);
            case 401, 403 ->
                NetworkTrouble.problem(
                        endpoint,
                        uri,
                        "the server refused with status " + status
                                + (endpoint.apiKey().isPresent()
                                        ? "; the repository's API key is not accepted"
                                        : "; it may want an API key"));
            default -> NetworkTrouble.problem(endpoint, uri, "the server answered with status " + status);
        };
    }
}
