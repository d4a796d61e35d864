package io.vyra.ros2.rtps.endpoint;

import io.vyra.ros2.rtps.message.NumberSet;
import io.vyra.ros2.rtps.message.Slice;
import io.vyra.ros2.rtps.message.Submessage;
import java.util.BitSet;

/** A sample of which fragments have come. */
final class FragmentAssembly {
    private final byte[] array;
    private final int size;
    private final int fragmentSize;
    private final int count;
    private final BitSet present;

    FragmentAssembly(byte[] array, int size, int fragmentSize) {
        this.array = array;
        this.size = size;
        this.fragmentSize = fragmentSize;
        this.count = (size + fragmentSize - 1) / fragmentSize;
        this.present = new BitSet(count);
    }

    /** Whether fragments of such a sample can be this one's. */
    boolean fits(Submessage.DataFrag fragments) {
        return fragments.sampleSize() == size && fragments.fragmentSize() == fragmentSize;
    }

    void add(Submessage.DataFrag fragments) {
        Slice payload = fragments.payload();
        int offset = (int) (fragments.first() - 1) * fragmentSize;
        System.arraycopy(payload.array(), payload.offset(), array, offset, payload.length());
        present.set((int) fragments.first() - 1, (int) fragments.first() - 1 + fragments.count());
    }

    boolean isComplete() {
        return present.cardinality() == count;
    }

    /** The fragments up to a number that have not come; empty when all have. */
    NumberSet missing(long last) {
        int first = present.nextClearBit(0);
        NumberSet.Builder missing = new NumberSet.Builder(first + 1L);
        for (int i = first; i < Math.min(last, count); i = present.nextClearBit(i + 1)) {
            if (!missing.add(i + 1L)) {
                break;
            }
        }
        return missing.build();
    }

    byte[] array() {
        return array;
    }

    int size() {
        return size;
    }
}
