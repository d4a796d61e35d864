package io.vyra.zenoh.router;

/**
 * What a router did so far.
 *
 * @param faces how many there are now, this process's own and the upstream one included
 * @param opened how many there were so far
 * @param refusedConnections who was not let in: wrong role, password or protocol, or too many
 * @param stalledFaces faces that were closed because they did not take what must not be dropped
 * @param publications puts and deletes received
 * @param deliveries how often one was handed to a face
 * @param droppedPublications how often one was left out because the way to a face was full
 * @param queries received
 * @param timedOutQueries those that a face did not answer to the end in time
 * @param refusedDeclarations by rule
 * @param refusedPublications by rule
 * @param refusedQueries by rule or limit
 * @param limitedDeclarations ignored because the face had declared as much as it may
 * @param isUpstreamConnected whether the upstream router, if one is configured, is connected
 * @param upstreamConnections how often it was
 */
public record RouterCounters(
        int faces,
        long opened,
        long refusedConnections,
        long stalledFaces,
        long publications,
        long deliveries,
        long droppedPublications,
        long queries,
        long timedOutQueries,
        long refusedDeclarations,
        long refusedPublications,
        long refusedQueries,
        long limitedDeclarations,
        boolean isUpstreamConnected,
        long upstreamConnections) {}
