package io.vyra.ros2.rtps.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.vyra.ros2.wire.MalformedDataException;
import io.vyra.ros2.wire.WireReader;
import io.vyra.ros2.wire.WireWriter;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** What is written is read as the same; what is cut off or changed is read as something or refused, and nothing else happens. */
class PacketsProperties {
    private static final Packets.Header HEADER =
            new Packets.Header(Packets.VERSION, Vendor.FAST_DDS, new GuidPrefix(0x010f_0102_0304_0506L, 7));

    @Property(tries = 3000)
    void shouldReadThePacketThatWasWritten(
            @ForAll("submessages") @Size(min = 1, max = 4) List<Submessage> submessages) {
        WireReader reader = new WireReader(written(submessages));

        assertThat(Packets.readHeader(reader)).isEqualTo(HEADER);
        for (Submessage submessage : submessages) {
            assertThat(Packets.read(reader)).isEqualTo(submessage);
        }
        assertThat(reader.hasRemaining()).isFalse();
    }

    @Property(tries = 5000)
    void shouldReadOrRefuseWhatWasChanged(
            @ForAll("submessages") @Size(min = 1, max = 3) List<Submessage> submessages,
            @ForAll @IntRange(max = 1_000_000) int index,
            @ForAll byte value,
            @ForAll @IntRange(max = 40) int cut) {
        byte[] bytes = written(submessages);
        bytes[index % bytes.length] = value;

        readAll(bytes, Math.max(0, bytes.length - cut));
    }

    @Property(tries = 5000)
    void shouldReadOrRefuseAnything(@ForAll byte[] bytes) {
        readAll(bytes, bytes.length);
    }

    static void readAll(byte[] bytes, int length) {
        WireReader reader = new WireReader().reset(bytes, 0, length);
        try {
            Packets.readHeader(reader);
            while (reader.remaining() >= 4) {
                assertThat(Packets.read(reader)).isNotNull();
            }
        } catch (MalformedDataException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    static byte[] written(List<Submessage> submessages) {
        WireWriter writer = new WireWriter(1 << 16);
        Packets.writeHeader(writer, HEADER);
        submessages.forEach(submessage -> Packets.write(writer, submessage));
        return writer.toArray();
    }

    @Provide
    Arbitrary<List<Submessage>> submessages() {
        return SubmessageArbitraries.submessages().list();
    }
}
