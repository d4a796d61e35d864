package io.vyra.ros2.rtps.discovery;

import io.vyra.ros2.rtps.message.EntityId;
import io.vyra.ros2.rtps.message.Guid;
import io.vyra.ros2.rtps.message.GuidPrefix;
import io.vyra.ros2.rtps.message.Locator;
import io.vyra.ros2.rtps.message.Vendor;
import io.vyra.ros2.rtps.qos.Qos;
import io.vyra.ros2.rtps.qos.ResourceLimits;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Descriptions of participants and endpoints: a few that have everything, and any. */
final class Descriptions {
    private static final GuidPrefix PREFIX = new GuidPrefix(0x0110_0203_0405_0607L, 8);

    private Descriptions() {}

    static Stream<ParticipantDescription> participants() {
        return Stream.of(
                new ParticipantDescription(
                        PREFIX,
                        Vendor.CYCLONE_DDS,
                        0x0205,
                        ParticipantDescription.ALL_ENDPOINTS,
                        List.of(locator(127, 0, 0, 1, 7410), locator(10, 1, 2, 3, 7411)),
                        List.of(locator(192, 168, 1, 2, 7412)),
                        Duration.ofSeconds(20),
                        "näme",
                        "enclave=/;"),
                new ParticipantDescription(
                        PREFIX, Vendor.UNKNOWN, 0x0201, 0, List.of(), List.of(), Qos.INFINITE, "", ""));
    }

    static Stream<EndpointDescription> endpoints() {
        Qos full = new Qos(
                Qos.Reliability.BEST_EFFORT,
                Qos.Durability.PERSISTENT,
                0,
                new ResourceLimits(7, 1, 5),
                Duration.ofMillis(100),
                Duration.ofSeconds(3),
                Duration.ofMillis(1),
                Qos.Liveliness.MANUAL_BY_TOPIC,
                Duration.ofSeconds(9),
                Qos.Ownership.EXCLUSIVE,
                Qos.DestinationOrder.BY_SOURCE,
                new Qos.Presentation(2, true, true),
                Set.of("left", "", "r*ght"),
                List.of(0, 2));
        return Stream.of(Qos.DEFAULT, full)
                .map(qos -> new EndpointDescription(
                        new Guid(PREFIX, EntityId.writer(7)),
                        "rt/chatter",
                        "std_msgs::msg::dds_::String_",
                        qos,
                        List.of(locator(127, 0, 0, 1, 7413)),
                        "typehash=RIHS01_00;"));
    }

    private static Locator locator(int a, int b, int c, int d, int port) {
        try {
            return Locator.of(InetAddress.getByAddress(new byte[] {(byte) a, (byte) b, (byte) c, (byte) d}), port);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    /** With the identifier of the other order alone: what follows is then nonsense that begins as it should. */
    static byte[] bigEndian(byte[] payload) {
        byte[] changed = payload.clone();
        changed[1] &= ~1;
        return changed;
    }

    static Arbitrary<ParticipantDescription> anyParticipant() {
        return Combinators.combine(
                        prefixes(),
                        Arbitraries.integers().between(0, 0xffff).map(Vendor::new),
                        Arbitraries.integers().between(0, 0xffff),
                        Arbitraries.integers(),
                        locators(),
                        locators(),
                        durations(),
                        Combinators.combine(texts(200), texts(200)).as(List::of))
                .as((prefix, vendor, version, endpoints, metatraffic, defaults, lease, texts) ->
                        new ParticipantDescription(
                                prefix,
                                vendor,
                                version,
                                endpoints,
                                metatraffic,
                                defaults,
                                lease,
                                texts.getFirst(),
                                texts.getLast()));
    }

    static Arbitrary<EndpointDescription> anyEndpoint() {
        return Combinators.combine(
                        prefixes(), Arbitraries.integers(), texts(200), texts(200), anyQos(), locators(), texts(200))
                .as((prefix, entity, topic, type, qos, unicast, userData) -> new EndpointDescription(
                        new Guid(prefix, new EntityId(entity)), topic, type, qos, unicast, userData));
    }

    private static Arbitrary<Qos> anyQos() {
        Arbitrary<Qos> timed = Combinators.combine(
                        Arbitraries.of(Qos.Reliability.class),
                        Arbitraries.of(Qos.Durability.class),
                        Combinators.combine(Arbitraries.integers().greaterOrEqual(0), limits())
                                .as(Map::entry),
                        durations(),
                        durations(),
                        durations(),
                        Arbitraries.of(Qos.Liveliness.class),
                        durations())
                .as((reliability, durability, history, deadline, lifespan, budget, liveliness, lease) -> new Qos(
                        reliability,
                        durability,
                        history.getKey(),
                        history.getValue(),
                        deadline,
                        lifespan,
                        budget,
                        liveliness,
                        lease,
                        Qos.Ownership.SHARED,
                        Qos.DestinationOrder.BY_RECEPTION,
                        Qos.Presentation.DEFAULT,
                        Set.of(),
                        List.of()));
        return Combinators.combine(
                        timed,
                        Arbitraries.of(Qos.Ownership.class),
                        Arbitraries.of(Qos.DestinationOrder.class),
                        Combinators.combine(
                                        Arbitraries.integers(),
                                        Arbitraries.of(true, false),
                                        Arbitraries.of(true, false))
                                .as(Qos.Presentation::new),
                        texts(30).set().ofMaxSize(5),
                        Arbitraries.integers().between(-3, 3).list().ofMaxSize(4))
                .as((qos, ownership, order, presentation, partitions, representations) -> new Qos(
                        qos.reliability(),
                        qos.durability(),
                        qos.depth(),
                        qos.limits(),
                        qos.deadline(),
                        qos.lifespan(),
                        qos.latencyBudget(),
                        qos.liveliness(),
                        qos.lease(),
                        ownership,
                        order,
                        presentation,
                        partitions,
                        representations));
    }

    private static Arbitrary<ResourceLimits> limits() {
        Arbitrary<Integer> limit = Arbitraries.frequencyOf(
                Tuple.of(1, Arbitraries.just(ResourceLimits.UNLIMITED)),
                Tuple.of(2, Arbitraries.integers().greaterOrEqual(1)));
        return Combinators.combine(limit, limit, limit).as(ResourceLimits::new);
    }

    private static Arbitrary<GuidPrefix> prefixes() {
        return Combinators.combine(Arbitraries.longs(), Arbitraries.integers()).as(GuidPrefix::new);
    }

    /** To the nanosecond, up to and with no limit at all. */
    private static Arbitrary<Duration> durations() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, Integer.MAX_VALUE - 1),
                        Arbitraries.integers().between(0, 999_999_999))
                .as(Duration::ofSeconds)
                .edgeCases(edges -> edges.add(Qos.INFINITE, Duration.ZERO));
    }

    private static Arbitrary<List<Locator>> locators() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 223),
                        Arbitraries.integers().between(0, 255),
                        Arbitraries.integers().between(1, 0xffff))
                .as((first, rest, port) -> locator(first, rest, rest, rest, port))
                .list()
                .ofMaxSize(5);
    }

    /** Unicode without what has no UTF-8 of its own. */
    private static Arbitrary<String> texts(int longest) {
        return Arbitraries.strings()
                .withCharRange('\u0001', '\ud7ff')
                .withCharRange('\ue000', '\ufffd')
                .ofMaxLength(longest);
    }
}
