package io.zenoh.pubsub;

import io.zenoh.bytes.Encoding;
import io.zenoh.bytes.IntoZBytes;

/** How something is put: signatures of zenoh-java 1.10. */
public final class PutOptions {
    public PutOptions() {
        throw new UnsupportedOperationException("A signature of zenoh-java without its code");
    }

    public void setEncoding(Encoding encoding) {
        throw new UnsupportedOperationException("A signature of zenoh-java without its code");
    }

    public void setAttachment(IntoZBytes attachment) {
        throw new UnsupportedOperationException("A signature of zenoh-java without its code");
    }
}
