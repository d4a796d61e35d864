package io.vyra.zenoh.message;

import io.vyra.zenoh.wire.WireWriter;

/**
 * A publication on its way through a router: the sample stays where it lies in the receive buffer and is written from there, so that
 * forwarding neither reads a payload nor copies it twice. It holds as long as its cursor does, and is reused like that. Not thread-safe.
 */
public final class ForwardedPush implements Outgoing {
    private PushCursor push;
    private byte[] key;
    private Timestamp stamp;

    /**
     * Makes it this publication.
     *
     * @param newKey its key expression in full, as UTF-8: numbers mean nothing to another node
     * @param newStamp goes in where the sample has no timestamp; or null
     */
    public ForwardedPush of(PushCursor newPush, byte[] newKey, Timestamp newStamp) {
        push = newPush;
        key = newKey;
        stamp = newStamp;
        return this;
    }

    @Override
    public QualityOfService qualityOfService() {
        return push.qualityOfService();
    }

    @Override
    public void write(WireWriter writer) {
        NetworkCodec.beginPush(writer, 0, key, push.qualityOfService(), push.networkTimestamp());
        push.writeDatum(writer, stamp);
    }
}
