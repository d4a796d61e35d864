package io.vyra.zenoh.router;

import io.vyra.zenoh.message.CongestionControl;
import io.vyra.zenoh.message.NetworkMessage.ResponseFinal;
import io.vyra.zenoh.message.QualityOfService;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The queries that are not answered to the end. Each is asked of some faces, under a number that this router never uses for another one at
 * the same time; only the face that was asked may answer under it. Thread-safe.
 */
final class OpenQueries {
    /** A query of a face's. */
    static final class OpenQuery {
        private final Face asker;
        private final int number;
        private final QualityOfService quality;
        private final Map<Integer, Face> parts = new LinkedHashMap<>();
        private volatile ScheduledFuture<?> alarm;

        private OpenQuery(Face asker, int number, QualityOfService quality) {
            this.asker = asker;
            this.number = number;
            // An answer that is left out would be missed, and an end be waited for.
            this.quality = QualityOfService.of(quality.priority(), CongestionControl.BLOCK, quality.express());
        }

        Face asker() {
            return asker;
        }

        /** The asker's number. */
        int number() {
            return number;
        }

        QualityOfService quality() {
            return quality;
        }

        /** Ends it should it not end by itself; to be called before anybody is asked. */
        void alarm(ScheduledFuture<?> newAlarm) {
            alarm = newAlarm;
        }

        ResponseFinal end() {
            return new ResponseFinal(number, quality, null);
        }
    }

    private record Part(OpenQuery query, Face target) {}

    private final int mostPerFace;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Integer, Part> parts = new HashMap<>();
    private final Map<Face, Set<OpenQuery>> byAsker = new HashMap<>();
    private int lastNumber;

    OpenQueries(int mostPerFace) {
        this.mostPerFace = mostPerFace;
    }

    /** Opens a query to these faces, which are at least one; null when its asker has as many as it may. */
    OpenQuery open(Face asker, int number, QualityOfService quality, List<Face> targets) {
        OpenQuery query = new OpenQuery(asker, number, quality);
        lock.lock();
        try {
            Set<OpenQuery> open = byAsker.computeIfAbsent(asker, _ -> new LinkedHashSet<>());
            if (open.size() >= mostPerFace) {
                return null;
            }
            open.add(query);
            for (Face target : targets) {
                int part = nextNumber();
                parts.put(part, new Part(query, target));
                query.parts.put(part, target);
            }
            return query;
        } finally {
            lock.unlock();
        }
    }

    private int nextNumber() {
        do {
            lastNumber++;
        } while (parts.containsKey(lastNumber));
        return lastNumber;
    }

    /** Whom to ask, under which numbers. */
    Map<Integer, Face> partsOf(OpenQuery query) {
        lock.lock();
        try {
            return new LinkedHashMap<>(query.parts);
        } finally {
            lock.unlock();
        }
    }

    /** The query that this face was asked under this number, or null when it was not, or it is over. */
    OpenQuery find(Face target, int number) {
        lock.lock();
        try {
            Part part = parts.get(number);
            return part == null || part.target != target ? null : part.query;
        } finally {
            lock.unlock();
        }
    }

    /** A face has no more to say to what it was asked under this number; the query if nobody has, or null. */
    OpenQuery finish(Face target, int number) {
        lock.lock();
        try {
            Part part = parts.get(number);
            if (part == null || part.target != target) {
                return null;
            }
            return remove(part.query, number) ? part.query : null;
        } finally {
            lock.unlock();
        }
    }

    /** Whether that was the last part of it. */
    private boolean remove(OpenQuery query, int number) {
        parts.remove(number);
        query.parts.remove(number);
        if (!query.parts.isEmpty()) {
            return false;
        }
        forget(query);
        return true;
    }

    private void forget(OpenQuery query) {
        Set<OpenQuery> open = byAsker.get(query.asker);
        if (open != null && open.remove(query) && open.isEmpty()) {
            byAsker.remove(query.asker);
        }
        ScheduledFuture<?> scheduled = query.alarm;
        if (scheduled != null) {
            scheduled.cancel(false);
        }
    }

    /** Ends a query although faces have more to say; whether it had not ended. */
    boolean expire(OpenQuery query) {
        lock.lock();
        try {
            if (query.parts.isEmpty()) {
                return false;
            }
            query.parts.keySet().forEach(parts::remove);
            query.parts.clear();
            forget(query);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** A face is gone, with its queries; those of others that end by that. */
    List<OpenQuery> left(Face face) {
        List<OpenQuery> ended = new ArrayList<>();
        lock.lock();
        try {
            List.copyOf(byAsker.getOrDefault(face, Set.of())).forEach(this::expire);
            List<Integer> asked = new ArrayList<>();
            parts.forEach((number, part) -> {
                if (part.target == face) {
                    asked.add(number);
                }
            });
            for (int number : asked) {
                OpenQuery query = finish(face, number);
                if (query != null) {
                    ended.add(query);
                }
            }
        } finally {
            lock.unlock();
        }
        return ended;
    }

    /** Who asked what this process was asked under this number. */
    Optional<FaceIdentity> askerOf(int number) {
        lock.lock();
        try {
            Part part = parts.get(number);
            return part == null || !(part.target.identity() instanceof FaceIdentity.Local)
                    ? Optional.empty()
                    : Optional.of(part.query.asker.identity());
        } finally {
            lock.unlock();
        }
    }

    /** How many of a face's queries are open. */
    int countOf(Face asker) {
        lock.lock();
        try {
            return byAsker.getOrDefault(asker, Set.of()).size();
        } finally {
            lock.unlock();
        }
    }
}
