package io.vyra.ros2.rtps.message;

import io.vyra.ros2.wire.WireReader;
import io.vyra.ros2.wire.WireWriter;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * What may stand before a payload, as far as it means something here.
 *
 * @param status bits of {@link #DISPOSED} and {@link #UNREGISTERED}
 * @param keyHash the instance, when it is named
 * @param related the request that this is a reply to, or whose replies go to that reader
 */
public record InlineQos(int status, Optional<Guid> keyHash, Optional<SampleIdentity> related) {
    public static final InlineQos NONE = new InlineQos(0, Optional.empty(), Optional.empty());
    public static final int DISPOSED = 1;
    public static final int UNREGISTERED = 2;

    public static InlineQos related(SampleIdentity identity) {
        return new InlineQos(0, Optional.empty(), Optional.of(identity));
    }

    /** The instance is gone. */
    public static InlineQos gone(Guid instance) {
        return new InlineQos(DISPOSED | UNREGISTERED, Optional.of(instance), Optional.empty());
    }

    public boolean isGone() {
        return status != 0;
    }

    boolean isEmpty() {
        return status == 0 && keyHash.isEmpty() && related.isEmpty();
    }

    static InlineQos read(WireReader reader) {
        Collector collector = new Collector();
        Parameters.read(reader, collector);
        return collector.status == 0 && collector.keyHash == null && collector.related == null
                ? NONE
                : new InlineQos(
                        collector.status,
                        Optional.ofNullable(collector.keyHash),
                        Optional.ofNullable(collector.related));
    }

    private static final class Collector implements Parameters.Visitor {
        private int status;
        private Guid keyHash;
        private SampleIdentity related;

        @Override
        public void parameter(int id, WireReader value) {
            switch (id) {
                case ParameterId.STATUS_INFO -> {
                    ByteOrder order = value.order();
                    status = value.order(ByteOrder.BIG_ENDIAN).i32() & (DISPOSED | UNREGISTERED);
                    value.order(order);
                }
                case ParameterId.KEY_HASH -> keyHash = Guid.read(value);
                case ParameterId.RELATED_SAMPLE_IDENTITY, ParameterId.RELATED_SAMPLE_IDENTITY_OF_RPC ->
                    related = new SampleIdentity(Guid.read(value), Packets.readSequence(value));
                default -> {}
            }
        }
    }

    void write(WireWriter writer) {
        keyHash.ifPresent(hash -> {
            int start = Parameters.start(writer, ParameterId.KEY_HASH);
            hash.write(writer);
            Parameters.end(writer, start);
        });
        if (status != 0) {
            int start = Parameters.start(writer, ParameterId.STATUS_INFO);
            writer.zeros(3);
            writer.i8(status);
            Parameters.end(writer, start);
        }
        related.ifPresent(identity -> {
            writeIdentity(writer, ParameterId.RELATED_SAMPLE_IDENTITY_OF_RPC, identity);
            writeIdentity(writer, ParameterId.RELATED_SAMPLE_IDENTITY, identity);
        });
        Parameters.sentinel(writer);
    }

    private static void writeIdentity(WireWriter writer, int id, SampleIdentity identity) {
        int start = Parameters.start(writer, id);
        identity.writer().write(writer);
        Packets.writeSequence(writer, identity.sequence());
        Parameters.end(writer, start);
    }
}
