package io.vyra.ros2.rtps.qos;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class QosMatchingTest {
    @Test
    void shouldFitWhatIsOfferedToTheSame() {
        assertThat(QosMatching.incompatible(Qos.DEFAULT, Qos.DEFAULT)).isEmpty();
    }

    @Test
    void shouldFitMoreThanWasAskedFor() {
        assertThat(QosMatching.incompatible(Qos.DEFAULT.transientLocal(), Qos.DEFAULT.bestEffort()))
                .isEmpty();
    }

    @Test
    void shouldNameEachPolicyThatIsTooWeak() {
        Qos offered = Qos.DEFAULT.bestEffort().withDeadline(Duration.ofSeconds(2));
        Qos requested = Qos.DEFAULT
                .transientLocal()
                .withDeadline(Duration.ofSeconds(1))
                .withLiveliness(Qos.Liveliness.MANUAL_BY_TOPIC, Duration.ofSeconds(1));

        assertThat(QosMatching.incompatible(offered, requested))
                .containsExactlyInAnyOrder(
                        QosPolicy.DURABILITY, QosPolicy.DEADLINE, QosPolicy.LIVELINESS, QosPolicy.RELIABILITY);
    }

    @Test
    void shouldCompareOwnershipOrderPresentationAndRepresentation() {
        Qos offered = Qos.DEFAULT;
        Qos requested = with(
                Qos.Ownership.EXCLUSIVE,
                Qos.DestinationOrder.BY_SOURCE,
                new Qos.Presentation(2, true, false),
                Set.of(),
                List.of(2));

        assertThat(QosMatching.incompatible(offered, requested))
                .containsExactlyInAnyOrder(
                        QosPolicy.OWNERSHIP,
                        QosPolicy.DESTINATION_ORDER,
                        QosPolicy.PRESENTATION,
                        QosPolicy.DATA_REPRESENTATION);
    }

    @Test
    void shouldMatchPartitionsByPattern() {
        assertThat(incompatible(Set.of("robot/arm"), Set.of("robot/*"))).isEmpty();
        assertThat(incompatible(Set.of("a", "b"), Set.of("b"))).isEmpty();
        assertThat(incompatible(Set.of(""), Set.of())).isEmpty();
        assertThat(incompatible(Set.of("x?z"), Set.of("xyz"))).isEmpty();
        assertThat(incompatible(Set.of("robot/*"), Set.of("robot/*"))).containsExactly(QosPolicy.PARTITION);
        assertThat(incompatible(Set.of("a"), Set.of())).containsExactly(QosPolicy.PARTITION);
        assertThat(incompatible(Set.of("*a*a*a*a*a*a*b"), Set.of("a".repeat(1000))))
                .containsExactly(QosPolicy.PARTITION);
    }

    private static Set<QosPolicy> incompatible(Set<String> offered, Set<String> requested) {
        return QosMatching.incompatible(partitions(offered), partitions(requested));
    }

    private static Qos partitions(Set<String> names) {
        return with(
                Qos.Ownership.SHARED,
                Qos.DestinationOrder.BY_RECEPTION,
                Qos.Presentation.DEFAULT,
                names,
                List.of(Qos.XCDR1));
    }

    private static Qos with(
            Qos.Ownership ownership,
            Qos.DestinationOrder order,
            Qos.Presentation presentation,
            Set<String> partitions,
            List<Integer> representations) {
        return new Qos(
                Qos.Reliability.RELIABLE,
                Qos.Durability.VOLATILE,
                10,
                ResourceLimits.DEFAULT,
                Qos.INFINITE,
                Qos.INFINITE,
                Duration.ZERO,
                Qos.Liveliness.AUTOMATIC,
                Qos.INFINITE,
                ownership,
                order,
                presentation,
                partitions,
                representations);
    }
}
