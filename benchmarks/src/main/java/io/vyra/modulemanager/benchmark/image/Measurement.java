package io.vyra.modulemanager.benchmark.image;

/** One of the things that are measured of the images. */
interface Measurement {
    /** As it is named when it could not be made. */
    String what();

    /** @throws Exception when it could not be made; the others are made all the same */
    void measure(Workshop workshop) throws Exception;
}
