package io.zenoh.liveliness;

import io.zenoh.exceptions.ZError;
import io.zenoh.keyexpr.KeyExpr;
import io.zenoh.query.Reply;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;

/** Tokens: signatures of zenoh-java 1.10. */
public final class Liveliness {
    private Liveliness() {}

    public LivelinessToken declareToken(KeyExpr key) throws ZError {
        throw new UnsupportedOperationException("A signature of zenoh-java without its code");
    }

    public BlockingQueue<Optional<Reply>> get(KeyExpr key, Duration timeout) throws ZError {
        throw new UnsupportedOperationException("A signature of zenoh-java without its code");
    }
}
