package io.vyra.ros2.graph;

import io.vyra.ros2.cdr.Encapsulation;
import io.vyra.ros2.rtps.message.Guid;
import io.vyra.ros2.wire.MalformedDataException;
import io.vyra.ros2.wire.WireReader;
import io.vyra.ros2.wire.WireWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What a participant tells of its nodes on {@code ros_discovery_info}: rmw_dds_common/msg/ParticipantEntitiesInfo. By hand and not by
 * definition, because a global id has 24 bytes in Humble and 16 since Iron, and nothing but the length tells which.
 */
record DiscoveryInfo(Guid participant, List<Node> nodes) {
    static final String TOPIC = "ros_discovery_info";
    static final String TYPE = "rmw_dds_common::msg::dds_::ParticipantEntitiesInfo_";
    private static final int LONG_ID = 24;
    private static final int LONGEST_NAME = 256;

    /**
     * In bytes: room for ten thousand endpoints, where no participant takes note of more than two thousand of another. What is read becomes many
     * times larger, and is kept for as long as its participant is there.
     */
    static final int LARGEST = 1 << 18;

    /** A node and its endpoints. */
    record Node(String namespace, String name, List<Guid> readers, List<Guid> writers) {
        Node {
            readers = List.copyOf(readers);
            writers = List.copyOf(writers);
        }
    }

    DiscoveryInfo {
        nodes = List.copyOf(nodes);
    }

    byte[] write(ContextSettings.Distribution distribution) {
        int size = distribution == ContextSettings.Distribution.HUMBLE ? LONG_ID : Guid.SIZE;
        WireWriter writer = new WireWriter(LARGEST);
        Encapsulation.writeHeader(writer);
        write(writer, participant, size);
        writer.i32(nodes.size());
        for (Node node : nodes) {
            writeText(writer, node.namespace());
            writeText(writer, node.name());
            writeAll(writer, node.readers(), size);
            writeAll(writer, node.writers(), size);
        }
        return writer.toArray();
    }

    private static void writeAll(WireWriter writer, List<Guid> ids, int size) {
        writer.align(4);
        writer.i32(ids.size());
        ids.forEach(id -> write(writer, id, size));
    }

    private static void write(WireWriter writer, Guid id, int size) {
        id.write(writer);
        writer.zeros(size - Guid.SIZE);
    }

    private static void writeText(WireWriter writer, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        writer.align(4);
        writer.i32(bytes.length + 1);
        writer.bytes(bytes);
        writer.i8(0);
    }

    /**
     * Reads either form.
     *
     * @throws MalformedDataException when it is none, or too large
     */
    static DiscoveryInfo read(byte[] payload) {
        if (payload.length > LARGEST) {
            throw new MalformedDataException(
                    "What a participant tells of its nodes has " + payload.length + " bytes, and may have " + LARGEST);
        }
        try {
            return read(payload, Guid.SIZE);
        } catch (MalformedDataException e) {
            return read(payload, LONG_ID);
        }
    }

    /** Which form it has, when {@link #read} reads it. */
    static ContextSettings.Distribution form(byte[] payload) {
        try {
            read(payload, Guid.SIZE);
            return ContextSettings.Distribution.IRON_OR_LATER;
        } catch (MalformedDataException e) {
            return ContextSettings.Distribution.HUMBLE;
        }
    }

    private static DiscoveryInfo read(byte[] payload, int size) {
        WireReader reader = new WireReader(payload);
        Encapsulation.readHeader(reader);
        Guid participant = readId(reader, size);
        int count = reader.count("The nodes", 4 * Integer.BYTES);
        List<Node> nodes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            nodes.add(new Node(readText(reader), readText(reader), readAll(reader, size), readAll(reader, size)));
        }
        if (reader.remaining() >= Integer.BYTES) {
            throw new MalformedDataException(reader.remaining() + " bytes are left after the nodes");
        }
        return new DiscoveryInfo(participant, nodes);
    }

    private static List<Guid> readAll(WireReader reader, int size) {
        reader.align(4);
        int count = reader.count("The global ids", size);
        List<Guid> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ids.add(readId(reader, size));
        }
        return ids;
    }

    private static Guid readId(WireReader reader, int size) {
        Guid id = Guid.read(reader);
        for (int i = Guid.SIZE; i < size; i++) {
            if (reader.i8() != 0) {
                throw new MalformedDataException("A global id of 24 bytes does not end with zeros");
            }
        }
        return id;
    }

    private static String readText(WireReader reader) {
        reader.align(4);
        int length = reader.count("A node's name", 1);
        if (length < 1 || length > LONGEST_NAME + 1) {
            throw new MalformedDataException("A node's name has " + length + " bytes");
        }
        byte[] bytes = reader.copy(length);
        if (bytes[length - 1] != 0) {
            throw new MalformedDataException("A node's name does not end with a zero");
        }
        return new String(bytes, 0, length - 1, StandardCharsets.UTF_8);
    }
}
