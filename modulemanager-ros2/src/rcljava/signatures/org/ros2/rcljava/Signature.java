package org.ros2.rcljava;

/** What stands here for rcljava, after the main branch of ros2_java of April 2022: signatures of what the adapter uses, and no more. */
public final class Signature {
    private Signature() {}

    /** What every method does. */
    public static UnsupportedOperationException only() {
        return new UnsupportedOperationException(
                "This is a signature of rcljava; the adapter runs with the real one only");
    }
}
