package io.vyra.zenoh.session;

import io.vyra.zenoh.keyexpr.KeyExpression;
import io.vyra.zenoh.message.Declaration;
import io.vyra.zenoh.message.NetworkMessage;
import io.vyra.zenoh.message.NetworkMessage.Declare;
import io.vyra.zenoh.message.PushCursor;
import io.vyra.zenoh.message.WireExpression;
import io.vyra.zenoh.transport.Transport;
import io.vyra.zenoh.transport.TransportEnd;
import io.vyra.zenoh.transport.TransportHandler;

/** Hands on what one connection's peer sends. Used by that connection's reading thread. */
final class SessionHandler implements TransportHandler {
    private final Transport transport;
    private final KeyMap keys;
    private final Subscribers subscribers;
    private final Queryables queryables;
    private final Queries queries;
    private final Liveliness liveliness;
    private final PendingDeliveries pending = new PendingDeliveries();

    SessionHandler(
            Transport transport,
            KeyMap keys,
            Subscribers subscribers,
            Queryables queryables,
            Queries queries,
            Liveliness liveliness) {
        this.transport = transport;
        this.keys = keys;
        this.subscribers = subscribers;
        this.queryables = queryables;
        this.queries = queries;
        this.liveliness = liveliness;
    }

    @Override
    public void push(PushCursor push) {
        KeyExpression key = keys.resolve(push);
        if (key != null) {
            subscribers.deliverRemote(key, push, pending);
        }
    }

    @Override
    public void caughtUp() {
        pending.deliver();
    }

    @Override
    public void message(NetworkMessage message) {
        // What follows may wait.
        pending.deliver();
        switch (message) {
            case NetworkMessage.Request request -> queryables.handle(transport, keys.resolve(request.key()), request);
            case NetworkMessage.Response response -> queries.response(response, resolve(response.key()));
            case NetworkMessage.ResponseFinal last -> queries.responseFinal(last);
            case Declare declare -> declared(declare);
            // A client is asked for nothing, and told nothing about the network; publications come by push().
            case NetworkMessage.Interest _, NetworkMessage.Maintenance _, NetworkMessage.Push _ -> {}
        }
    }

    /** Null for no key at all, whichever side's mapping it claims to be of: the reference implementation's is the receiver's. */
    private KeyExpression resolve(WireExpression key) {
        return key.scope() == 0 && key.suffix().isEmpty() ? null : keys.resolve(key);
    }

    private void declared(Declare declare) {
        switch (declare.declaration()) {
            case Declaration.KeyExpressionDeclared it -> keys.declare(it.number(), it.key());
            case Declaration.KeyExpressionUndeclared it -> keys.undeclare(it.number());
            case Declaration.TokenDeclared it -> {
                KeyExpression key = keys.resolve(it.key());
                if (key != null) {
                    liveliness.tokenDeclared(declare.interest(), it.number(), key);
                }
            }
            case Declaration.TokenUndeclared it -> liveliness.tokenUndeclared(it.number(), resolve(it.key()));
            case Declaration.AllDeclared _ -> {
                if (declare.interest() != null) {
                    liveliness.allDeclared(declare.interest());
                }
            }
            // Nobody here asks who subscribes or answers.
            case Declaration.SubscriberDeclared _,
                    Declaration.SubscriberUndeclared _,
                    Declaration.QueryableDeclared _,
                    Declaration.QueryableUndeclared _ -> {}
        }
    }

    @Override
    public void closed(TransportEnd end) {
        // The connection tells the session itself.
    }
}
