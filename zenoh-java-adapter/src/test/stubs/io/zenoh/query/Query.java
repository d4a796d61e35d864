package io.zenoh.query;

import io.zenoh.ZenohType;
import io.zenoh.bytes.Encoding;
import io.zenoh.bytes.IntoZBytes;
import io.zenoh.bytes.ZBytes;
import io.zenoh.exceptions.ZError;
import io.zenoh.keyexpr.KeyExpr;

/** A query, which the first reply ends: signatures of zenoh-java 1.10. */
public final class Query implements AutoCloseable, ZenohType {
    private Query() {}

    public Selector getSelector() {
        throw new UnsupportedOperationException("A signature of zenoh-java without its code");
    }

    public ZBytes getPayload() {
        throw new UnsupportedOperationException("A signature of zenoh-java without its code");
    }

    public Encoding getEncoding() {
        throw new UnsupportedOperationException("A signature of zenoh-java without its code");
    }

    public ZBytes getAttachment() {
        throw new UnsupportedOperationException("A signature of zenoh-java without its code");
    }

    public void reply(KeyExpr key, IntoZBytes payload, ReplyOptions options) throws ZError {
        throw new UnsupportedOperationException("A signature of zenoh-java without its code");
    }

    public void replyErr(IntoZBytes message, ReplyErrOptions options) throws ZError {
        throw new UnsupportedOperationException("A signature of zenoh-java without its code");
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException("A signature of zenoh-java without its code");
    }
}
