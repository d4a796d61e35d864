package io.vyra.ros2.rtps.endpoint;

import java.util.ArrayList;
import java.util.List;

/**
 * The readers of a writer that are reached at one place, and so by one packet. Lists are walked by index, which leaves nothing for the garbage
 * collector.
 */
record ReaderGroup(Destination destination, List<ReaderProxy> readers) {
    ReaderGroup(Destination destination) {
        this(destination, new ArrayList<>());
    }

    /** Whether one of them may be sent samples. */
    boolean isReady() {
        for (int i = 0; i < readers.size(); i++) {
            if (readers.get(i).isReady) {
                return true;
            }
        }
        return false;
    }

    boolean isReliable() {
        for (int i = 0; i < readers.size(); i++) {
            if (readers.get(i).isReliable) {
                return true;
            }
        }
        return false;
    }

    /** The number up to which all reliable ones have everything that is sent to them. */
    long acknowledgedByReady() {
        long all = Long.MAX_VALUE;
        for (int i = 0; i < readers.size(); i++) {
            ReaderProxy reader = readers.get(i);
            all = reader.isReliable && reader.isReady ? Math.min(all, reader.acknowledged) : all;
        }
        return all;
    }

    /** The number up to which all reliable ones have everything. */
    long acknowledged() {
        long all = Long.MAX_VALUE;
        for (int i = 0; i < readers.size(); i++) {
            all = readers.get(i).isReliable ? Math.min(all, readers.get(i).acknowledged) : all;
        }
        return all;
    }
}
