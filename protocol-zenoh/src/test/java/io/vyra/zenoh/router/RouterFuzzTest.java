package io.vyra.zenoh.router;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.vyra.zenoh.link.MemoryLink;
import io.vyra.zenoh.message.Answer;
import io.vyra.zenoh.message.Consolidation;
import io.vyra.zenoh.message.Datum;
import io.vyra.zenoh.message.Declaration;
import io.vyra.zenoh.message.Encoding;
import io.vyra.zenoh.message.InterestMode;
import io.vyra.zenoh.message.InterestSubject;
import io.vyra.zenoh.message.NetworkCodec;
import io.vyra.zenoh.message.NetworkMessage;
import io.vyra.zenoh.message.NetworkMessage.Declare;
import io.vyra.zenoh.message.Priority;
import io.vyra.zenoh.message.QualityOfService;
import io.vyra.zenoh.message.Query;
import io.vyra.zenoh.message.QueryTarget;
import io.vyra.zenoh.message.TransportCodec;
import io.vyra.zenoh.message.TransportMessage;
import io.vyra.zenoh.message.WhatAmI;
import io.vyra.zenoh.message.WireExpression;
import io.vyra.zenoh.message.ZenohId;
import io.vyra.zenoh.transport.Transport;
import io.vyra.zenoh.wire.Bytes;
import io.vyra.zenoh.wire.WireReader;
import io.vyra.zenoh.wire.WireWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a client sends after its handshake: its face goes on or ends, and leaves nothing behind. */
class RouterFuzzTest {
    private static final ScheduledThreadPoolExecutor TIMER =
            new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().factory());

    static Stream<Arguments> seeds() {
        WireExpression key = WireExpression.of("fuzz/*");
        InterestSubject everything = new InterestSubject(true, true, true, true, false);
        Query query = new Query(Consolidation.NONE, "a=1", null, null, Bytes.of("along"));
        return Stream.of(
                        frame(new NetworkMessage.Push(
                                key, QualityOfService.DEFAULT, null, 0, Datum.Put.of(Bytes.of("value")))),
                        frame(
                                Declare.of(new Declaration.KeyExpressionDeclared(1, key)),
                                Declare.of(new Declaration.SubscriberDeclared(1, new WireExpression(1, "/a", true))),
                                Declare.of(new Declaration.QueryableDeclared(2, key, true, 3)),
                                Declare.of(new Declaration.TokenDeclared(3, key)),
                                interest(InterestMode.CURRENT_FUTURE, everything, null),
                                interest(InterestMode.CURRENT_FUTURE, InterestSubject.TOKENS, key),
                                Declare.of(new Declaration.SubscriberUndeclared(1, WireExpression.NONE)),
                                Declare.of(new Declaration.KeyExpressionUndeclared(1)),
                                interest(InterestMode.FINAL, InterestSubject.NONE, null)),
                        frame(
                                new NetworkMessage.Request(
                                        1, key, QualityOfService.REQUEST, null, 0, QueryTarget.ALL, 0, 50, query),
                                new NetworkMessage.Response(
                                        1,
                                        key,
                                        QualityOfService.REQUEST,
                                        null,
                                        null,
                                        new Answer.Failure(Encoding.BYTES, null, Bytes.EMPTY)),
                                new NetworkMessage.ResponseFinal(1, QualityOfService.REQUEST, null)),
                        new byte[] {0x03, 0x00},
                        new byte[] {0x25, 0x00, (byte) 0xff})
                .map(bytes -> Arguments.of((Object) bytes));
    }

    private static NetworkMessage interest(InterestMode mode, InterestSubject subject, WireExpression key) {
        return new NetworkMessage.Interest(7, mode, subject, key, QualityOfService.DECLARATION, null, 0);
    }

    private static byte[] frame(NetworkMessage... messages) {
        WireWriter writer = new WireWriter(0xffff);
        TransportCodec.writeFrame(writer, true, 0, Priority.DATA);
        for (NetworkMessage message : messages) {
            NetworkCodec.write(writer, message);
        }
        return writer.toArray();
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "30s")
    void afterTheHandshake(byte[] bytes) throws Exception {
        Exchange exchange = new Exchange(TestRouters.settings(), new Reports(RouterListener.NONE), TIMER);
        MemoryLink.Pair pair = MemoryLink.pair();
        Thread client = Thread.ofVirtual().start(() -> play(pair.here(), bytes));

        Transport transport = Transport.accept(pair.there(), exchange.settings().transport(), null, TIMER);
        FaceHandler face = exchange.join(transport, new FaceIdentity.Anonymous("fuzz"));

        client.join();
        assertThat(face.awaitEnd(Duration.ofSeconds(40))).isTrue();
        assertThat(exchange.statuses()).isEmpty();
        assertThat(exchange.counters().faces()).isZero();
        assertThat(exchange.table().isEmpty()).isTrue();
    }

    /** Shakes hands, sends the bytes as batches, and hangs up. */
    private static void play(MemoryLink link, byte[] bytes) {
        try (link) {
            send(
                    link,
                    new TransportMessage.InitSyn(
                            TransportCodec.VERSION,
                            WhatAmI.CLIENT,
                            ZenohId.random(),
                            TransportMessage.Sizes.DEFAULT,
                            TransportMessage.Offer.NONE));
            TransportMessage.InitAck init = (TransportMessage.InitAck) receive(link);
            send(link, new TransportMessage.OpenSyn(10_000, 0, init.cookie(), TransportMessage.Offer.NONE));
            receive(link);
            send(link, bytes, bytes.length);
        } catch (IOException e) {
            // The router hung up first.
        }
    }

    private static void send(MemoryLink link, TransportMessage message) throws IOException {
        WireWriter writer = new WireWriter(0xffff);
        TransportCodec.write(writer, message);
        send(link, writer.array(), writer.position());
    }

    private static void send(MemoryLink link, byte[] bytes, int length) throws IOException {
        WireWriter writer = new WireWriter(0xffff + 2);
        int size = Math.min(length, 0xffff);
        writer.u16(size);
        writer.bytes(bytes, 0, size);
        link.write(ByteBuffer.wrap(writer.toArray()));
    }

    private static TransportMessage receive(MemoryLink link) throws IOException {
        byte[] prefix = readAll(link, 2);
        return TransportCodec.read(new WireReader(readAll(link, (prefix[0] & 0xff) | (prefix[1] & 0xff) << 8)));
    }

    private static byte[] readAll(MemoryLink link, int length) throws IOException {
        byte[] bytes = new byte[length];
        for (int read = 0; read < length; ) {
            int count = link.read(bytes, read, length - read);
            if (count < 0) {
                throw new IOException("The router hung up");
            }
            read += count;
        }
        return bytes;
    }
}
