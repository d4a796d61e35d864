package io.vyra.modulemanager.benchmark.image;

/**
 * A layer of an image, as {@code launcher/ImageReport.java} tells it.
 *
 * @param name            what is in it: {@code libraries}, {@code application}, {@code web page}, {@code AOT cache}, {@code data folder} or a
 *                        part of the base
 * @param compressedBytes by gzip
 * @param digest          of the uncompressed layer
 * @param base            whether it belongs to the base image: root file system and Java runtime
 */
record Layer(String name, long compressedBytes, long rawBytes, String digest, boolean base) {
    static final String AOT_CACHE = "AOT cache";
    static final String DATA_FOLDER = "data folder";

    boolean isAotCache() {
        return name.equals(AOT_CACHE);
    }
}
