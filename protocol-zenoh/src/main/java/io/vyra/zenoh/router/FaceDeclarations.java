package io.vyra.zenoh.router;

import io.vyra.zenoh.keyexpr.KeyExpression;
import io.vyra.zenoh.message.Declaration;
import io.vyra.zenoh.message.InterestMode;
import io.vyra.zenoh.message.NetworkMessage;
import io.vyra.zenoh.message.WireExpression;
import io.vyra.zenoh.session.KeyMap;
import java.util.HashMap;
import java.util.Map;

/**
 * Takes a face's declarations and interests, as far as rules and limits allow. One that is refused is ignored, and costs the face nothing
 * else. The face's reading thread uses it.
 */
final class FaceDeclarations {
    private final Exchange exchange;
    private final RoutingTable table;
    private final Face face;
    private final KeyMap keys;
    private final Allowance allowance;
    private final Map<Integer, Integer> keySizes = new HashMap<>();

    FaceDeclarations(Exchange exchange, Face face, KeyMap keys) {
        this.exchange = exchange;
        this.table = exchange.table();
        this.face = face;
        this.keys = keys;
        RouterLimits limits = exchange.settings().limits();
        this.allowance = face.isUpstream()
                ? new Allowance(limits.upstreamDeclarations(), Long.MAX_VALUE)
                : new Allowance(limits.declarationsPerFace(), limits.declaredBytesPerFace());
    }

    void declare(Declaration declaration) {
        switch (declaration) {
            case Declaration.KeyExpressionDeclared it -> declareKey(it);
            case Declaration.KeyExpressionUndeclared it -> undeclareKey(it.number());
            case Declaration.SubscriberDeclared it -> declare(Kind.SUBSCRIBER, it.number(), it.key(), Traits.NONE);
            case Declaration.SubscriberUndeclared it -> undeclare(Kind.SUBSCRIBER, it.number());
            case Declaration.QueryableDeclared it ->
                declare(Kind.QUERYABLE, it.number(), it.key(), new Traits(it.complete(), it.distance()));
            case Declaration.QueryableUndeclared it -> undeclare(Kind.QUERYABLE, it.number());
            case Declaration.TokenDeclared it -> declare(Kind.TOKEN, it.number(), it.key(), Traits.NONE);
            case Declaration.TokenUndeclared it -> undeclare(Kind.TOKEN, it.number());
            case Declaration.AllDeclared _ -> {}
        }
    }

    private void declareKey(Declaration.KeyExpressionDeclared it) {
        undeclareKey(it.number());
        int size = keys.declare(it.number(), it.key());
        if (!allowance.take(size)) {
            keys.undeclare(it.number());
            limited();
            return;
        }
        keySizes.put(it.number(), size);
        face.keyExpressions(keySizes.size());
    }

    private void undeclareKey(int number) {
        Integer size = keySizes.remove(number);
        if (size != null) {
            keys.undeclare(number);
            allowance.giveBack(size);
            face.keyExpressions(keySizes.size());
        }
    }

    private void declare(Kind kind, int number, WireExpression wireKey, Traits traits) {
        KeyExpression key = keys.resolve(wireKey);
        if (key == null) {
            return;
        }
        if (!exchange.isAllowed(face, kind.action(), key)) {
            exchange.tally().refusedDeclarations.increment();
            return;
        }
        if (!allowance.take(Allowance.size(key))) {
            limited();
            return;
        }
        giveBack(table.declare(face, kind, number, key, traits));
    }

    private void undeclare(Kind kind, int number) {
        giveBack(table.undeclare(face, kind, number));
    }

    private void giveBack(Face.Declaring before) {
        if (before != null) {
            allowance.giveBack(Allowance.size(before.key()));
        }
    }

    void interest(NetworkMessage.Interest message) {
        if (message.mode() == InterestMode.FINAL) {
            giveBack(table.endInterest(face, message.number()));
            return;
        }
        KeyExpression key = message.key() == null ? null : keys.resolve(message.key());
        // A router asks its clients for nothing. Who waits for an answer gets one all the same, be it an empty one.
        boolean isOfUse = !face.isUpstream() && (message.key() == null || key != null);
        if (isOfUse && message.mode().isFuture() && !allowance.take(Allowance.size(key))) {
            limited();
            isOfUse = false;
        }
        if (isOfUse) {
            giveBack(table.interest(
                    face, message.number(), message.mode(), new Interests.Interest(message.subject(), key)));
        } else if (message.mode().isCurrent()) {
            face.tell(NetworkMessage.Declare.answering(message.number(), new Declaration.AllDeclared()));
        }
    }

    private void giveBack(Interests.Interest before) {
        if (before != null) {
            allowance.giveBack(Allowance.size(before.key()));
        }
    }

    private void limited() {
        exchange.tally().limitedDeclarations.increment();
        exchange.limitReached(face, "declarationsPerFace, declaredBytesPerFace");
    }
}
