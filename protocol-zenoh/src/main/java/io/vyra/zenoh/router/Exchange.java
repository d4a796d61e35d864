package io.vyra.zenoh.router;

import io.vyra.zenoh.keyexpr.KeyExpression;
import io.vyra.zenoh.message.Answer;
import io.vyra.zenoh.message.Encoding;
import io.vyra.zenoh.message.EntityId;
import io.vyra.zenoh.message.NetworkMessage.Response;
import io.vyra.zenoh.message.QualityOfService;
import io.vyra.zenoh.message.WireExpression;
import io.vyra.zenoh.transport.HandshakeException;
import io.vyra.zenoh.transport.Transport;
import io.vyra.zenoh.transport.TransportEnd;
import io.vyra.zenoh.wire.Bytes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** What all faces of a router share, and how one comes and goes. Thread-safe. */
final class Exchange {
    private static final Duration LONGEST_QUERY = Duration.ofHours(1);

    private final RouterSettings settings;
    private final ScheduledExecutorService timer;
    private final Reports reports;
    private final Tally tally = new Tally();
    private final RoutingTable table = new RoutingTable();
    private final Faces faces;
    private final OpenQueries queries;
    private final HybridClock clock;
    private final EntityId responder;
    private final AtomicLong lastFace = new AtomicLong();

    Exchange(RouterSettings settings, Reports reports, ScheduledExecutorService timer) {
        this.settings = settings;
        this.reports = reports;
        this.timer = timer;
        this.faces = new Faces(settings.limits().faces());
        this.queries = new OpenQueries(settings.limits().openQueriesPerFace());
        this.clock =
                new HybridClock(InstantSource.system(), settings.transport().node());
        this.responder = new EntityId(settings.transport().node(), 0);
    }

    RouterSettings settings() {
        return settings;
    }

    Reports reports() {
        return reports;
    }

    Tally tally() {
        return tally;
    }

    RoutingTable table() {
        return table;
    }

    Faces faces() {
        return faces;
    }

    OpenQueries queries() {
        return queries;
    }

    HybridClock clock() {
        return clock;
    }

    /**
     * Makes an open transport a face.
     *
     * @throws HandshakeException when there is no place for it; the peer was told
     */
    FaceHandler join(Transport transport, FaceIdentity identity) throws HandshakeException {
        Face face = new Face(new FaceId(lastFace.incrementAndGet()), identity, transport, settings, tally);
        FaceHandler handler = new FaceHandler(this, face);
        try {
            faces.add(face);
        } catch (HandshakeException e) {
            transport.start(new Unwelcome(), timer);
            transport.close(e.reason());
            throw e;
        }
        tally.opened.increment();
        settings.rules().joined(identity, face.id());
        if (identity instanceof FaceIdentity.User || identity instanceof FaceIdentity.Certificate) {
            // Who has proven who it is may have taken something from who has not.
            table.revoke((each, kind, key) -> settings.rules().allows(each.identity(), each.id(), kind.action(), key));
        }
        table.join(face);
        if (face.isUpstream()) {
            tally.upstreamConnections.increment();
            face.tell(FaceHandler.UPSTREAM_INTEREST);
        }
        reports.faceOpened(status(face));
        transport.start(handler, timer);
        return handler;
    }

    /** A face is gone: nothing of it stays. */
    void leave(Face face, TransportEnd end) {
        face.ended();
        FaceStatus last = status(face);
        settings.rules().left(face.id());
        table.leave(face);
        for (OpenQueries.OpenQuery query : queries.left(face)) {
            query.asker().tell(query.end());
        }
        faces.remove(face);
        reports.faceClosed(last, end);
    }

    FaceStatus status(Face face) {
        return table.status(face, queries::countOf);
    }

    List<FaceStatus> statuses() {
        return table.statuses(queries::countOf);
    }

    /** Whether the rules allow it; if not that is counted and reported. */
    boolean isAllowed(Face face, Action action, KeyExpression key) {
        boolean isWithinRules = settings.rules().allows(face.identity(), face.id(), action, key);
        if (!isWithinRules) {
            face.countRefused();
            reports.refused(status(face), action, key);
        }
        return isWithinRules;
    }

    /** A face asked for more than it may. */
    void limitReached(Face face, String limit) {
        face.countRefused();
        if (face.isFirstAtLimit()) {
            reports.limitReached(status(face), limit);
        }
    }

    /** Ends a query when its asker does not wait any longer. */
    void limitTime(OpenQueries.OpenQuery query, long timeoutMillis) {
        long millis = timeoutMillis <= 0
                ? settings.queryTimeout().toMillis()
                : Math.min(timeoutMillis, LONGEST_QUERY.toMillis());
        query.alarm(timer.schedule(() -> expire(query), millis, TimeUnit.MILLISECONDS));
    }

    private void expire(OpenQueries.OpenQuery query) {
        if (queries.expire(query)) {
            tally.timedOutQueries.increment();
            query.asker().tell(failure(query.number(), query.quality(), "Timeout"));
            query.asker().tell(query.end());
        }
    }

    /** An answer of this router's own. */
    Response failure(int number, QualityOfService quality, String message) {
        return new Response(
                number,
                WireExpression.NONE,
                quality,
                null,
                responder,
                new Answer.Failure(Encoding.TEXT_PLAIN, null, Bytes.of(message)));
    }

    Optional<FaceIdentity> askerOf(int number) {
        return queries.askerOf(number);
    }

    RouterCounters counters() {
        return tally.counters(faces.count(), faces.hasUpstream());
    }
}
