package io.zenoh;

import io.zenoh.bytes.IntoZBytes;
import io.zenoh.exceptions.ZError;
import io.zenoh.handlers.Callback;
import io.zenoh.keyexpr.KeyExpr;
import io.zenoh.liveliness.Liveliness;
import io.zenoh.pubsub.CallbackSubscriber;
import io.zenoh.pubsub.PutOptions;
import io.zenoh.query.CallbackQueryable;
import io.zenoh.query.GetOptions;
import io.zenoh.query.IntoSelector;
import io.zenoh.query.Query;
import io.zenoh.query.Reply;
import io.zenoh.sample.Sample;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;

/** A session: signatures of zenoh-java 1.10, without the handlers that the adapter does not use. */
public final class Session implements AutoCloseable {
    private Session() {}

    public CallbackSubscriber declareSubscriber(KeyExpr key, Callback<Sample> callback) throws ZError {
        throw new UnsupportedOperationException("A signature of zenoh-java without its code");
    }

    public CallbackQueryable declareQueryable(KeyExpr key, Callback<Query> callback) throws ZError {
        throw new UnsupportedOperationException("A signature of zenoh-java without its code");
    }

    public BlockingQueue<Optional<Reply>> get(IntoSelector selector, GetOptions options) throws ZError {
        throw new UnsupportedOperationException("A signature of zenoh-java without its code");
    }

    public void put(KeyExpr key, IntoZBytes payload, PutOptions options) throws ZError {
        throw new UnsupportedOperationException("A signature of zenoh-java without its code");
    }

    public void delete(KeyExpr key) throws ZError {
        throw new UnsupportedOperationException("A signature of zenoh-java without its code");
    }

    public Liveliness liveliness() {
        throw new UnsupportedOperationException("A signature of zenoh-java without its code");
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException("A signature of zenoh-java without its code");
    }
}
