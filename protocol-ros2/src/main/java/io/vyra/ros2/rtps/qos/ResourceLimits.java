package io.vyra.ros2.rtps.qos;

/**
 * How much a writer or a reader keeps at most (RESOURCE_LIMITS, DDS 1.4 §2.2.3.19). It is announced, and compared with nothing.
 *
 * <p>Topics have no keys in ROS 2 and here, and so a topic is one instance: of the first and the last of these the lower one counts.
 *
 * @param samples          1 or more, or {@link #UNLIMITED}
 * @param instances        1 or more, or {@link #UNLIMITED}; of no consequence here
 * @param samplesPerInstance 1 or more, or {@link #UNLIMITED}
 */
public record ResourceLimits(int samples, int instances, int samplesPerInstance) {
    /** LENGTH_UNLIMITED of DDS. */
    public static final int UNLIMITED = -1;

    /** The default of DDS, which others have that say nothing of it. */
    public static final ResourceLimits NONE = new ResourceLimits(UNLIMITED, UNLIMITED, UNLIMITED);

    /** What this library's own endpoints have unless told otherwise: 5,000 samples. */
    public static final ResourceLimits DEFAULT = ofSamples(5_000);

    public ResourceLimits {
        requireLimit("samples", samples);
        requireLimit("instances", instances);
        requireLimit("samples of an instance", samplesPerInstance);
    }

    private static void requireLimit(String of, int limit) {
        if (limit < 1 && limit != UNLIMITED) {
            throw new IllegalArgumentException(
                    "A limit of " + of + " is at least 1, or " + UNLIMITED + " for none, not " + limit);
        }
    }

    /** So many samples of a topic without keys. */
    public static ResourceLimits ofSamples(int most) {
        return new ResourceLimits(most, UNLIMITED, most);
    }

    /** How many samples of a topic without keys are kept; {@link Integer#MAX_VALUE} when nothing limits them. */
    public int most() {
        return Math.min(most(samples), most(samplesPerInstance));
    }

    private static int most(int limit) {
        return limit == UNLIMITED ? Integer.MAX_VALUE : limit;
    }

    /** The same when it is enough for so many samples, else one that is just enough. */
    ResourceLimits atLeast(int wanted) {
        return wanted <= most() ? this : ofSamples(wanted);
    }
}
