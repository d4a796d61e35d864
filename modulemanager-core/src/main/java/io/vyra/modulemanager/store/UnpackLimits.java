package io.vyra.modulemanager.store;

/**
 * What a package may contain at the most.
 *
 * @param entries       archive entries
 * @param bytes         unpacked bytes, all files together
 * @param ratio         unpacked over packed bytes, counted once more than {@code ratioFloorBytes} were unpacked
 * @param ratioFloorBytes unpacked bytes below which the ratio does not matter
 * @param depth         path segments of an entry
 */
public record UnpackLimits(int entries, long bytes, int ratio, long ratioFloorBytes, int depth) {
    public static final UnpackLimits DEFAULT = new UnpackLimits(100_000, 8L << 30, 200, 64L << 20, 64);
}
