package io.vyra.zenoh.message;

import io.vyra.zenoh.wire.WireWriter;

/** Something that is written into a batch as one network message. */
public interface Outgoing {
    QualityOfService qualityOfService();

    /** Writes the message. It may be called again when the message did not fit, and must then write the same. */
    void write(WireWriter writer);

    /** A message that is a value already. */
    static Outgoing of(NetworkMessage message) {
        return new Outgoing() {
            @Override
            public QualityOfService qualityOfService() {
                return message.qualityOfService();
            }

            @Override
            public void write(WireWriter writer) {
                NetworkCodec.write(writer, message);
            }
        };
    }
}
