package io.vyra.ros2.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.vyra.ros2.rtps.qos.Qos;
import io.vyra.ros2.rtps.qos.QosPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class QosConflictsTest {
    private static final String STRING = "std_msgs/msg/String";

    private static QosConflicts.Endpoint end(String topic, String type, String gid, Qos qos) {
        return new QosConflicts.Endpoint(topic, type, new QosConflict.End(Optional.empty(), gid), qos);
    }

    private static List<QosConflicts.Endpoint> ends(String topic, String side, int count, Qos qos) {
        return IntStream.range(0, count)
                .mapToObj(i -> end(topic, STRING, side + i, qos))
                .toList();
    }

    @Test
    void shouldFindThoseOfOneTopicAndTypeThatDoNotFit() {
        Qos weak = Qos.DEFAULT.bestEffort();

        QosConflicts found = QosConflicts.among(
                List.of(
                        end("/b", STRING, "1", weak),
                        end("/a", STRING, "2", weak),
                        end("/a", STRING, "3", Qos.DEFAULT)),
                List.of(
                        end("/a", STRING, "4", Qos.DEFAULT),
                        end("/b", STRING, "5", Qos.DEFAULT.transientLocal()),
                        end("/b", "std_msgs/msg/Int32", "6", Qos.DEFAULT),
                        end("/b", STRING, "7", weak),
                        end("/c", STRING, "8", Qos.DEFAULT)));

        assertThat(found.count()).isEqualTo(2);
        assertThat(found.first())
                .extracting(each -> each.topic() + " " + each.publisher().gid() + " "
                        + each.subscription().gid())
                .containsExactly("/a 2 4", "/b 1 5");
        assertThat(found.first().getLast().differences())
                .containsExactly(
                        new QosConflict.Difference(QosPolicy.DURABILITY, "volatile", "transient_local"),
                        new QosConflict.Difference(QosPolicy.RELIABILITY, "best_effort", "reliable"));
    }

    @Test
    void shouldTellTheFirstHundredAndCountThemAll() {
        QosConflicts found = QosConflicts.among(
                ends("/scan", "p", 30, Qos.DEFAULT.bestEffort()), ends("/scan", "s", 20, Qos.DEFAULT));

        assertThat(found.count()).isEqualTo(600);
        assertThat(found.first()).hasSize(QosConflicts.MOST).doesNotHaveDuplicates();
    }

    @Test
    void shouldNotCompareWithoutEndWhateverIsAnnounced() {
        List<QosConflicts.Endpoint> offered = IntStream.rangeClosed(1, 1_000)
                .mapToObj(i -> end("/scan", STRING, "p" + i, Qos.DEFAULT.withDeadline(Duration.ofSeconds(1_000 + i))))
                .toList();
        List<QosConflicts.Endpoint> requested = IntStream.rangeClosed(1, 1_000)
                .mapToObj(i -> end("/scan", STRING, "s" + i, Qos.DEFAULT.withDeadline(Duration.ofSeconds(i))))
                .toList();

        QosConflicts found = QosConflicts.among(offered, requested);

        assertThat(found.count()).isEqualTo(QosConflicts.MOST_COMPARED);
        assertThat(found.first()).hasSize(QosConflicts.MOST);
    }
}
