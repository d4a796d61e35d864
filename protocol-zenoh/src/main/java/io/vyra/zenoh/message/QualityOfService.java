package io.vyra.zenoh.message;

/**
 * How a message travels.
 *
 * @param priority which message goes first
 * @param congestionControl what happens when the way is full
 * @param express whether it is sent at once, without waiting for others to share a batch
 */
public record QualityOfService(Priority priority, CongestionControl congestionControl, boolean express) {
    private static final int BLOCK = 0x08;
    private static final int EXPRESS = 0x10;
    private static final QualityOfService[] ALL = all();

    /** What a message without the extension has: data priority, drop. */
    public static final QualityOfService DEFAULT = of(Priority.DATA, CongestionControl.DROP, false);

    /** What declarations and interests have: control priority, block. */
    public static final QualityOfService DECLARATION = of(Priority.CONTROL, CongestionControl.BLOCK, false);

    /** What requests and replies have: data priority, block. */
    public static final QualityOfService REQUEST = of(Priority.DATA, CongestionControl.BLOCK, false);

    /** The one object with these values. */
    public static QualityOfService of(Priority priority, CongestionControl congestionControl, boolean express) {
        return ALL[
                priority.ordinal()
                        | (congestionControl == CongestionControl.BLOCK ? BLOCK : 0)
                        | (express ? EXPRESS : 0)];
    }

    /** The reserved bits and <i>block first</i>, which is unstable, are left out. */
    static QualityOfService ofWire(long bits) {
        return ALL[(int) bits & 0x1f];
    }

    int toWire() {
        return priority.ordinal()
                | (congestionControl == CongestionControl.BLOCK ? BLOCK : 0)
                | (express ? EXPRESS : 0);
    }

    private static QualityOfService[] all() {
        QualityOfService[] all = new QualityOfService[32];
        for (int bits = 0; bits < all.length; bits++) {
            all[bits] = new QualityOfService(
                    Priority.ofWire(bits),
                    (bits & BLOCK) == 0 ? CongestionControl.DROP : CongestionControl.BLOCK,
                    (bits & EXPRESS) != 0);
        }
        return all;
    }
}
