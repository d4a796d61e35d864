package io.vyra.zenoh.router;

import io.vyra.zenoh.link.Endpoint;
import io.vyra.zenoh.link.TlsContext;
import io.vyra.zenoh.transport.Credentials;
import java.time.Duration;
import java.util.List;

/**
 * The router whose client a router is.
 *
 * @param endpoints where it may be, in this order; one connection at a time
 * @param tls for TLS endpoints, or null
 * @param credentials as whom to connect, or null
 * @param connectTimeout for one attempt to connect
 * @param shortestRetry how long to wait after the first attempt that failed; it doubles, with jitter
 * @param longestRetry how long to wait at most
 */
public record UpstreamSettings(
        List<Endpoint> endpoints,
        TlsContext tls,
        Credentials credentials,
        Duration connectTimeout,
        Duration shortestRetry,
        Duration longestRetry) {
    public UpstreamSettings {
        endpoints = List.copyOf(endpoints);
        if (endpoints.isEmpty()) {
            throw new IllegalArgumentException(
                    "An upstream router needs at least one endpoint, such as tcp/10.0.0.1:7447");
        }
        if (shortestRetry.toNanos() < 2 || longestRetry.compareTo(shortestRetry) < 0) {
            throw new IllegalArgumentException("The waits between attempts grow from " + shortestRetry + " to "
                    + longestRetry + ", which they cannot");
        }
    }

    /** The usual waits, no TLS, no credentials. */
    public static UpstreamSettings of(Endpoint... endpoints) {
        return new UpstreamSettings(
                List.of(endpoints), null, null, Duration.ofSeconds(10), Duration.ofMillis(250), Duration.ofSeconds(4));
    }

    public UpstreamSettings withTls(TlsContext newTls) {
        return new UpstreamSettings(endpoints, newTls, credentials, connectTimeout, shortestRetry, longestRetry);
    }

    public UpstreamSettings withCredentials(Credentials newCredentials) {
        return new UpstreamSettings(endpoints, tls, newCredentials, connectTimeout, shortestRetry, longestRetry);
    }

    public UpstreamSettings withRetries(Duration newShortest, Duration newLongest) {
        return new UpstreamSettings(endpoints, tls, credentials, connectTimeout, newShortest, newLongest);
    }
}
