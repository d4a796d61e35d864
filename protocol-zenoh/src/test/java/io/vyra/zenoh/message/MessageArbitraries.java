package io.vyra.zenoh.message;

import io.vyra.zenoh.wire.Bytes;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Messages of all kinds. */
final class MessageArbitraries {
    private MessageArbitraries() {}

    static Arbitrary<ZenohId> nodes() {
        return Arbitraries.bytes()
                .array(byte[].class)
                .ofMinSize(1)
                .ofMaxSize(16)
                .map(bytes -> {
                    bytes[bytes.length - 1] |= 1;
                    return ZenohId.of(bytes);
                });
    }

    static Arbitrary<Bytes> bytes() {
        return Arbitraries.bytes().array(byte[].class).ofMaxSize(300).map(Bytes::wrap);
    }

    static Arbitrary<Timestamp> timestamps() {
        return Combinators.combine(Arbitraries.longs(), nodes()).as(Timestamp::new);
    }

    static Arbitrary<SourcePosition> sources() {
        return Combinators.combine(entities(), Arbitraries.integers()).as(SourcePosition::new);
    }

    static Arbitrary<EntityId> entities() {
        return Combinators.combine(nodes(), Arbitraries.integers()).as(EntityId::new);
    }

    static Arbitrary<Encoding> encodings() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 0xffff),
                        Arbitraries.strings().alpha().ofMaxLength(30))
                .as(Encoding::new);
    }

    static Arbitrary<WireExpression> keys() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 0xffff),
                        Arbitraries.strings().withChars('a', 'ä', '/', '*', '€').ofMaxLength(40),
                        Arbitraries.of(true, false))
                .as(WireExpression::new);
    }

    static Arbitrary<QualityOfService> qualities() {
        return Combinators.combine(
                        Arbitraries.of(Priority.class),
                        Arbitraries.of(CongestionControl.class),
                        Arbitraries.of(true, false))
                .as(QualityOfService::of);
    }

    static Arbitrary<Datum> data() {
        Arbitrary<Datum> puts = Combinators.combine(
                        timestamps().injectNull(0.5),
                        encodings(),
                        sources().injectNull(0.5),
                        bytes().injectNull(0.5),
                        bytes())
                .as(Datum.Put::new);
        Arbitrary<Datum> deletes = Combinators.combine(
                        timestamps().injectNull(0.5), sources().injectNull(0.5), bytes().injectNull(0.5))
                .as(Datum.Delete::new);
        return Arbitraries.oneOf(puts, deletes);
    }

    static Arbitrary<Query> queries() {
        Arbitrary<Query.Body> bodies = Combinators.combine(encodings(), bytes()).as(Query.Body::new);
        return Combinators.combine(
                        Arbitraries.of(Consolidation.class),
                        Arbitraries.strings().ascii().ofMaxLength(30),
                        sources().injectNull(0.5),
                        bodies.injectNull(0.5),
                        bytes().injectNull(0.5))
                .as(Query::new);
    }

    static Arbitrary<Answer> answers() {
        Arbitrary<Answer> replies =
                Combinators.combine(Arbitraries.of(Consolidation.class), data()).as(Answer.Reply::new);
        Arbitrary<Answer> failures = Combinators.combine(encodings(), sources().injectNull(0.5), bytes())
                .as(Answer.Failure::new);
        return Arbitraries.oneOf(replies, failures);
    }

    static Arbitrary<Declaration> declarations() {
        Arbitrary<Integer> numbers = Arbitraries.integers();
        Arbitrary<Integer> small = Arbitraries.integers().between(0, 0xffff);
        Arbitrary<WireExpression> receivers = keys().map(key -> new WireExpression(key.scope(), key.suffix(), false));
        return Arbitraries.oneOf(
                Combinators.combine(small, receivers).as(Declaration.KeyExpressionDeclared::new),
                small.map(Declaration.KeyExpressionUndeclared::new),
                Combinators.combine(numbers, keys()).as(Declaration.SubscriberDeclared::new),
                Combinators.combine(numbers, keys()).as(Declaration.SubscriberUndeclared::new),
                Combinators.combine(numbers, keys(), Arbitraries.of(true, false), small)
                        .as(Declaration.QueryableDeclared::new),
                Combinators.combine(numbers, keys()).as(Declaration.QueryableUndeclared::new),
                Combinators.combine(numbers, keys()).as(Declaration.TokenDeclared::new),
                Combinators.combine(numbers, keys()).as(Declaration.TokenUndeclared::new),
                Arbitraries.just(new Declaration.AllDeclared()));
    }

    static Arbitrary<NetworkMessage> networkMessages() {
        Arbitrary<Integer> numbers = Arbitraries.integers();
        Arbitrary<Integer> nodes = Arbitraries.integers().between(0, 0xffff);
        Arbitrary<Timestamp> timestamps = timestamps().injectNull(0.7);
        Arbitrary<NetworkMessage> pushes = Combinators.combine(keys(), qualities(), timestamps, nodes, data())
                .as(NetworkMessage.Push::new);
        Arbitrary<Query> queries = queries();
        Arbitrary<NetworkMessage> requests = Combinators.combine(
                        numbers,
                        keys(),
                        qualities(),
                        timestamps,
                        nodes,
                        Arbitraries.of(QueryTarget.class),
                        numbers,
                        queries)
                .as((number, key, quality, timestamp, node, target, budget, query) -> new NetworkMessage.Request(
                        number, key, quality, timestamp, node, target, budget, Integer.toUnsignedLong(budget), query));
        Arbitrary<NetworkMessage> responses = Combinators.combine(
                        numbers, keys(), qualities(), timestamps, entities().injectNull(0.5), answers())
                .as(NetworkMessage.Response::new);
        Arbitrary<NetworkMessage> finals =
                Combinators.combine(numbers, qualities(), timestamps).as(NetworkMessage.ResponseFinal::new);
        Arbitrary<InterestSubject> subjects =
                Arbitraries.integers().between(0, 255).map(InterestSubject::ofWire);
        Arbitrary<NetworkMessage> interests = Combinators.combine(
                        numbers,
                        Arbitraries.of(InterestMode.class),
                        subjects,
                        keys().injectNull(0.5),
                        qualities(),
                        timestamps,
                        nodes)
                .as((number, mode, subject, key, quality, timestamp, node) -> mode == InterestMode.FINAL
                        ? new NetworkMessage.Interest(
                                number, mode, InterestSubject.NONE, null, quality, timestamp, node)
                        : new NetworkMessage.Interest(number, mode, subject, key, quality, timestamp, node));
        Arbitrary<NetworkMessage> declares = Combinators.combine(
                        numbers.injectNull(0.5), qualities(), timestamps, nodes, declarations())
                .as(NetworkMessage.Declare::new);
        Arbitrary<NetworkMessage> maintenance =
                Combinators.combine(nodes, qualities(), timestamps, bytes()).as(NetworkMessage.Maintenance::new);
        return Arbitraries.oneOf(pushes, requests, responses, finals, interests, declares, maintenance);
    }

    static Arbitrary<TransportMessage> transportMessages() {
        Arbitrary<TransportMessage.Sizes> sizes = Combinators.combine(
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.integers().between(0, 0xffff))
                .as(TransportMessage.Sizes::new);
        Arbitrary<TransportMessage.Offer> offers = Combinators.combine(
                        Arbitraries.of(true, false),
                        bytes().injectNull(0.5),
                        Arbitraries.integers().between(0, 255))
                .as(TransportMessage.Offer::new);
        Arbitrary<Integer> versions = Arbitraries.integers().between(0, 255);
        Arbitrary<Long> leases = Arbitraries.longs().between(0, Long.MAX_VALUE);
        Arbitrary<Integer> numbers = Arbitraries.integers();
        Arbitrary<Boolean> flags = Arbitraries.of(true, false);
        return Arbitraries.oneOf(
                Combinators.combine(versions, Arbitraries.of(WhatAmI.class), nodes(), sizes, offers)
                        .as(TransportMessage.InitSyn::new),
                Combinators.combine(versions, Arbitraries.of(WhatAmI.class), nodes(), sizes, bytes(), offers)
                        .as(TransportMessage.InitAck::new),
                Combinators.combine(leases, numbers, bytes(), offers).as(TransportMessage.OpenSyn::new),
                Combinators.combine(leases, numbers, offers).as(TransportMessage.OpenAck::new),
                Combinators.combine(Arbitraries.of(CloseReason.class), flags).as(TransportMessage.Close::new),
                Arbitraries.just(new TransportMessage.KeepAlive()),
                Combinators.combine(flags, numbers, Arbitraries.of(Priority.class))
                        .as(TransportMessage.Frame::new),
                Combinators.combine(flags, flags, numbers, Arbitraries.of(Priority.class), flags, flags)
                        .as(TransportMessage.Fragment::new));
    }
}
