package io.vyra.ros2.rtps.endpoint;

import io.vyra.ros2.rtps.message.Guid;
import io.vyra.ros2.rtps.message.Vendor;
import java.util.TreeMap;

/** What a reader knows of a writer that it is matched with. */
final class WriterProxy {
    static final long SOON = 20_000_000;
    /** After so long, a heartbeat counts even if its number is not larger than the last: its writer may have begun anew. */
    static final long FORGET_COUNT = 500_000_000;

    static final long RARELY = 1_000_000_000;

    final Guid guid;
    Destination destination;
    final MemoryBudget budget;

    /** Everything before it has been handed on, or never will be. */
    long next = 1;

    /** The highest number that is known to be. */
    long last;

    /** What came too early; a null is what will not come. */
    final TreeMap<Long, Early> early = new TreeMap<>();

    final TreeMap<Long, FragmentAssembly> assemblies = new TreeMap<>();
    boolean isHeard;
    int lastHeartbeat;
    long heardAt;
    int acks;
    int nackFrags;
    long interval = SOON;
    long askAt = Long.MAX_VALUE;

    /**
     * A sample before its turn.
     *
     * @param sample its payload is in an array of the pool; null for one that will not come
     */
    record Early(ReceivedSample sample) {
        static final Early GONE = new Early(null);
    }

    /**
     * The number by which a heartbeat is asked for before the first has come. To one from 1 on, Fast DDS 2.9 does not answer before its next
     * heartbeat is due, and puts that off; its own kind of the question is one from 0 on.
     */
    long beforeAnything() {
        return guid.prefix().vendor().equals(Vendor.FAST_DDS) ? 0 : 1;
    }

    WriterProxy(Guid guid, Destination destination, MemoryBudget budget) {
        this.guid = guid;
        this.destination = destination;
        this.budget = budget;
    }
}
