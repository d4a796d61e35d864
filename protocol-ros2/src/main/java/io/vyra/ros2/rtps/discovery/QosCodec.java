package io.vyra.ros2.rtps.discovery;

import io.vyra.ros2.rtps.message.ParameterId;
import io.vyra.ros2.rtps.message.Parameters;
import io.vyra.ros2.rtps.qos.Qos;
import io.vyra.ros2.rtps.qos.ResourceLimits;
import io.vyra.ros2.wire.MalformedDataException;
import io.vyra.ros2.wire.WireReader;
import io.vyra.ros2.wire.WireWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Policies as parameters (DDSI-RTPS 2.5 §9.6.4). What a parameter leaves out has the default of DDS, not that of ROS 2. */
final class QosCodec {
    private static final double FRACTIONS = 4294967296.0;
    private static final int LONGEST_TEXT = 1024;
    private static final int MOST_ITEMS = 64;

    private QosCodec() {}

    static void write(WireWriter writer, Qos qos) {
        int start = Parameters.start(writer, ParameterId.RELIABILITY);
        writer.i32(qos.isReliable() ? 2 : 1);
        writeDuration(writer, Duration.ofMillis(100));
        Parameters.end(writer, start);
        start = Parameters.start(writer, ParameterId.DURABILITY);
        writer.i32(qos.durability().ordinal());
        Parameters.end(writer, start);
        start = Parameters.start(writer, ParameterId.HISTORY);
        writer.i32(qos.depth() == 0 ? 1 : 0);
        writer.i32(Math.max(1, qos.depth()));
        Parameters.end(writer, start);
        if (!qos.limits().equals(ResourceLimits.NONE)) {
            start = Parameters.start(writer, ParameterId.RESOURCE_LIMITS);
            writer.i32(qos.limits().samples());
            writer.i32(qos.limits().instances());
            writer.i32(qos.limits().samplesPerInstance());
            Parameters.end(writer, start);
        }
        start = Parameters.start(writer, ParameterId.LIVELINESS);
        writer.i32(qos.liveliness().ordinal());
        writeDuration(writer, qos.lease());
        Parameters.end(writer, start);
        writeUnless(writer, ParameterId.DEADLINE, qos.deadline(), Qos.INFINITE);
        writeUnless(writer, ParameterId.LIFESPAN, qos.lifespan(), Qos.INFINITE);
        writeUnless(writer, ParameterId.LATENCY_BUDGET, qos.latencyBudget(), Duration.ZERO);
        if (qos.ownership() != Qos.Ownership.SHARED) {
            start = Parameters.start(writer, ParameterId.OWNERSHIP);
            writer.i32(qos.ownership().ordinal());
            Parameters.end(writer, start);
        }
        if (qos.destinationOrder() != Qos.DestinationOrder.BY_RECEPTION) {
            start = Parameters.start(writer, ParameterId.DESTINATION_ORDER);
            writer.i32(qos.destinationOrder().ordinal());
            Parameters.end(writer, start);
        }
        if (!qos.presentation().equals(Qos.Presentation.DEFAULT)) {
            start = Parameters.start(writer, ParameterId.PRESENTATION);
            writer.i32(qos.presentation().scope());
            writer.i8(qos.presentation().isCoherent() ? 1 : 0);
            writer.i8(qos.presentation().isOrdered() ? 1 : 0);
            Parameters.end(writer, start);
        }
        if (!qos.partitions().isEmpty()) {
            start = Parameters.start(writer, ParameterId.PARTITION);
            writer.i32(qos.partitions().size());
            for (String partition : qos.partitions()) {
                writer.zeros(-(writer.position() - start) & 3);
                writeText(writer, partition);
            }
            Parameters.end(writer, start);
        }
        start = Parameters.start(writer, ParameterId.DATA_REPRESENTATION);
        writer.i32(qos.representations().size());
        qos.representations().forEach(writer::i16);
        Parameters.end(writer, start);
    }

    private static void writeUnless(WireWriter writer, int id, Duration value, Duration usual) {
        if (!value.equals(usual)) {
            int start = Parameters.start(writer, id);
            writeDuration(writer, value);
            Parameters.end(writer, start);
        }
    }

    /** Gathers the policies of a parameter list. */
    static final class Collector implements Parameters.Visitor {
        private Qos.Reliability reliability;
        private Qos.Durability durability = Qos.Durability.VOLATILE;
        private int depth = 1;
        private ResourceLimits limits = ResourceLimits.NONE;
        private Duration deadline = Qos.INFINITE;
        private Duration lifespan = Qos.INFINITE;
        private Duration latencyBudget = Duration.ZERO;
        private Qos.Liveliness liveliness = Qos.Liveliness.AUTOMATIC;
        private Duration lease = Qos.INFINITE;
        private Qos.Ownership ownership = Qos.Ownership.SHARED;
        private Qos.DestinationOrder order = Qos.DestinationOrder.BY_RECEPTION;
        private Qos.Presentation presentation = Qos.Presentation.DEFAULT;
        private Set<String> partitions = Set.of();
        private List<Integer> representations = List.of();

        /** Unless they say otherwise, writers are reliable and readers are not. */
        Collector(boolean isWriter) {
            reliability = isWriter ? Qos.Reliability.RELIABLE : Qos.Reliability.BEST_EFFORT;
        }

        @Override
        public void parameter(int id, WireReader value) {
            switch (id) {
                case ParameterId.RELIABILITY ->
                    reliability = value.i32() >= 2 ? Qos.Reliability.RELIABLE : Qos.Reliability.BEST_EFFORT;
                case ParameterId.DURABILITY -> durability = constant(Qos.Durability.values(), value);
                case ParameterId.HISTORY -> {
                    boolean isAll = value.i32() == 1;
                    depth = isAll ? 0 : Math.max(1, value.i32());
                }
                case ParameterId.RESOURCE_LIMITS ->
                    limits = new ResourceLimits(readLimit(value), readLimit(value), readLimit(value));
                case ParameterId.DEADLINE -> deadline = readDuration(value);
                case ParameterId.LIFESPAN -> lifespan = readDuration(value);
                case ParameterId.LATENCY_BUDGET -> latencyBudget = readDuration(value);
                case ParameterId.LIVELINESS -> {
                    liveliness = constant(Qos.Liveliness.values(), value);
                    lease = readDuration(value);
                }
                case ParameterId.OWNERSHIP -> ownership = constant(Qos.Ownership.values(), value);
                case ParameterId.DESTINATION_ORDER -> order = constant(Qos.DestinationOrder.values(), value);
                case ParameterId.PRESENTATION ->
                    presentation = new Qos.Presentation(value.i32(), value.u8() != 0, value.u8() != 0);
                case ParameterId.PARTITION -> partitions = readPartitions(value);
                case ParameterId.DATA_REPRESENTATION -> representations = readRepresentations(value);
                default -> {}
            }
        }

        /** What limits nothing else either is no reason to leave an endpoint out: nobody is compared by it. */
        private static int readLimit(WireReader value) {
            int limit = value.i32();
            return limit < 1 ? ResourceLimits.UNLIMITED : limit;
        }

        private static <E> E constant(E[] constants, WireReader value) {
            int index = value.i32();
            if (index < 0 || index >= constants.length) {
                throw new MalformedDataException("A policy has the kind " + index + " of " + constants.length);
            }
            return constants[index];
        }

        private static Set<String> readPartitions(WireReader value) {
            Set<String> names = new LinkedHashSet<>();
            int start = value.position();
            int count = value.count("The partitions", Integer.BYTES);
            for (int i = 0; i < count && i < MOST_ITEMS; i++) {
                value.skip(Math.min(value.remaining(), -(value.position() - start) & 3));
                names.add(readText(value));
            }
            return names;
        }

        private static List<Integer> readRepresentations(WireReader value) {
            List<Integer> ids = new ArrayList<>();
            int count = value.count("The representations", Short.BYTES);
            for (int i = 0; i < count && i < MOST_ITEMS; i++) {
                ids.add((int) value.i16());
            }
            return ids;
        }

        Qos qos() {
            return new Qos(
                    reliability,
                    durability,
                    depth,
                    limits,
                    deadline,
                    lifespan,
                    latencyBudget,
                    liveliness,
                    lease,
                    ownership,
                    order,
                    presentation,
                    partitions,
                    representations);
        }
    }

    static void writeDuration(WireWriter writer, Duration duration) {
        if (duration.compareTo(Qos.INFINITE) >= 0) {
            writer.i32(Integer.MAX_VALUE);
            writer.i32(-1);
        } else {
            writer.i32((int) duration.getSeconds());
            writer.i32((int) (long) (duration.getNano() / 1e9 * FRACTIONS));
        }
    }

    static Duration readDuration(WireReader reader) {
        int seconds = reader.i32();
        long fraction = reader.u32();
        if (seconds == Integer.MAX_VALUE || seconds < 0) {
            return Qos.INFINITE;
        }
        return Duration.ofSeconds(seconds, Math.round(fraction / FRACTIONS * 1e9));
    }

    static void writeText(WireWriter writer, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        writer.i32(bytes.length + 1);
        writer.bytes(bytes);
        writer.i8(0);
    }

    static String readText(WireReader reader) {
        int length = reader.count("A text", 1);
        if (length > LONGEST_TEXT) {
            throw new MalformedDataException("A text of " + length + " bytes in a description");
        }
        byte[] bytes = reader.copy(length);
        int end = length > 0 && bytes[length - 1] == 0 ? length - 1 : length;
        return new String(bytes, 0, end, StandardCharsets.UTF_8);
    }

    static void writeOctets(WireWriter writer, int id, String text) {
        if (!text.isEmpty()) {
            int start = Parameters.start(writer, id);
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            writer.i32(bytes.length);
            writer.bytes(bytes);
            Parameters.end(writer, start);
        }
    }

    static String readOctets(WireReader reader) {
        int length = reader.count("User data", 1);
        if (length > LONGEST_TEXT) {
            throw new MalformedDataException("User data of " + length + " bytes");
        }
        return new String(reader.copy(length), StandardCharsets.UTF_8);
    }
}
