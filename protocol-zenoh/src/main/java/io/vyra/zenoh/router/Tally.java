package io.vyra.zenoh.router;

import java.util.concurrent.atomic.LongAdder;

/** What a router counts. Thread-safe. */
final class Tally {
    final LongAdder opened = new LongAdder();
    final LongAdder refusedConnections = new LongAdder();
    final LongAdder stalledFaces = new LongAdder();
    final LongAdder publications = new LongAdder();
    final LongAdder deliveries = new LongAdder();
    final LongAdder droppedPublications = new LongAdder();
    final LongAdder queries = new LongAdder();
    final LongAdder timedOutQueries = new LongAdder();
    final LongAdder refusedDeclarations = new LongAdder();
    final LongAdder refusedPublications = new LongAdder();
    final LongAdder refusedQueries = new LongAdder();
    final LongAdder limitedDeclarations = new LongAdder();
    final LongAdder upstreamConnections = new LongAdder();

    RouterCounters counters(int faces, boolean isUpstreamConnected) {
        return new RouterCounters(
                faces,
                opened.sum(),
                refusedConnections.sum(),
                stalledFaces.sum(),
                publications.sum(),
                deliveries.sum(),
                droppedPublications.sum(),
                queries.sum(),
                timedOutQueries.sum(),
                refusedDeclarations.sum(),
                refusedPublications.sum(),
                refusedQueries.sum(),
                limitedDeclarations.sum(),
                isUpstreamConnected,
                upstreamConnections.sum());
    }
}
