package io.vyra.zenoh.session;

import io.vyra.zenoh.link.Endpoint;
import io.vyra.zenoh.link.TlsContext;
import io.vyra.zenoh.message.WhatAmI;
import io.vyra.zenoh.message.ZenohId;
import io.vyra.zenoh.transport.Credentials;
import io.vyra.zenoh.transport.TransportSettings;
import java.time.Duration;
import java.util.List;

/**
 * What a session is told when it is opened.
 *
 * @param endpoints the routers to try, in this order
 * @param transport who this is, and the sizes and times of its transport
 * @param tls for TLS endpoints, or null
 * @param credentials as whom to connect, or null
 * @param connectTimeout for one attempt to connect, handshake included
 * @param shortestRetry how long to wait after the first attempt that failed; it doubles, with jitter
 * @param longestRetry how long to wait at most
 * @param blockingTimeout how long a sender waits for room, or for a connection, where its message blocks
 * @param queryTimeout how long a query waits for answers unless it says otherwise
 * @param queuedSamples how many samples may wait for each subscriber
 * @param queuedBytes how many bytes of them
 * @param deliveryTimeout how long a sample that blocks waits for room in a subscriber's queue; it holds up the peer
 * @param concurrentQueries how many queries each queryable works on at once
 */
public record SessionSettings(
        List<Endpoint> endpoints,
        TransportSettings transport,
        TlsContext tls,
        Credentials credentials,
        Duration connectTimeout,
        Duration shortestRetry,
        Duration longestRetry,
        Duration blockingTimeout,
        Duration queryTimeout,
        int queuedSamples,
        int queuedBytes,
        Duration deliveryTimeout,
        int concurrentQueries) {
    public SessionSettings {
        endpoints = List.copyOf(endpoints);
        if (endpoints.isEmpty()) {
            throw new IllegalArgumentException("A session needs at least one endpoint, such as tcp/127.0.0.1:7447");
        }
    }

    /** The usual, as a client with a random identity. */
    public static SessionSettings client(Endpoint... endpoints) {
        return new SessionSettings(
                List.of(endpoints),
                TransportSettings.of(ZenohId.random(), WhatAmI.CLIENT),
                null,
                null,
                Duration.ofSeconds(10),
                Duration.ofMillis(250),
                Duration.ofSeconds(4),
                Duration.ofSeconds(5),
                Duration.ofSeconds(10),
                1024,
                64 << 20,
                Duration.ofSeconds(1),
                256);
    }

    public SessionSettings withTransport(TransportSettings newTransport) {
        return copy(newTransport, tls, credentials, blockingTimeout, queryTimeout);
    }

    public SessionSettings withTls(TlsContext newTls) {
        return copy(transport, newTls, credentials, blockingTimeout, queryTimeout);
    }

    public SessionSettings withCredentials(Credentials newCredentials) {
        return copy(transport, tls, newCredentials, blockingTimeout, queryTimeout);
    }

    public SessionSettings withTimeouts(Duration newBlockingTimeout, Duration newQueryTimeout) {
        return copy(transport, tls, credentials, newBlockingTimeout, newQueryTimeout);
    }

    /** These, with other waits between attempts to connect. */
    public SessionSettings withRetries(Duration newShortest, Duration newLongest) {
        return new SessionSettings(
                endpoints,
                transport,
                tls,
                credentials,
                connectTimeout,
                newShortest,
                newLongest,
                blockingTimeout,
                queryTimeout,
                queuedSamples,
                queuedBytes,
                deliveryTimeout,
                concurrentQueries);
    }

    /** These, with other bounds of what waits for callbacks. */
    public SessionSettings withQueues(int newSamples, int newBytes, Duration newDeliveryTimeout, int newQueries) {
        return new SessionSettings(
                endpoints,
                transport,
                tls,
                credentials,
                connectTimeout,
                shortestRetry,
                longestRetry,
                blockingTimeout,
                queryTimeout,
                newSamples,
                newBytes,
                newDeliveryTimeout,
                newQueries);
    }

    private SessionSettings copy(
            TransportSettings newTransport,
            TlsContext newTls,
            Credentials newCredentials,
            Duration newBlockingTimeout,
            Duration newQueryTimeout) {
        return new SessionSettings(
                endpoints,
                newTransport,
                newTls,
                newCredentials,
                connectTimeout,
                shortestRetry,
                longestRetry,
                newBlockingTimeout,
                newQueryTimeout,
                queuedSamples,
                queuedBytes,
                deliveryTimeout,
                concurrentQueries);
    }
}
