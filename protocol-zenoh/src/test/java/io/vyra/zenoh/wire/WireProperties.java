package io.vyra.zenoh.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class WireProperties {
    @Property
    void shouldReadTheIntegerThatWasWritten(@ForAll long value, @ForAll @IntRange(max = 63) int shift) {
        WireWriter writer = new WireWriter(9);

        writer.zint(value >>> shift);

        assertThat(writer.position()).isEqualTo(WireWriter.zintSize(value >>> shift));
        assertThat(new WireReader(writer.toArray()).zint()).isEqualTo(value >>> shift);
    }

    @Example
    void shouldWriteIntegersAsTheReferenceDoes() {
        WireWriter writer = new WireWriter(100);

        writer.zint(0x7f);
        writer.zint(0x80);
        writer.zint(-1);

        assertThat(writer.toArray())
                .isEqualTo(new byte[] {0x7f, (byte) 0x80, 0x01, -1, -1, -1, -1, -1, -1, -1, -1, -1});
    }

    @Property
    void shouldReadTheTextThatWasWritten(@ForAll String text) {
        String valid = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        WireWriter writer = new WireWriter(1 << 16);

        writer.string(valid);

        assertThat(new WireReader(writer.toArray()).string("A text", 1 << 16)).isEqualTo(valid);
    }

    @Property
    void shouldNeverWriteBeyondItsCapacity(
            @ForAll @Size(max = 40) byte[] bytes, @ForAll @IntRange(max = 30) int capacity) {
        WireWriter writer = new WireWriter(capacity);

        if (bytes.length > capacity) {
            assertThatThrownBy(() -> writer.bytes(bytes)).isInstanceOf(CapacityExceededException.class);
            assertThat(writer.position()).isZero();
        } else {
            writer.bytes(bytes);
            assertThat(writer.toArray()).isEqualTo(bytes);
        }
    }

    @Example
    void shouldRefuseLengthsThatCannotBe() {
        WireWriter writer = new WireWriter(20);
        writer.zint(1L << 62);

        assertThatThrownBy(() -> new WireReader(writer.toArray()).bytes("A payload", Integer.MAX_VALUE))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageContaining("A payload says it has 4611686018427387904 bytes");
    }

    @Example
    void shouldRefuseTextThatIsNotUtf8() {
        assertThatThrownBy(() -> new WireReader(new byte[] {2, 'a', (byte) 0xff}).string("A key", 10))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessage("A key is not UTF-8");
    }
}
