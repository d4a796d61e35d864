package io.vyra.zenoh.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.vyra.zenoh.message.TransportMessage.Fragment;
import io.vyra.zenoh.message.TransportMessage.Frame;
import io.vyra.zenoh.wire.Bytes;
import io.vyra.zenoh.wire.WireReader;
import io.vyra.zenoh.wire.WireWriter;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The codec against bytes of the reference implementation: it understands them, and writes the same. */
class GoldenFramesTest {
    @Test
    void shouldReadAndWriteWhatIsInFramesByteForByte() {
        int messages = 0;
        for (PeerCapture.Batch batch : PeerCapture.batches()) {
            WireReader reader = new WireReader(batch.bytes());
            TransportMessage transport = TransportCodec.read(reader);
            if (!(transport instanceof Frame)) {
                continue;
            }
            WireWriter writer = new WireWriter(0xffff);

            TransportCodec.write(writer, transport);
            while (reader.hasRemaining()) {
                if (!NetworkCodec.startsMessage(reader.peek())) {
                    TransportCodec.write(writer, TransportCodec.read(reader));
                    continue;
                }
                NetworkCodec.write(writer, NetworkCodec.read(reader));
                messages++;
            }

            assertThat(HexFormat.of().formatHex(writer.toArray()))
                    .isEqualTo(HexFormat.of().formatHex(batch.bytes()));
        }
        assertThat(messages).isGreaterThan(50);
    }

    @Test
    void shouldUnderstandTheHandshake() {
        List<PeerCapture.Batch> batches = PeerCapture.batches();

        TransportMessage first = read(batches.get(0));
        TransportMessage second = read(batches.get(1));
        TransportMessage third = read(batches.get(2));
        TransportMessage fourth = read(batches.get(3));

        List<TransportMessage> handshake = new ArrayList<>(List.of(first, second, third, fourth));
        assertThat(handshake)
                .hasOnlyElementsOfTypes(
                        TransportMessage.InitSyn.class,
                        TransportMessage.InitAck.class,
                        TransportMessage.OpenSyn.class,
                        TransportMessage.OpenAck.class);
        assertThat(first).isInstanceOfSatisfying(TransportMessage.InitSyn.class, syn -> {
            assertThat(syn.version()).isEqualTo(TransportCodec.VERSION);
            assertThat(syn.whatAmI()).isEqualTo(WhatAmI.CLIENT);
            assertThat(syn.node()).hasToString("c0ffee");
            assertThat(syn.sizes()).isEqualTo(new TransportMessage.Sizes(2, 2, 2048));
            assertThat(syn.offer().qualityOfService()).isTrue();
            assertThat(syn.offer().patch()).isEqualTo(1);
        });
        TransportMessage.InitAck ack = handshake.stream()
                .filter(TransportMessage.InitAck.class::isInstance)
                .map(TransportMessage.InitAck.class::cast)
                .findFirst()
                .orElseThrow();
        assertThat(ack.node()).hasToString("a1");
        assertThat(ack.whatAmI()).isEqualTo(WhatAmI.ROUTER);
        assertThat(handshake)
                .filteredOn(TransportMessage.OpenSyn.class::isInstance)
                .first()
                .isInstanceOfSatisfying(TransportMessage.OpenSyn.class, open -> {
                    assertThat(open.leaseMillis()).isEqualTo(10_000);
                    assertThat(open.cookie()).isEqualTo(ack.cookie());
                    assertThat(open.offer().authentication()).isNotNull();
                });
    }

    @Test
    void shouldReadWhatWasPublished() {
        List<NetworkMessage.Push> pushes = messages(true).stream()
                .filter(NetworkMessage.Push.class::isInstance)
                .map(NetworkMessage.Push.class::cast)
                .toList();

        assertThat(pushes).anySatisfy(push -> {
            assertThat(push.key()).isEqualTo(new WireExpression(0, "demo/plain", true));
            assertThat(push.datum()).isEqualTo(Datum.Put.of(Bytes.of("hello")));
            assertThat(push.qualityOfService()).isEqualTo(QualityOfService.DEFAULT);
        });
        assertThat(pushes).anySatisfy(push -> {
            assertThat(push.key().suffix()).isEqualTo("demo/rich");
            assertThat(push.qualityOfService())
                    .isEqualTo(QualityOfService.of(Priority.REAL_TIME, CongestionControl.BLOCK, true));
            assertThat(push.datum())
                    .isEqualTo(new Datum.Put(null, Encoding.JSON, null, Bytes.of("along"), Bytes.of("{}")));
        });
        assertThat(pushes).anySatisfy(push -> {
            assertThat(push.key().suffix()).isEqualTo("demo/schema");
            assertThat(push.datum()).isInstanceOfSatisfying(Datum.Put.class, put -> {
                assertThat(put.encoding()).hasToString("text/plain;charset=utf-8");
                assertThat(put.timestamp().id()).hasToString("c0ffee");
                assertThat(put.timestamp().instant()).isBetween("2026-01-01T00:00:00Z", "2100-01-01T00:00:00Z");
            });
        });
        assertThat(pushes).anySatisfy(push -> {
            assertThat(push.key().suffix()).isEqualTo("demo/plain");
            assertThat(push.datum()).isEqualTo(new Datum.Delete(null, null, Bytes.of("gone")));
        });
    }

    @Test
    void shouldReadQueriesAndAnswers() {
        List<NetworkMessage> sent = messages(true);
        List<NetworkMessage> received = messages(false);

        assertThat(sent)
                .filteredOn(NetworkMessage.Request.class::isInstance)
                .first()
                .isInstanceOfSatisfying(NetworkMessage.Request.class, request -> {
                    assertThat(request.target()).isEqualTo(QueryTarget.ALL);
                    assertThat(request.timeoutMillis()).isEqualTo(3000);
                    assertThat(request.query())
                            .isEqualTo(new Query(
                                    Consolidation.NONE,
                                    "x=1;y=2",
                                    null,
                                    new Query.Body(Encoding.JSON, Bytes.of("ask")),
                                    Bytes.of("q")));
                });
        assertThat(received)
                .filteredOn(NetworkMessage.Response.class::isInstance)
                .extracting(message -> ((NetworkMessage.Response) message).answer())
                .contains(
                        new Answer.Failure(Encoding.TEXT_PLAIN, null, Bytes.of("no")),
                        new Answer.Reply(Consolidation.AUTO, new Datum.Delete(null, null, null)));
    }

    @Test
    void shouldPutFragmentsTogether() {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        List<Fragment> headers = new ArrayList<>();
        for (PeerCapture.Batch batch : PeerCapture.batches()) {
            WireReader reader = new WireReader(batch.bytes());
            if (batch.fromClient() && TransportCodec.read(reader) instanceof Fragment fragment) {
                headers.add(fragment);
                whole.writeBytes(reader.copy(reader.remaining()));
            }
        }

        NetworkMessage message = NetworkCodec.read(new WireReader(whole.toByteArray()));

        assertThat(headers).extracting(Fragment::more).containsExactly(true, true, false);
        assertThat(headers).extracting(Fragment::first).containsExactly(true, false, false);
        assertThat(message)
                .isInstanceOfSatisfying(
                        NetworkMessage.Push.class,
                        push -> assertThat(push.datum())
                                .isInstanceOfSatisfying(
                                        Datum.Put.class,
                                        put -> assertThat(put.payload().size()).isEqualTo(5120)));
    }

    private static List<NetworkMessage> messages(boolean fromClient) {
        List<NetworkMessage> messages = new ArrayList<>();
        for (PeerCapture.Batch batch : PeerCapture.batches()) {
            WireReader reader = new WireReader(batch.bytes());
            if (batch.fromClient() == fromClient && TransportCodec.read(reader) instanceof Frame) {
                while (reader.hasRemaining()) {
                    if (NetworkCodec.startsMessage(reader.peek())) {
                        messages.add(NetworkCodec.read(reader));
                    } else {
                        TransportCodec.read(reader);
                    }
                }
            }
        }
        return messages;
    }

    private static TransportMessage read(PeerCapture.Batch batch) {
        return TransportCodec.read(new WireReader(batch.bytes()));
    }
}
