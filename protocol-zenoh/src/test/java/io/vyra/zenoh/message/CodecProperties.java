package io.vyra.zenoh.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vyra.zenoh.wire.MalformedMessageException;
import io.vyra.zenoh.wire.WireReader;
import io.vyra.zenoh.wire.WireWriter;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** What is written is read as the same; what is cut off or changed is read as something or refused, and nothing else happens. */
class CodecProperties {
    @Property(tries = 3000)
    void shouldReadTheNetworkMessageThatWasWritten(@ForAll("networkMessages") NetworkMessage message) {
        WireReader reader = new WireReader(written(message));

        assertThat(NetworkCodec.read(reader)).isEqualTo(message);
        assertThat(reader.hasRemaining()).isFalse();
    }

    @Property(tries = 2000)
    void shouldReadTheTransportMessageThatWasWritten(@ForAll("transportMessages") TransportMessage message) {
        WireWriter writer = new WireWriter(1 << 16);
        TransportCodec.write(writer, message);
        WireReader reader = new WireReader(writer.toArray());

        assertThat(TransportCodec.read(reader)).isEqualTo(message);
        assertThat(reader.hasRemaining()).isFalse();
    }

    @Property
    void shouldRefuseANetworkMessageThatIsCutOff(
            @ForAll("networkMessages") NetworkMessage message, @ForAll @IntRange(max = 1_000_000) int cut) {
        byte[] bytes = written(message);

        WireReader reader = new WireReader().reset(bytes, 0, cut % bytes.length);

        assertThatThrownBy(() -> NetworkCodec.read(reader)).isInstanceOf(MalformedMessageException.class);
    }

    @Property(tries = 5000)
    void shouldReadOrRefuseWhatWasChanged(
            @ForAll("networkMessages") NetworkMessage message,
            @ForAll @IntRange(max = 1_000_000) int index,
            @ForAll byte value) {
        byte[] bytes = written(message);
        bytes[index % bytes.length] = value;

        FuzzedCodec.readNetworkMessages(bytes);
    }

    @Property(tries = 5000)
    void shouldReadOrRefuseAnything(@ForAll byte[] bytes) {
        FuzzedCodec.readNetworkMessages(bytes);
        FuzzedCodec.readTransportMessage(bytes);
    }

    private static byte[] written(NetworkMessage message) {
        WireWriter writer = new WireWriter(1 << 16);
        NetworkCodec.write(writer, message);
        return writer.toArray();
    }

    @Provide
    Arbitrary<NetworkMessage> networkMessages() {
        return MessageArbitraries.networkMessages();
    }

    @Provide
    Arbitrary<TransportMessage> transportMessages() {
        return MessageArbitraries.transportMessages();
    }
}
