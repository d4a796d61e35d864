package io.vyra.modulemanager.runtime;

/**
 * How a module's log is rotated.
 *
 * @param maxBytes size after which {@code module.log} becomes {@code module.log.1}; 64 KiB … 1 GiB
 * @param kept     rotated files kept, 1 … 100
 */
public record LogRotation(long maxBytes, int kept) {
    /** At most 50 MB for a module. */
    public static final LogRotation DEFAULT = new LogRotation(10_000_000, 4);

    public LogRotation {
        if (maxBytes < 65_536 || maxBytes > 1L << 30) {
            throw new IllegalArgumentException("maxBytes must be between 64 KiB and 1 GiB but is " + maxBytes);
        }
        if (kept < 1 || kept > 100) {
            throw new IllegalArgumentException("kept must be between 1 and 100 but is " + kept);
        }
    }
}
