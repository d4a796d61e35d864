package io.vyra.ros2.graph;

import io.vyra.ros2.rtps.qos.Qos;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The publishers and subscriptions in a graph that do not get together at a time, whosever they are. Nothing is remembered: one that left or
 * changed is in none that are looked for later.
 *
 * @param first the first {@value #MOST}, by topic
 * @param count how many there are; in a graph that would take more than {@value #MOST_COMPARED} comparisons, at least so many
 */
public record QosConflicts(List<QosConflict> first, long count) {
    /** How many are told one by one. */
    public static final int MOST = 100;

    /** So many take some ten milliseconds, and no robot comes near: endpoints of one topic with the same quality are one. */
    static final int MOST_COMPARED = 100_000;

    public QosConflicts {
        first = List.copyOf(first);
    }

    /** A publisher or a subscription. */
    public record Endpoint(String topic, String type, QosConflict.End end, Qos qos) {}

    private record Name(String topic, String type) {}

    /** Looks for all conflicts among endpoints. */
    public static QosConflicts among(Collection<Endpoint> publishers, Collection<Endpoint> subscriptions) {
        SortedMap<Name, Map<Qos, List<QosConflict.End>>> requested = byName(subscriptions);
        Search search = new Search();
        byName(publishers)
                .forEach((name, offered) -> search.compare(name, offered, requested.getOrDefault(name, Map.of())));
        return new QosConflicts(search.first, search.count);
    }

    private static SortedMap<Name, Map<Qos, List<QosConflict.End>>> byName(Collection<Endpoint> endpoints) {
        SortedMap<Name, Map<Qos, List<QosConflict.End>>> all =
                new TreeMap<>(Comparator.comparing(Name::topic).thenComparing(Name::type));
        for (Endpoint endpoint : endpoints) {
            all.computeIfAbsent(new Name(endpoint.topic(), endpoint.type()), _ -> new LinkedHashMap<>())
                    .computeIfAbsent(endpoint.qos(), _ -> new ArrayList<>())
                    .add(endpoint.end());
        }
        return all;
    }

    private static final class Search {
        private final List<QosConflict> first = new ArrayList<>();
        private long count;
        private int compared;

        private void compare(
                Name name, Map<Qos, List<QosConflict.End>> offered, Map<Qos, List<QosConflict.End>> requested) {
            for (Map.Entry<Qos, List<QosConflict.End>> offer : offered.entrySet()) {
                for (Map.Entry<Qos, List<QosConflict.End>> request : requested.entrySet()) {
                    if (compared >= MOST_COMPARED) {
                        return;
                    }
                    compared++;
                    List<QosConflict.Difference> differences =
                            QosConflict.Difference.between(offer.getKey(), request.getKey());
                    if (!differences.isEmpty()) {
                        add(name, offer.getValue(), request.getValue(), differences);
                    }
                }
            }
        }

        private void add(
                Name name,
                List<QosConflict.End> publishers,
                List<QosConflict.End> subscriptions,
                List<QosConflict.Difference> differences) {
            count += (long) publishers.size() * subscriptions.size();
            for (QosConflict.End publisher : publishers) {
                for (QosConflict.End subscription : subscriptions) {
                    if (first.size() >= MOST) {
                        return;
                    }
                    first.add(new QosConflict(name.topic(), name.type(), publisher, subscription, differences));
                }
            }
        }
    }
}
