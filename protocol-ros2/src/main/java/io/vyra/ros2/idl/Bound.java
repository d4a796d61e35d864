package io.vyra.ros2.idl;

/** How long a string or a sequence may be: {@link #NONE}, or a number of at least one. A string counts bytes of UTF-8, a wstring UTF-16 units. */
public record Bound(int maximum) {
    /** Any length. */
    public static final Bound NONE = new Bound(Integer.MAX_VALUE);

    public Bound {
        if (maximum < 1) {
            throw new IllegalArgumentException("A bound is at least 1, not " + maximum);
        }
    }

    public boolean isUnbounded() {
        return maximum == Integer.MAX_VALUE;
    }

    public boolean allows(int length) {
        return length <= maximum;
    }
}
