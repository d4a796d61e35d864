package io.vyra.zenoh.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.vyra.zenoh.wire.MalformedMessageException;
import io.vyra.zenoh.wire.WireReader;
import io.vyra.zenoh.wire.WireWriter;
import java.util.Optional;

/** Reads bytes that may be anything: a message comes of them that survives being written and read again, or the one exception. */
final class FuzzedCodec {
    /** What a message may take when it is written again, beyond the bytes it was read from: default forms are shorter or equal. */
    private static final int SLACK = 64;

    private FuzzedCodec() {}

    static void readNetworkMessages(byte[] bytes) {
        WireReader reader = new WireReader(bytes);
        try {
            while (reader.hasRemaining()) {
                NetworkMessage message = NetworkCodec.read(reader);
                WireWriter writer = new WireWriter(bytes.length + SLACK);
                NetworkCodec.write(writer, message);
                assertThat(NetworkCodec.read(new WireReader(writer.toArray()))).isEqualTo(message);
            }
        } catch (MalformedMessageException e) {
            assertThat(e).hasMessageNotContaining("null");
        }
    }

    static Optional<TransportMessage> readTransportMessage(byte[] bytes) {
        try {
            return Optional.of(TransportCodec.read(new WireReader(bytes)));
        } catch (MalformedMessageException e) {
            assertThat(e.getMessage()).isNotBlank();
            return Optional.empty();
        }
    }
}
