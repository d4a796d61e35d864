package io.zenoh.query;

import io.zenoh.bytes.Encoding;
import io.zenoh.bytes.IntoZBytes;
import java.time.Duration;

/** How something is asked: signatures of zenoh-java 1.10. */
public final class GetOptions {
    public GetOptions() {
        throw new UnsupportedOperationException("A signature of zenoh-java without its code");
    }

    public void setTimeout(Duration timeout) {
        throw new UnsupportedOperationException("A signature of zenoh-java without its code");
    }

    public void setPayload(IntoZBytes payload) {
        throw new UnsupportedOperationException("A signature of zenoh-java without its code");
    }

    public void setEncoding(Encoding encoding) {
        throw new UnsupportedOperationException("A signature of zenoh-java without its code");
    }

    public void setAttachment(IntoZBytes attachment) {
        throw new UnsupportedOperationException("A signature of zenoh-java without its code");
    }
}
