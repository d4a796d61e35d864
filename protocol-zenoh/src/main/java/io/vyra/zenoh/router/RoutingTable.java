package io.vyra.zenoh.router;

import io.vyra.zenoh.keyexpr.KeyExpression;
import io.vyra.zenoh.message.Declaration;
import io.vyra.zenoh.message.InterestMode;
import io.vyra.zenoh.message.NetworkMessage.Declare;
import io.vyra.zenoh.message.QueryTarget;
import io.vyra.zenoh.message.WireExpression;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.ToIntFunction;

/**
 * Who declared what, and who is told of it. Thread-safe; nobody waits for a face under its lock.
 *
 * <p>What a client is told follows from its interests, what the upstream router is told is everything, each key expression once. Tokens come
 * back to whoever declared them, other declarations do not (zenoh 1.x, {@code hat/broker}).
 */
final class RoutingTable {
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<FaceId, Face> faces = new LinkedHashMap<>();
    private final Map<Kind, Declared> declared = new EnumMap<>(Kind.class);

    /** Whether the upstream router has said all that it has; until then everything may be for it. */
    private boolean isUpstreamKnown = true;

    /** Changes whenever another route may follow. */
    private volatile long version;

    RoutingTable() {
        for (Kind kind : Kind.values()) {
            declared.put(kind, new Declared());
        }
    }

    long version() {
        return version;
    }

    /** Adds a face, and tells it of everything if it is the upstream router. */
    void join(Face face) {
        lock.lock();
        try {
            faces.put(face.id(), face);
            if (face.isUpstream()) {
                isUpstreamKnown = false;
                for (Kind kind : Kind.values()) {
                    declared.get(kind).forEachKey(null, (key, _) -> refresh(face, kind, key, false));
                }
            }
            changed();
        } finally {
            lock.unlock();
        }
    }

    /** Removes a face and all that it declared. */
    void leave(Face face) {
        lock.lock();
        try {
            faces.remove(face.id());
            if (face.isUpstream()) {
                isUpstreamKnown = true;
            }
            for (Kind kind : Kind.values()) {
                Set<KeyExpression> keys = new LinkedHashSet<>();
                face.declared(kind).values().forEach(it -> {
                    declared.get(kind).remove(face, it.key(), it.traits());
                    keys.add(it.key());
                });
                face.declared(kind).clear();
                keys.forEach(key -> propagate(kind, key, true));
            }
            changed();
        } finally {
            lock.unlock();
        }
    }

    /** The upstream router has said all that it has. */
    void upstreamKnown() {
        lock.lock();
        try {
            isUpstreamKnown = true;
            changed();
        } finally {
            lock.unlock();
        }
    }

    // Written under the lock, read by anybody.
    @SuppressWarnings("NonAtomicVolatileUpdate")
    private void changed() {
        version++;
    }

    /** A face declares something; what it declared before under this number, or null. */
    Face.Declaring declare(Face face, Kind kind, int number, KeyExpression key, Traits traits) {
        lock.lock();
        try {
            Face.Declaring before = face.declared(kind).put(number, new Face.Declaring(key, traits));
            if (before != null) {
                declared.get(kind).remove(face, before.key(), before.traits());
            }
            declared.get(kind).add(face, key, traits);
            if (before != null && !before.key().equals(key)) {
                propagate(kind, before.key(), true);
            }
            propagate(kind, key, false);
            if (kind == Kind.SUBSCRIBER) {
                changed();
            }
            return before;
        } finally {
            lock.unlock();
        }
    }

    /** A face takes back what it declared under this number; gives it, or null. */
    Face.Declaring undeclare(Face face, Kind kind, int number) {
        lock.lock();
        try {
            Face.Declaring before = face.declared(kind).remove(number);
            if (before != null) {
                declared.get(kind).remove(face, before.key(), before.traits());
                propagate(kind, before.key(), true);
                if (kind == Kind.SUBSCRIBER) {
                    changed();
                }
            }
            return before;
        } finally {
            lock.unlock();
        }
    }

    /** Says whether a face may have declared something. */
    interface Permission {
        boolean covers(Face face, Kind kind, KeyExpression key);
    }

    /** Takes back what faces declared and may have no longer. They are not told, as they are not of anything that is refused. */
    void revoke(Permission permission) {
        lock.lock();
        try {
            for (Face face : faces.values()) {
                for (Kind kind : Kind.values()) {
                    List<Integer> revoked = new ArrayList<>();
                    face.declared(kind).forEach((number, it) -> {
                        if (!permission.covers(face, kind, it.key())) {
                            revoked.add(number);
                        }
                    });
                    revoked.forEach(number -> undeclare(face, kind, number));
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** A face wants to hear of something. Whether it may have one more is for the caller to say; gives the interest that it replaces. */
    Interests.Interest interest(Face face, int number, InterestMode mode, Interests.Interest interest) {
        lock.lock();
        try {
            Interests.Interest before = mode.isFuture() ? face.interests().put(number, interest) : null;
            if (mode.isCurrent()) {
                for (Kind kind : Kind.values()) {
                    if (kind.isIn(interest.subject())) {
                        tellCurrent(face, kind, number, mode, interest);
                    }
                }
                face.tell(Declare.answering(number, new Declaration.AllDeclared()));
            }
            return before;
        } finally {
            lock.unlock();
        }
    }

    private void tellCurrent(Face face, Kind kind, int number, InterestMode mode, Interests.Interest interest) {
        if (interest.isAggregate(kind)) {
            Traits traits = declared.get(kind).matching(interest.key(), exceptFor(face, kind));
            if (traits != null) {
                tellAnswering(face, kind, number, mode, interest.key(), traits);
            }
            return;
        }
        declared.get(kind).forEachKey(interest.key(), (key, _) -> {
            Traits traits = declared.get(kind).at(key, exceptFor(face, kind));
            if (traits != null) {
                tellAnswering(face, kind, number, mode, key, traits);
            }
        });
    }

    /** Who asks only for what is now gets no number by which it could be taken back. */
    private void tellAnswering(
            Face face, Kind kind, int interest, InterestMode mode, KeyExpression key, Traits traits) {
        int number = 0;
        if (mode.isFuture()) {
            Face.Told before = face.told(kind).get(key);
            number = before == null ? face.nextNumber() : before.number();
            face.told(kind).put(key, new Face.Told(number, traits));
        }
        face.tell(Declare.answering(interest, kind.declared(number, key, traits)));
    }

    /** A face does not want to hear of something any more; gives the interest, or null. */
    Interests.Interest endInterest(Face face, int number) {
        lock.lock();
        try {
            Interests.Interest interest = face.interests().remove(number);
            if (interest != null) {
                for (Kind kind : Kind.values()) {
                    if (kind.isIn(interest.subject())) {
                        face.told(kind).keySet().removeIf(key -> !wants(face, kind, key));
                    }
                }
            }
            return interest;
        } finally {
            lock.unlock();
        }
    }

    private static boolean wants(Face face, Kind kind, KeyExpression key) {
        return face.isUpstream()
                || face.interests().wantsEach(kind, key)
                || face.interests().aggregatesTo(kind, key);
    }

    private static Face exceptFor(Face face, Kind kind) {
        return kind == Kind.TOKEN && !face.isUpstream() ? null : face;
    }

    /** Something was declared under this key expression, or taken back: everybody is told what they want to know of it. */
    private void propagate(Kind kind, KeyExpression key, boolean isTakenBack) {
        for (Face face : faces.values()) {
            refresh(face, kind, key, isTakenBack);
            face.interests().forEachAggregate(kind, key, each -> {
                if (!each.equals(key)) {
                    refresh(face, kind, each, false);
                }
            });
        }
    }

    /** Tells a face what changed since it was last told of this key expression. */
    private void refresh(Face face, Kind kind, KeyExpression key, boolean isTakenBack) {
        Face except = exceptFor(face, kind);
        boolean wantsEach = face.isUpstream() || face.interests().wantsEach(kind, key);
        Traits now = wantsEach ? declared.get(kind).at(key, except) : null;
        if (face.interests().aggregatesTo(kind, key)) {
            now = Traits.merged(now, declared.get(kind).matching(key, except));
        }
        Face.Told before = face.told(kind).get(key);
        if (now != null) {
            if (before == null || !before.traits().equals(now)) {
                int number = before == null ? face.nextNumber() : before.number();
                face.told(kind).put(key, new Face.Told(number, now));
                face.tell(Declare.of(kind.declared(number, key, now)));
            }
        } else if (before != null) {
            face.told(kind).remove(key);
            face.tell(Declare.of(kind.undeclared(before.number(), WireExpression.NONE)));
        } else if (isTakenBack && kind == Kind.TOKEN && wantsEach && !face.isUpstream()) {
            // It never heard of the token, and wants to hear of its end: then the key expression stands for the number.
            face.tell(Declare.of(kind.undeclared(0, WireExpression.of(key.toString()))));
        }
    }

    /** The faces that a publication of this face's goes to. */
    Face[] subscribersOf(Face source, KeyExpression key) {
        lock.lock();
        try {
            Set<Face> found = new LinkedHashSet<>();
            declared.get(Kind.SUBSCRIBER).forEachHolder(key, (face, _) -> found.add(face));
            if (!isUpstreamKnown) {
                faces.values().stream().filter(Face::isUpstream).forEach(found::add);
            }
            found.remove(source);
            return found.toArray(Face[]::new);
        } finally {
            lock.unlock();
        }
    }

    /** The faces that a query of this face's goes to. */
    List<Face> targetsOf(Face asker, KeyExpression key, QueryTarget target) {
        lock.lock();
        try {
            Map<Face, Traits> found = new LinkedHashMap<>();
            declared.get(Kind.QUERYABLE).forEachHolder(key, (face, traits) -> {
                if (face != asker) {
                    found.merge(face, traits, Traits::merged);
                }
            });
            Map<Face, Traits> complete = new HashMap<>(found);
            complete.values().removeIf(traits -> !traits.complete());
            if (target == QueryTarget.BEST_MATCHING && !complete.isEmpty()) {
                return List.of(nearest(complete));
            }
            Map<Face, Traits> chosen = target == QueryTarget.ALL_COMPLETE ? complete : found;
            List<Face> targets = new ArrayList<>(chosen.keySet());
            if (!isUpstreamKnown) {
                faces.values().stream()
                        .filter(face -> face.isUpstream() && face != asker && !chosen.containsKey(face))
                        .forEach(targets::add);
            }
            return targets;
        } finally {
            lock.unlock();
        }
    }

    private static Face nearest(Map<Face, Traits> complete) {
        Map.Entry<Face, Traits> best = null;
        for (Map.Entry<Face, Traits> each : complete.entrySet()) {
            if (best == null || isNearer(each, best)) {
                best = each;
            }
        }
        return best.getKey();
    }

    /** Those that are as near as each other answer in the order in which they came, so that it is always the same one. */
    private static boolean isNearer(Map.Entry<Face, Traits> a, Map.Entry<Face, Traits> b) {
        int byDistance = Integer.compare(a.getValue().distance(), b.getValue().distance());
        return byDistance < 0
                || (byDistance == 0
                        && a.getKey().id().number() < b.getKey().id().number());
    }

    /** Whether there is no face, and nothing that one declared. */
    boolean isEmpty() {
        lock.lock();
        try {
            return faces.isEmpty() && declared.values().stream().allMatch(Declared::isEmpty);
        } finally {
            lock.unlock();
        }
    }

    List<FaceStatus> statuses(ToIntFunction<Face> openQueries) {
        List<FaceStatus> statuses = new ArrayList<>();
        lock.lock();
        try {
            faces.values().forEach(face -> statuses.add(status(face, openQueries)));
        } finally {
            lock.unlock();
        }
        return statuses;
    }

    /** What faces declared, in the order in which they came and did so. */
    List<FaceDeclaration> declarations(int most) {
        lock.lock();
        try {
            return faces.values().stream()
                    .flatMap(face -> Arrays.stream(Kind.values())
                            .flatMap(kind -> face.declared(kind).values().stream()
                                    .map(it ->
                                            new FaceDeclaration(face.id(), face.identity(), kind.action(), it.key()))))
                    .limit(most)
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    FaceStatus status(Face face, ToIntFunction<Face> openQueries) {
        lock.lock();
        try {
            return face.status(
                    face.declared(Kind.SUBSCRIBER).size(),
                    face.declared(Kind.QUERYABLE).size(),
                    face.declared(Kind.TOKEN).size(),
                    openQueries.applyAsInt(face));
        } finally {
            lock.unlock();
        }
    }
}
