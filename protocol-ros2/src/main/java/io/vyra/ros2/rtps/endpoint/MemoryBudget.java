package io.vyra.ros2.rtps.endpoint;

/** How much memory a remote participant may occupy with what has to be kept for it. */
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
    public boolean take(long bytes) {
        if (used + bytes > limit) {
            return false;
        }
        used += bytes;
        return true;
    }

    public void give(long bytes) {
        used -= bytes;
    }

    /** In bytes. */
    public long used() {
        return used;
    }
}
