package io.vyra.ros2.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vyra.ros2.cdr.Encapsulation;
import io.vyra.ros2.cdr.MessageTypes;
import io.vyra.ros2.idl.TypeName;
import io.vyra.ros2.idl.TypeRegistry;
import io.vyra.ros2.rtps.message.EntityId;
import io.vyra.ros2.rtps.message.Guid;
import io.vyra.ros2.rtps.message.GuidPrefix;
import io.vyra.ros2.wire.MalformedDataException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DiscoveryInfoTest {
    private static final GuidPrefix PREFIX = new GuidPrefix(0x0110_0203_0405_0607L, 8);
    static final DiscoveryInfo INFO = new DiscoveryInfo(
            new Guid(PREFIX, EntityId.PARTICIPANT),
            List.of(
                    new DiscoveryInfo.Node("/", "talker", List.of(), List.of(new Guid(PREFIX, EntityId.writer(1)))),
                    new DiscoveryInfo.Node(
                            "/arm", "listener", List.of(new Guid(PREFIX, EntityId.reader(2))), List.of())));

    @ParameterizedTest
    @EnumSource
    void shouldReadBothForms(ContextSettings.Distribution distribution) {
        assertThat(DiscoveryInfo.read(INFO.write(distribution))).isEqualTo(INFO);
        assertThat(DiscoveryInfo.form(INFO.write(distribution))).isEqualTo(distribution);
    }

    @ParameterizedTest
    @EnumSource
    void shouldReadAParticipantWithoutNodes(ContextSettings.Distribution distribution) {
        DiscoveryInfo empty = new DiscoveryInfo(INFO.participant(), List.of());

        assertThat(DiscoveryInfo.read(empty.write(distribution))).isEqualTo(empty);
        assertThat(DiscoveryInfo.form(empty.write(distribution))).isEqualTo(distribution);
    }

    @Test
    void shouldWriteWhatTheDefinitionSays() {
        byte[] payload = INFO.write(ContextSettings.Distribution.IRON_OR_LATER);

        Map<String, Object> value = Encapsulation.read(
                payload,
                new MessageTypes(TypeRegistry.shipped())
                        .get(TypeName.message("rmw_dds_common", "ParticipantEntitiesInfo")));

        assertThat((List<?>) value.get("node_entities_info_seq")).hasSize(2);
        assertThat(((Map<?, ?>) value.get("gid")).get("data"))
                .isEqualTo(INFO.participant().toBytes());
    }

    @ParameterizedTest
    @EnumSource
    void shouldReadAsMuchAsItWritesAndNoMore(ContextSettings.Distribution distribution) {
        int id = distribution == ContextSettings.Distribution.HUMBLE ? 24 : 16;
        DiscoveryInfo large = ofWriters(10_000);
        byte[] hostile = new byte[DiscoveryInfo.LARGEST + id];
        // The encapsulation, the participant and one node's names; then as many ids as there is room for.
        System.arraycopy(ofWriters(0).write(distribution), 0, hostile, 0, 4 + id + 4 + 8 + 8 + 4);
        int ids = (hostile.length - (4 + id + 4 + 8 + 8 + 4 + 4)) / id;
        ByteBuffer.wrap(hostile).order(ByteOrder.LITTLE_ENDIAN).putInt(4 + id + 4 + 8 + 8 + 4, ids);

        assertThat(DiscoveryInfo.read(large.write(distribution))).isEqualTo(large);
        assertThatThrownBy(() -> DiscoveryInfo.read(hostile))
                .isInstanceOf(MalformedDataException.class)
                .hasMessageContaining("may have 262144");
    }

    private static DiscoveryInfo ofWriters(int count) {
        List<Guid> writers = IntStream.range(0, count)
                .mapToObj(key -> new Guid(PREFIX, EntityId.writer(key)))
                .toList();
        return new DiscoveryInfo(INFO.participant(), List.of(new DiscoveryInfo.Node("/", "n", List.of(), writers)));
    }

    @Test
    void shouldRefuseWhatIsNeither() {
        assertThatThrownBy(() -> DiscoveryInfo.read(new byte[] {0, 1, 0, 0, 1, 2, 3}))
                .isInstanceOf(MalformedDataException.class);
    }
}
