package io.zenoh.query;

import io.zenoh.ZenohType;
import io.zenoh.bytes.Encoding;
import io.zenoh.bytes.ZBytes;
import io.zenoh.sample.Sample;

/** A reply. Kotlin seals it, which Java does not see: signatures of zenoh-java 1.10. */
public abstract class Reply implements ZenohType {
    private Reply() {}

    /** A sample. */
    public static final class Success extends Reply {
        private Success() {}

        public Sample getSample() {
            throw new UnsupportedOperationException("A signature of zenoh-java without its code");
        }
    }

    /** Why there is none. */
    public static final class Error extends Reply {
        private Error() {}

        public ZBytes getError() {
            throw new UnsupportedOperationException("A signature of zenoh-java without its code");
        }

        public Encoding getEncoding() {
            throw new UnsupportedOperationException("A signature of zenoh-java without its code");
        }
    }
}
