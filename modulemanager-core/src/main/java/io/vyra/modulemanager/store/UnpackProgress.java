package io.vyra.modulemanager.store;

/** Told how an unpacking goes on; may stop it by throwing. Called at least once for each mebibyte and each entry. */
@FunctionalInterface
public interface UnpackProgress {
    UnpackProgress NONE = (packedBytes, unpackedBytes) -> {};

    /**
     * @param packedBytes   read from the package so far
     * @param unpackedBytes written so far
     */
    void advanced(long packedBytes, long unpackedBytes);
}
