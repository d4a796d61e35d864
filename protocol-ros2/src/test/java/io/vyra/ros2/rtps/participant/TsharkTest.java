package io.vyra.ros2.rtps.participant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vyra.ros2.peer.Domains;
import io.vyra.ros2.peer.PacketRecorder;
import io.vyra.ros2.peer.Payloads;
import io.vyra.ros2.peer.Tshark;
import io.vyra.ros2.rtps.message.Guid;
import io.vyra.ros2.rtps.message.InlineQos;
import io.vyra.ros2.rtps.message.SampleIdentity;
import io.vyra.ros2.rtps.message.Slice;
import io.vyra.ros2.rtps.qos.Qos;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Wireshark understands every packet that this library sends, and finds nothing wrong with it. */
class TsharkTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final InetSocketAddress ANYWHERE = new InetSocketAddress("127.0.0.1", 7_412);

    @TempDir
    private Path folder;

    private final PacketRecorder recorder = new PacketRecorder();

    @Test
    void shouldFindNothingMalformed() throws IOException, InterruptedException {
        talk();
        Path capture = recorder.write(folder.resolve("packets.pcap"));

        assertThat(Tshark.frames(capture, "rtps")).hasSize(recorder.count());
        assertThat(Tshark.frames(capture, Tshark.WRONG)).isEmpty();
        assertThat(Tshark.frames(capture, "rtps.param.id == 0x0041"))
                .as("resource limits")
                .isNotEmpty();
        // Acknowledgements, heartbeats, gaps, times, destinations, requests for fragments, samples and fragments were
        // among them.
        for (String submessage : List.of("0x06", "0x07", "0x08", "0x09", "0x0e", "0x12", "0x15", "0x16")) {
            assertThat(Tshark.frames(capture, "rtps.sm.id == " + submessage))
                    .as(submessage)
                    .isNotEmpty();
        }
    }

    @Test
    void shouldBeAbleToFindSomethingMalformed() throws IOException, InterruptedException {
        talk();
        PacketRecorder broken = new PacketRecorder();
        byte[] packet = Arrays.copyOf(longest, longest.length - 40);
        broken.add(ByteBuffer.wrap(packet), ANYWHERE);

        assertThat(Tshark.frames(broken.write(folder.resolve("broken.pcap")), Tshark.WRONG))
                .hasSize(1);
    }

    private byte[] longest = {};

    private synchronized void record(ByteBuffer packet, InetSocketAddress address) {
        recorder.add(packet, address);
        if (packet.remaining() > longest.length) {
            longest = new byte[packet.remaining()];
            packet.duplicate().get(longest);
        }
    }

    /** Two participants on a bad network do everything that makes packets of any kind. */
    private void talk() throws IOException, InterruptedException {
        int domain = Domains.free();
        Random random = new Random(1);
        try (Participant one = open(domain, random)) {
            one.createReader("rt/first", Payloads.STRING, Qos.DEFAULT, "", _ -> {});
            // Whoever comes later is told that there is nothing where this one was announced.
            one.createReader("rt/passing", Payloads.STRING, Qos.DEFAULT, "", _ -> {})
                    .close();
            one.createReader("rt/last", Payloads.STRING, Qos.DEFAULT, "", _ -> {});
            talk(one, open(domain, random));
        }
    }

    private void talk(Participant one, Participant other) throws InterruptedException {
        List<String> received = new CopyOnWriteArrayList<>();
        try (other) {
            Qos latched = Qos.DEFAULT.transientLocal().withDepth(1);
            DataWriter blobs = one.createWriter("rt/blob", Payloads.BLOB, Qos.DEFAULT.keepAll(), "typehash=RIHS01_00;");
            DataWriter texts = one.createWriter("rt/text", Payloads.STRING, latched, "");
            InlineQos related = InlineQos.related(new SampleIdentity(Guid.UNKNOWN, 1));
            IntStream.range(0, 5).forEach(i -> texts.write(Slice.of(Payloads.text("text " + i)), related));
            DataReader lossy = other.createReader(
                    "rt/blob",
                    Payloads.BLOB,
                    Qos.DEFAULT.keepAll(),
                    "",
                    sample -> received.add(Payloads.described(sample.payload())));
            other.createReader(
                    "rt/text", Payloads.STRING, latched, "", sample -> received.add(Payloads.text(sample.payload())));
            await().atMost(PATIENCE).until(() -> blobs.matched() == 1 && texts.matched() == 1);

            byte[] payload = Payloads.counting(300_000);
            IntStream.range(0, 10).forEach(_ -> blobs.write(payload));
            IntStream.range(0, 200).forEach(i -> texts.write(Payloads.text("fast " + i)));

            assertThat(blobs.awaitAcknowledged(PATIENCE)).isTrue();
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(received)
                            .contains("fast 199")
                            .filteredOn(Payloads.described(300_000)::equals)
                            .hasSize(10));
            lossy.close();
        }
    }

    private Participant open(int domain, Random random) throws IOException {
        return Participant.open(
                ParticipantSettings.of(Domains.localhost(domain), "test", "enclave=/;"), way -> (packet, address) -> {
                    record(packet, address);
                    if (random.nextInt(10) > 0) {
                        way.send(packet, address);
                    }
                });
    }
}
