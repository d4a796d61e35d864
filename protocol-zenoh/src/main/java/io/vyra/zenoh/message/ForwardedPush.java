package io.vyra.zenoh.message;

import io.vyra.zenoh.wire.WireWriter;

/**
 * A publication on its way through a router: the sample stays where it lies in the receive buffer and is written from there, so that
 * forwarding neither reads a payload nor copies it twice. It holds as long as its cursor does, and is reused like that. Not thread-safe.
 */
public final class ForwardedPush implements Outgoing {
    private PushCursor push;
    private int scope;
    private byte[] suffix;
    private Timestamp stamp;

    /**
     * Makes it this publication.
     *
     * @param newScope the number of its key expression that this node told the other one, 0 for none: the sender's means nothing there
     * @param newSuffix what follows that, as UTF-8: the whole key expression where there is no number
     * @param newStamp goes in where the sample has no timestamp; or null
     */
    public ForwardedPush of(PushCursor newPush, int newScope, byte[] newSuffix, Timestamp newStamp) {
        push = newPush;
        scope = newScope;
        suffix = newSuffix;
        stamp = newStamp;
        return this;
    }

    @Override
    public QualityOfService qualityOfService() {
        return push.qualityOfService();
    }

    @Override
    public void write(WireWriter writer) {
        NetworkCodec.beginPush(writer, scope, suffix, push.qualityOfService(), push.networkTimestamp());
        push.writeDatum(writer, stamp);
    }
}
