package io.vyra.modulemanager.benchmark.image;

import io.vyra.modulemanager.benchmark.Scale;
import java.time.Duration;

/**
 * How often the images are built and started.
 *
 * @param coldBuilds builds with nothing cached
 * @param changes    builds after each kind of change, in each way
 * @param starts     new containers of each service, each of which is started twice
 * @param memories   containers of each service whose memory is read
 * @param rest       how long a container is left alone before its memory is read
 */
record Rounds(int coldBuilds, int changes, int starts, int memories, Duration rest) {
    private static final Rounds FULL = new Rounds(5, 5, 7, 5, Duration.ofSeconds(15));
    private static final Rounds TINY = new Rounds(0, 1, 1, 1, Duration.ofSeconds(1));

    static Rounds of(Scale scale) {
        return scale.isFull() ? FULL : TINY;
    }
}
