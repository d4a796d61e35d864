package io.vyra.ros2.rtps.endpoint;

/**
 * How much a writer has on its way that its readers have not acknowledged. Samples that overflow a reader's socket are lost and have to be asked
 * for, which takes longer than to wait for the reader to catch up. For one thread at a time.
 *
 * <p>DDSI-RTPS 2.5 leaves it to the writer when it sends: it requires of a writer that it sends heartbeats while something is unacknowledged, and of
 * a reliable reader that it answers one that is not final (§8.4.2.2, §8.4.2.3). A heartbeat may go along with a sample, so that asking for an
 * acknowledgement costs no packet, and a writer need not let a reader that does not answer hold it up (§8.4.15). So a writer asks four times in each
 * window; {@link #waive} is for readers that are silent all the same.
 */
final class SendWindow {
    /**
     * How much may be unacknowledged, in bytes of the room that it takes in a receiver's socket. Linux gives 208 KiB to who does not ask for more,
     * and twice that to who asks for as much.
     */
    static final long BYTES = 192 << 10;

    /** Readers are asked what they have so much earlier that the window has moved on when it would be full. */
    static final long ASK_AFTER = BYTES / 4;

    /** What a packet takes in a socket beside its payload, in bytes. */
    private static final int BESIDE_PAYLOAD = 1_024;

    private long sent;
    private long asked;
    private long waived;

    /** Counts a sample that is about to be sent. The result is the room that all before it took, which is where it starts. */
    long send(int length, int packets) {
        long start = sent;
        sent += length + (long) packets * BESIDE_PAYLOAD;
        return start;
    }

    /** The room that all samples took that ever were sent: where the next one starts. */
    long sent() {
        return sent;
    }

    /**
     * Whether another sample may be sent. One always may when everything is acknowledged, however large it is.
     *
     * @param start where the first sample starts that is not acknowledged
     */
    boolean isOpen(long start) {
        return sent - Math.max(start, waived) < BYTES;
    }

    /** Lets a whole window go beyond what is on its way now, for it was waited for in vain. */
    void waive() {
        waived = sent;
    }

    /** Whether readers are to be asked with this sample; then they count as asked. */
    boolean ask() {
        boolean isTime = sent - asked >= ASK_AFTER;
        asked = isTime ? sent : asked;
        return isTime;
    }

    /** Readers were asked for another reason. */
    void asked() {
        asked = sent;
    }
}
