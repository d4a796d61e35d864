package io.vyra.ros2.graph;

import io.vyra.ros2.cdr.CdrReader;
import io.vyra.ros2.cdr.CdrWriter;
import io.vyra.ros2.cdr.Encapsulation;
import io.vyra.ros2.cdr.MessageType;
import io.vyra.ros2.wire.WireReader;
import io.vyra.ros2.wire.WireWriter;
import java.util.Map;
import java.util.Optional;

/** Payloads of messages, with and without the header of {@link ServiceConvention#CYCLONE_DDS}. */
final class MessageCodec {
    private static final int LARGEST = 64 << 20;

    private MessageCodec() {}

    /** Whose request it is, and which of theirs. */
    record CallHeader(long client, long sequence) {}

    /** A payload with or without a header. */
    record Call(Optional<CallHeader> header, Map<String, Object> message) {}

    static byte[] write(MessageType type, Map<?, ?> message) {
        return write(type, message, Optional.empty());
    }

    static byte[] write(MessageType type, Map<?, ?> message, Optional<CallHeader> header) {
        WireWriter writer = new WireWriter(LARGEST);
        Encapsulation.writeHeader(writer);
        header.ifPresent(call -> {
            writer.i64(call.client());
            writer.i64(call.sequence());
        });
        CdrWriter.write(writer, type, message);
        return writer.toArray();
    }

    static Map<String, Object> read(MessageType type, byte[] payload) {
        return read(type, payload, false).message();
    }

    static Call read(MessageType type, byte[] payload, boolean hasHeader) {
        WireReader reader = new WireReader(payload);
        Encapsulation.readHeader(reader);
        Optional<CallHeader> header =
                hasHeader ? Optional.of(new CallHeader(reader.i64(), reader.i64())) : Optional.empty();
        return new Call(header, CdrReader.read(reader, type));
    }
}
