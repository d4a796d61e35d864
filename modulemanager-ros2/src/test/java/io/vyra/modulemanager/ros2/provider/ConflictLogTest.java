package io.vyra.modulemanager.ros2.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vyra.modulemanager.ros2.Domains;
import io.vyra.modulemanager.ros2.Settings;
import io.vyra.modulemanager.ros2.connection.BridgeSettings;
import io.vyra.ros2.graph.QosConflict;
import io.vyra.ros2.graph.RosContext;
import io.vyra.ros2.idl.TypeName;
import io.vyra.ros2.rtps.qos.Qos;
import io.vyra.ros2.rtps.qos.QosPolicy;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class ConflictLogTest {
    private static final TypeName STRING = TypeName.parse("std_msgs/msg/String");

    private final List<String> warnings = new CopyOnWriteArrayList<>();
    private Instant now = Instant.EPOCH;
    private final ConflictLog log = new ConflictLog(() -> now, warnings::add);

    private static QosConflict conflict(String topic) {
        return conflict(topic, "01.10");
    }

    private static QosConflict conflict(String topic, String gid) {
        return new QosConflict(
                topic,
                STRING.toString(),
                new QosConflict.End(Optional.of("/arm/driver"), gid),
                new QosConflict.End(Optional.empty(), ""),
                List.of(
                        new QosConflict.Difference(QosPolicy.DURABILITY, "volatile", "transient_local"),
                        new QosConflict.Difference(QosPolicy.DEADLINE, "infinite", "100.0 ms")));
    }

    @Test
    void shouldNameTopicNodesPoliciesValuesAndWhatToDo() {
        log.accept(conflict("/arm/state"));

        assertThat(warnings)
                .singleElement()
                .asString()
                .contains(
                        "topic=/arm/state publisher=/arm/driver subscription=unknown"
                                + " policy=DURABILITY offered=volatile requested=transient_local,"
                                + " policy=DEADLINE offered=infinite requested=100.0 ms",
                        "Have the publisher offer");
    }

    @Test
    void shouldTellTheSameOnceInTenMinutes() {
        log.accept(conflict("/arm/state"));
        log.accept(conflict("/arm/state", "01.10.of.the.same.node.once.more"));
        now = now.plus(ConflictLog.QUIET.minusSeconds(1));
        log.accept(conflict("/arm/state"));
        log.accept(conflict("/arm/other"));
        assertThat(warnings).hasSize(2);

        now = now.plusSeconds(1);
        log.accept(conflict("/arm/state"));

        assertThat(warnings).hasSize(3);
    }

    @Test
    void shouldTellNoMoreThanAHundredInTenMinutes() {
        for (int i = 0; i < 2 * ConflictLog.MOST; i++) {
            log.accept(conflict("/topic" + i));
        }
        assertThat(warnings).hasSize(ConflictLog.MOST);

        now = now.plus(ConflictLog.QUIET);
        log.accept(conflict("/late"));

        assertThat(warnings).last().asString().contains("topic=/late");
    }

    @Test
    void shouldBeToldOfConflictsInTheGraph() throws IOException {
        BridgeSettings settings = Settings.local(Domains.free(), Map.of());
        try (RosContext own = RosContext.open(settings.context());
                RosContext other = RosContext.open(settings.context())) {
            own.onConflict(log);
            own.createNode("/", "manager").createSubscription("/scan", STRING, Qos.DEFAULT, _ -> {});
            other.createNode("/", "lidar").createPublisher("/scan", STRING, Qos.DEFAULT.bestEffort());

            await().atMost(Duration.ofSeconds(60)).until(() -> !warnings.isEmpty());

            assertThat(warnings)
                    .singleElement()
                    .asString()
                    .contains("topic=/scan publisher=/lidar subscription=/manager policy=RELIABILITY");
        }
    }
}
