package io.vyra.ros2.cdr;

import io.vyra.ros2.wire.MalformedDataException;
import io.vyra.ros2.wire.WireReader;
import io.vyra.ros2.wire.WireWriter;
import java.nio.ByteOrder;
import java.util.Map;

/**
 * A whole payload of RTPS: two bytes that name the representation, two of options, then the data (DDSI-RTPS 2.5 §10.2). Alignment counts
 * from after these four.
 */
public final class Encapsulation {
    /** How many bytes stand before the data. */
    public static final int SIZE = 4;

    private static final int CDR_BE = 0;
    private static final int CDR_LE = 1;
    private static final int PARAMETERS_BE = 2;
    private static final int PARAMETERS_LE = 3;

    private Encapsulation() {}

    /** Writes the value in the writer's byte order; throws as {@link CdrWriter#write}. */
    public static void write(WireWriter writer, MessageType type, Map<?, ?> value) {
        writeHeader(writer);
        CdrWriter.write(writer, type, value);
    }

    /** Starts a payload of plain CDR in the writer's byte order. */
    public static void writeHeader(WireWriter writer) {
        header(writer, writer.order() == ByteOrder.LITTLE_ENDIAN ? CDR_LE : CDR_BE);
    }

    /** Starts a payload of parameters in the writer's byte order. */
    public static void writeParametersHeader(WireWriter writer) {
        header(writer, writer.order() == ByteOrder.LITTLE_ENDIAN ? PARAMETERS_LE : PARAMETERS_BE);
    }

    private static void header(WireWriter writer, int representation) {
        writer.i8(0);
        writer.i8(representation);
        writer.zeros(2);
        writer.alignFromHere();
    }

    /**
     * Reads a payload.
     *
     * @throws MalformedDataException when it is not plain CDR of this type
     */
    public static Map<String, Object> read(byte[] payload, MessageType type) {
        WireReader reader = new WireReader(payload);
        readHeader(reader);
        return CdrReader.read(reader, type);
    }

    /** Sets the reader's byte order and alignment to those of a payload of plain CDR. */
    public static void readHeader(WireReader reader) {
        order(reader, CDR_BE, CDR_LE);
    }

    /** Sets the reader's byte order and alignment to those of a payload of parameters. */
    public static void readParametersHeader(WireReader reader) {
        order(reader, PARAMETERS_BE, PARAMETERS_LE);
    }

    private static void order(WireReader reader, int big, int little) {
        int representation = reader.u8() << 8 | reader.u8();
        if (representation != big && representation != little) {
            throw new MalformedDataException(
                    "The representation 0x" + Integer.toHexString(representation) + " is not supported here");
        }
        reader.skip(2);
        reader.order(representation == big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        reader.alignFromHere();
    }
}
