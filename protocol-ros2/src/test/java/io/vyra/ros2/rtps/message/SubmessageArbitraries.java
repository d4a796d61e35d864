package io.vyra.ros2.rtps.message;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Submessages of every kind. */
final class SubmessageArbitraries {
    private SubmessageArbitraries() {}

    static Arbitrary<Submessage> submessages() {
        return Arbitraries.oneOf(
                data(), dataFrag(), heartbeat(), ackNack(), gap(), heartbeatFrag(), nackFrag(), info());
    }

    private static Arbitrary<EntityId> entities() {
        return Arbitraries.integers().map(EntityId::new);
    }

    private static Arbitrary<GuidPrefix> prefixes() {
        return Combinators.combine(Arbitraries.longs(), Arbitraries.integers()).as(GuidPrefix::new);
    }

    private static Arbitrary<Guid> guids() {
        return Combinators.combine(prefixes(), entities()).as(Guid::new);
    }

    private static Arbitrary<Long> sequences() {
        return Arbitraries.longs().between(1, Long.MAX_VALUE / 2);
    }

    /** Payloads are multiples of four long, as all that follows them in a packet is aligned. */
    private static Arbitrary<Slice> payloads() {
        return Arbitraries.bytes()
                .array(byte[].class)
                .ofMinSize(1)
                .ofMaxSize(16)
                .map(bytes -> Slice.of(java.util.Arrays.copyOf(bytes, bytes.length * 4)));
    }

    private static Arbitrary<InlineQos> inlineQos() {
        Arbitrary<Optional<SampleIdentity>> related = Combinators.combine(guids(), sequences())
                .as(SampleIdentity::new)
                .optional();
        return Combinators.combine(Arbitraries.integers().between(0, 3), guids().optional(), related)
                .as(InlineQos::new);
    }

    private static Arbitrary<NumberSet> sets(long largest) {
        return Combinators.combine(
                        Arbitraries.longs().between(1, largest),
                        Arbitraries.integers()
                                .between(0, NumberSet.WIDEST - 1)
                                .set()
                                .ofMaxSize(20))
                .as((base, members) -> {
                    NumberSet.Builder builder = new NumberSet.Builder(base);
                    members.forEach(member -> builder.add(base + member));
                    return builder.build();
                });
    }

    private static Arbitrary<Submessage> data() {
        return Combinators.combine(
                        entities(), entities(), sequences(), inlineQos(), payloads(), Arbitraries.of(true, false))
                .as(Submessage.Data::new);
    }

    private static Arbitrary<Submessage> dataFrag() {
        return Combinators.combine(
                        entities(),
                        entities(),
                        sequences(),
                        inlineQos(),
                        Arbitraries.integers().between(1, 100))
                .as((reader, writer, sequence, qos, first) -> new Submessage.DataFrag(
                        reader, writer, sequence, first, 1, 8, first * 8L, qos, Slice.of(new byte[8])));
    }

    private static Arbitrary<Submessage> heartbeat() {
        return Combinators.combine(
                        entities(),
                        entities(),
                        sequences(),
                        Arbitraries.longs().between(-1, 1 << 20),
                        Arbitraries.integers(),
                        Arbitraries.of(true, false))
                .as((reader, writer, first, more, count, flag) ->
                        new Submessage.Heartbeat(reader, writer, first, first + more, count, flag, !flag));
    }

    private static Arbitrary<Submessage> ackNack() {
        return Combinators.combine(
                        entities(),
                        entities(),
                        sets(Long.MAX_VALUE / 2),
                        Arbitraries.integers(),
                        Arbitraries.of(true, false))
                .as(Submessage.AckNack::new);
    }

    private static Arbitrary<Submessage> gap() {
        return Combinators.combine(entities(), entities(), sets(Long.MAX_VALUE / 2))
                .as((reader, writer, gone) -> new Submessage.Gap(reader, writer, Math.max(1, gone.base() - 5), gone));
    }

    private static Arbitrary<Submessage> heartbeatFrag() {
        return Combinators.combine(
                        entities(),
                        entities(),
                        sequences(),
                        Arbitraries.longs().between(0, 0xffffffffL),
                        Arbitraries.integers())
                .as(Submessage.HeartbeatFrag::new);
    }

    private static Arbitrary<Submessage> nackFrag() {
        return Combinators.combine(entities(), entities(), sequences(), sets(0xffffffffL), Arbitraries.integers())
                .as(Submessage.NackFrag::new);
    }

    private static Arbitrary<Submessage> info() {
        return Arbitraries.oneOf(
                Arbitraries.longs().map(Submessage.InfoTimestamp::new),
                prefixes().map(Submessage.InfoDestination::new),
                prefixes().map(prefix -> new Submessage.InfoSource(prefix, Vendor.CYCLONE_DDS)),
                Arbitraries.integers()
                        .between(1, 0xffff)
                        .map(port -> new Submessage.InfoReply(List.of(locator(port)))));
    }

    private static Locator locator(int port) {
        try {
            return Locator.of(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }
}
