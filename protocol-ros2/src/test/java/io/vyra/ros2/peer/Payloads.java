package io.vyra.ros2.peer;

import io.vyra.ros2.cdr.Encapsulation;
import io.vyra.ros2.rtps.message.Slice;
import io.vyra.ros2.wire.WireReader;
import io.vyra.ros2.wire.WireWriter;
import java.nio.charset.StandardCharsets;

/** Payloads that both sides of a test can make by themselves; see src/test/dds/README.md. */
public final class Payloads {
    public static final String STRING = "std_msgs::msg::dds_::String_";
    public static final String BLOB = "test_msgs::msg::dds_::Blob_";

    private Payloads() {}

    /** A std_msgs/msg/String. */
    public static byte[] text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        WireWriter writer = new WireWriter(bytes.length + 16);
        Encapsulation.writeHeader(writer);
        writer.i32(bytes.length + 1);
        writer.bytes(bytes);
        writer.i8(0);
        return writer.toArray();
    }

    public static String text(Slice payload) {
        WireReader reader = reader(payload);
        int length = reader.i32();
        return new String(reader.copy(length - 1), StandardCharsets.UTF_8);
    }

    /** A sequence of bytes that count up to 250 again and again. */
    public static byte[] counting(int size) {
        WireWriter writer = new WireWriter(size + 16);
        Encapsulation.writeHeader(writer);
        writer.i32(size);
        for (int i = 0; i < size; i++) {
            writer.i8(i % 251);
        }
        return writer.toArray();
    }

    /** As peers report a sequence of bytes. */
    public static String described(Slice payload) {
        WireReader reader = reader(payload);
        byte[] bytes = reader.copy(reader.i32());
        for (int i = 0; i < bytes.length; i++) {
            if ((bytes[i] & 0xff) != i % 251) {
                return "size:" + bytes.length + ":wrong at " + i;
            }
        }
        return described(bytes.length);
    }

    /** As they report one of {@link #counting} that came as it was sent. */
    public static String described(int size) {
        return "size:" + size + ":counting";
    }

    private static WireReader reader(Slice payload) {
        WireReader reader = new WireReader().reset(payload.array(), payload.offset(), payload.length());
        Encapsulation.readHeader(reader);
        return reader;
    }
}
