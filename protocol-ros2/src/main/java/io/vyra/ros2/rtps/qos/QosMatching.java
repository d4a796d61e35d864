package io.vyra.ros2.rtps.qos;

import java.util.EnumSet;
import java.util.Set;

/** Compares what is offered with what is asked for (DDS 1.4 §2.2.3, table "requested vs. offered"). */
public final class QosMatching {
    private QosMatching() {}

    /** The policies by which a writer and a reader cannot work together; empty when they can. */
    public static Set<QosPolicy> incompatible(Qos offered, Qos requested) {
        Set<QosPolicy> found = EnumSet.noneOf(QosPolicy.class);
        addIf(found, QosPolicy.DURABILITY, offered.durability().compareTo(requested.durability()) < 0);
        addIf(found, QosPolicy.DEADLINE, offered.deadline().compareTo(requested.deadline()) > 0);
        addIf(found, QosPolicy.LATENCY_BUDGET, offered.latencyBudget().compareTo(requested.latencyBudget()) > 0);
        addIf(found, QosPolicy.OWNERSHIP, offered.ownership() != requested.ownership());
        addIf(
                found,
                QosPolicy.LIVELINESS,
                offered.liveliness().compareTo(requested.liveliness()) < 0
                        || offered.lease().compareTo(requested.lease()) > 0);
        addIf(found, QosPolicy.RELIABILITY, offered.reliability().compareTo(requested.reliability()) < 0);
        addIf(
                found,
                QosPolicy.DESTINATION_ORDER,
                offered.destinationOrder().compareTo(requested.destinationOrder()) < 0);
        addIf(found, QosPolicy.PRESENTATION, !presents(offered.presentation(), requested.presentation()));
        addIf(found, QosPolicy.PARTITION, !share(offered.partitions(), requested.partitions()));
        addIf(
                found,
                QosPolicy.DATA_REPRESENTATION,
                !requested.representations().contains(offered.representations().getFirst()));
        return found;
    }

    private static void addIf(Set<QosPolicy> found, QosPolicy policy, boolean isIncompatible) {
        if (isIncompatible) {
            found.add(policy);
        }
    }

    private static boolean presents(Qos.Presentation offered, Qos.Presentation requested) {
        return offered.scope() >= requested.scope()
                && (offered.isCoherent() || !requested.isCoherent())
                && (offered.isOrdered() || !requested.isOrdered());
    }

    /** No partition is the partition without a name. A name may be a pattern, but two patterns never fit. */
    private static boolean share(Set<String> one, Set<String> other) {
        Set<String> left = one.isEmpty() ? Set.of("") : one;
        Set<String> right = other.isEmpty() ? Set.of("") : other;
        return left.stream().anyMatch(a -> right.stream().anyMatch(b -> fits(a, b)));
    }

    private static boolean fits(String one, String other) {
        boolean isPattern = isPattern(one);
        if (isPattern == isPattern(other)) {
            return !isPattern && one.equals(other);
        }
        return isPattern ? matches(one, other) : matches(other, one);
    }

    private static boolean isPattern(String name) {
        return name.indexOf('*') >= 0 || name.indexOf('?') >= 0;
    }

    /** In linear space and at most quadratic time: a star is tried again only from the last star on. */
    private static boolean matches(String pattern, String name) {
        int p = 0;
        int n = 0;
        int star = -1;
        int mark = 0;
        while (n < name.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                mark = n;
            } else if (p < pattern.length() && (pattern.charAt(p) == '?' || pattern.charAt(p) == name.charAt(n))) {
                p++;
                n++;
            } else if (star >= 0) {
                p = star + 1;
                n = ++mark;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }
}
