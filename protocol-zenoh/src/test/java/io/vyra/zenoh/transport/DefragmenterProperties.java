package io.vyra.zenoh.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.vyra.zenoh.message.Priority;
import io.vyra.zenoh.message.TransportMessage.Fragment;
import io.vyra.zenoh.wire.WireReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class DefragmenterProperties {
    private static final int MASK = 0x7f;

    @Property
    void shouldPutTogetherWhatWasCut(
            @ForAll @Size(min = 1, max = 500) byte[] message,
            @ForAll @IntRange(min = 1, max = 100) int size,
            @ForAll @IntRange(max = MASK) int first,
            @ForAll boolean isMarked) {
        Defragmenter defragmenter = new Defragmenter(1000, MASK, isMarked);
        List<byte[]> whole = new ArrayList<>();

        for (int round = 0; round < 2; round++) {
            int number = first;
            for (int offset = 0; offset < message.length; offset += size) {
                byte[] part = Arrays.copyOfRange(message, offset, Math.min(message.length, offset + size));
                boolean more = offset + size < message.length;
                take(defragmenter, number, more, isMarked && offset == 0, part, whole);
                number = (number + 1) & MASK;
            }
        }

        assertThat(whole).hasSize(2).allSatisfy(each -> assertThat(each).isEqualTo(message));
        assertThat(defragmenter.givenUp()).isZero();
    }

    @Example
    void shouldGiveUpWhatIsIncompleteAndTakeTheNext() {
        Defragmenter defragmenter = new Defragmenter(1000, MASK, true);
        List<byte[]> whole = new ArrayList<>();

        take(defragmenter, 1, true, true, new byte[] {1}, whole);
        take(defragmenter, 3, false, false, new byte[] {3}, whole);
        take(defragmenter, 4, false, false, new byte[] {4}, whole);
        take(defragmenter, 5, true, true, new byte[] {5}, whole);
        take(defragmenter, 6, false, false, new byte[] {6}, whole);

        assertThat(whole).singleElement().isEqualTo(new byte[] {5, 6});
        assertThat(defragmenter.givenUp()).isEqualTo(1);
    }

    @Example
    void shouldGiveUpWhatIsTooLarge() {
        Defragmenter defragmenter = new Defragmenter(100, MASK, true);
        List<byte[]> whole = new ArrayList<>();

        take(defragmenter, 1, true, true, new byte[60], whole);
        take(defragmenter, 2, true, false, new byte[60], whole);
        take(defragmenter, 3, false, false, new byte[10], whole);

        assertThat(whole).isEmpty();
        assertThat(defragmenter.givenUp()).isEqualTo(1);
    }

    private static void take(
            Defragmenter defragmenter, int number, boolean more, boolean first, byte[] part, List<byte[]> whole) {
        WireReader batch = new WireReader(part);
        WireReader done = defragmenter.add(new Fragment(true, more, number, Priority.DATA, first, false), batch);
        assertThat(batch.hasRemaining()).isFalse();
        if (done != null) {
            whole.add(done.copy(done.remaining()));
        }
    }
}
