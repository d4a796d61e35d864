package io.vyra.zenoh.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.vyra.zenoh.message.NetworkMessage;
import io.vyra.zenoh.message.PushCursor;
import io.vyra.zenoh.message.WhatAmI;
import io.vyra.zenoh.message.ZenohId;
import java.io.IOException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a peer sends, before or after the handshake: the transport goes on or ends, and holds no more than its limit. */
class TransportFuzzTest {
    private static final TransportSettings SETTINGS =
            TransportSettings.of(ZenohId.random(), WhatAmI.ROUTER).withSizes(0xffff, 1 << 17, 4);

    static Stream<Arguments> seeds() {
        return Stream.of(
                        "1600c10922eeffc00a000881c205abdea4f201c301022701",
                        "0500c1092200c0",
                        "0c0065000161620a0066010162",
                        "090025007d0001610101" + "07002501fd000161",
                        "0500e600027d00" + "0400a60101ff",
                        "ffff25",
                        "0200030000")
                .map(hex -> Arguments.of((Object) HexFormat.of().parseHex(hex)));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "30s")
    void afterTheHandshake(byte[] bytes) {
        for (boolean hasPriorities : new boolean[] {true, false}) {
            Negotiated negotiated = new Negotiated(
                    ZenohId.random(),
                    WhatAmI.CLIENT,
                    null,
                    0xffff,
                    0x0fff_ffff,
                    0,
                    0,
                    Duration.ofSeconds(10),
                    hasPriorities,
                    hasPriorities);
            Receiver receiver = new Receiver(
                    new BatchReader(new ScriptedLink(bytes, 1 + bytes.length / 3)),
                    SETTINGS,
                    negotiated,
                    new Ignoring());

            TransportEnd end = receiver.run();

            assertThat(end)
                    .isInstanceOfAny(
                            TransportEnd.ConnectionLost.class,
                            TransportEnd.ClosedByPeer.class,
                            TransportEnd.ProtocolViolated.class);
        }
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "30s")
    void asAcceptor(byte[] bytes) {
        ScriptedLink link = new ScriptedLink(bytes, 7);
        try {
            new Handshake(link, new BatchReader(link), SETTINGS).accept(_ -> Optional.of("secret"), Admission.ALL);
        } catch (IOException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
        assertThat(link.written().length).isLessThan(1000);
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "30s")
    void asInitiator(byte[] bytes) {
        ScriptedLink link = new ScriptedLink(bytes, 7);
        try {
            new Handshake(link, new BatchReader(link), SETTINGS).initiate(new Credentials("module", "secret"));
        } catch (IOException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
        assertThat(link.written().length).isLessThan(1000 + bytes.length);
    }

    private static final class Ignoring implements TransportHandler {
        @Override
        public void push(PushCursor push) {
            assertThat(push.toMessage()).isNotNull();
        }

        @Override
        public void message(NetworkMessage message) {
            assertThat(message).isNotNull();
        }

        @Override
        public void closed(TransportEnd end) {
            throw new AssertionError("The receiver says it itself");
        }
    }
}
