package io.vyra.zenoh.router;

/**
 * How much clients may ask of a router. What a message may hold is in its {@link io.vyra.zenoh.transport.TransportSettings}.
 *
 * @param faces how many clients may be connected at once
 * @param declarationsPerFace how many subscribers, queryables, tokens, interests and numbered key expressions a client may have together
 * @param declaredBytesPerFace how many bytes their key expressions may have together
 * @param upstreamDeclarations the same number for the upstream router
 * @param openQueriesPerFace how many queries a client may have that are not answered to the end
 * @param waitingMessagesPerFace how many declarations may wait to be sent to a client before it is taken for stalled
 */
public record RouterLimits(
        int faces,
        int declarationsPerFace,
        int declaredBytesPerFace,
        int upstreamDeclarations,
        int openQueriesPerFace,
        int waitingMessagesPerFace) {
    /** 128 clients with 8,192 declarations of 2 MiB and 1,024 queries each. */
    public static final RouterLimits DEFAULT = new RouterLimits(128, 8192, 2 << 20, 1 << 17, 1024, 1 << 18);

    public RouterLimits {
        requirePositive("faces", faces);
        requirePositive("declarationsPerFace", declarationsPerFace);
        requirePositive("declaredBytesPerFace", declaredBytesPerFace);
        requirePositive("upstreamDeclarations", upstreamDeclarations);
        requirePositive("openQueriesPerFace", openQueriesPerFace);
        requirePositive("waitingMessagesPerFace", waitingMessagesPerFace);
    }

    private static void requirePositive(String field, int value) {
        if (value < 1) {
            throw new IllegalArgumentException("The limit " + field + " is at least 1, not " + value);
        }
    }
}
