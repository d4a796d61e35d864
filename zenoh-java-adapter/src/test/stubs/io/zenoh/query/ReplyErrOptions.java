package io.zenoh.query;

import io.zenoh.bytes.Encoding;

/** How an error is replied: signatures of zenoh-java 1.10. */
public final class ReplyErrOptions {
    public ReplyErrOptions() {
        throw new UnsupportedOperationException("A signature of zenoh-java without its code");
    }

    public void setEncoding(Encoding encoding) {
        throw new UnsupportedOperationException("A signature of zenoh-java without its code");
    }
}
