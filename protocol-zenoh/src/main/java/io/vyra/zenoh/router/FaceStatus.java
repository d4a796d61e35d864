package io.vyra.zenoh.router;

import io.vyra.zenoh.message.ZenohId;
import io.vyra.zenoh.transport.TransportCounters;

/**
 * A face at one moment.
 *
 * @param node who the peer says it is
 * @param address where it is
 * @param keyExpressions how many numbered key expressions it declared
 * @param openQueries how many of its queries are not answered to the end
 * @param refused how many declarations, publications and queries of its were refused, by rule or limit
 * @param droppedPublications how many publications were left out because the way to it was full
 * @param transport what went over its connection; {@code sent} is what it was sent
 */
public record FaceStatus(
        FaceId id,
        FaceIdentity identity,
        ZenohId node,
        String address,
        int subscribers,
        int queryables,
        int tokens,
        int keyExpressions,
        int openQueries,
        long refused,
        long droppedPublications,
        TransportCounters transport) {}
