package io.vyra.ros2.rtps.endpoint;

/** How much memory a remote participant may occupy with samples that are not complete, or not yet due. */
public final class MemoryBudget {
    private final long limit;
    private long used;

    /**
     * @param limit in bytes
     */
    public MemoryBudget(long limit) {
        this.limit = limit;
    }

    /** Takes so many bytes, when they are left. */
    boolean take(long bytes) {
        if (used + bytes > limit) {
            return false;
        }
        used += bytes;
        return true;
    }

    void give(long bytes) {
        used -= bytes;
    }

    /** In bytes. */
    public long used() {
        return used;
    }
}
