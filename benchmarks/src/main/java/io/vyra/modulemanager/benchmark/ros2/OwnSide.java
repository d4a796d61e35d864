package io.vyra.modulemanager.benchmark.ros2;

import com.sun.management.ThreadMXBean;
import io.vyra.ros2.cdr.Encapsulation;
import io.vyra.ros2.rtps.message.InlineQos;
import io.vyra.ros2.rtps.participant.DataReader;
import io.vyra.ros2.rtps.participant.DataWriter;
import io.vyra.ros2.rtps.participant.Participant;
import io.vyra.ros2.rtps.participant.ParticipantSettings;
import io.vyra.ros2.rtps.participant.SampleListener;
import io.vyra.ros2.rtps.qos.Qos;
import io.vyra.ros2.rtps.transport.DiscoverySettings;
import io.vyra.ros2.wire.WireWriter;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One process of the ROS 2 benchmark with this project's implementation. It reads the commands of {@code protocol-ros2/src/test/dds/README.md}
 * that the benchmark gives, and these: {@code allocated} tells how many bytes all threads have allocated so far, {@code heap} what is in use
 * after a collection, {@code known} waits until so many participants and endpoints are known.
 */
public final class OwnSide {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String BLOB = "test_msgs::msg::dds_::Blob_";
    private static final Qos RECENT = Qos.DEFAULT.withDepth(16);

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final Map<String, DataWriter> writers = new HashMap<>();
    private final Map<String, DataReader> readers = new HashMap<>();
    private final Map<String, Arrivals> arrivals = new HashMap<>();
    private final Census census = new Census();
    private final Participant participant;

    private OwnSide(int domain) throws IOException {
        participant = Participant.open(ParticipantSettings.of(
                new DiscoverySettings(domain, DiscoverySettings.Range.LOCALHOST, List.of()), "benchmark", ""));
        participant.addListener(census);
    }

    public static void main(String[] arguments) throws IOException {
        OwnSide side = new OwnSide(Integer.parseInt(arguments[0]));
        say("ready", arguments[0]);
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            List<String> words = List.of(line.split("\t", -1));
            try {
                side.obey(words);
                say("done", words.getFirst());
            } catch (Exception e) { // The edge: whoever gave the command reports it.
                say("failed", words.getFirst(), e.toString().replace('\n', ' '));
            }
        }
        side.participant.close();
    }

    private static synchronized void say(String... fields) {
        System.out.println(String.join("\t", fields));
        System.out.flush();
    }

    private void obey(List<String> words) throws Exception {
        switch (words.getFirst()) {
            case "writer" -> write(words.get(1), words.get(2), qos(words.get(4)));
            case "reader" ->
                read(
                        words.get(1),
                        words.get(2),
                        qos(words.get(4)),
                        sample -> say(
                                "sample", words.get(1), "" + sample.payload().length()));
            case "counter" -> count(words.get(1), words.get(2), Qos.DEFAULT.keepAll());
            case "echo" -> {
                DataWriter forth = write(words.get(1), words.get(3), RECENT);
                read(
                        words.get(1) + "-echo",
                        words.get(2),
                        RECENT,
                        sample -> forth.write(sample.payload(), InlineQos.NONE));
            }
            case "pinger" -> {
                count(words.get(1) + "-echo", words.get(3), RECENT);
                write(words.get(1), words.get(2), RECENT);
            }
            case "ping" -> ping(words.get(1), number(words, 2), number(words, 3));
            case "counting" -> flood(writers.get(words.get(1)), number(words, 2), number(words, 3));
            case "expect" -> arrivals.get(words.get(1)).expect(number(words, 2));
            case "arrived" -> {
                Arrivals found = arrivals.get(words.get(1));
                say("arrived", words.get(1), "" + found.await(PATIENCE), "" + found.span());
            }
            case "matched" -> awaitMatched(words.get(1), number(words, 2));
            case "allocated" -> say("allocated", "" + threads.getTotalThreadAllocatedBytes());
            case "heap" -> {
                System.gc();
                say(
                        "heap",
                        ""
                                + ManagementFactory.getMemoryMXBean()
                                        .getHeapMemoryUsage()
                                        .getUsed());
            }
            case "known" -> census.await(number(words, 1), number(words, 2), PATIENCE);
            default -> throw new IllegalArgumentException("There is no command " + words.getFirst());
        }
    }

    private static int number(List<String> words, int index) {
        return Integer.parseInt(words.get(index));
    }

    private static Qos qos(String words) {
        Qos qos = words.contains("transient_local") ? Qos.DEFAULT.transientLocal() : Qos.DEFAULT;
        return words.contains("keep_all") ? qos.keepAll() : qos;
    }

    private DataWriter write(String name, String topic, Qos qos) {
        DataWriter writer = participant.createWriter(topic, BLOB, qos, "");
        writers.put(name, writer);
        return writer;
    }

    private void read(String name, String topic, Qos qos, SampleListener listener) {
        readers.put(name, participant.createReader(topic, BLOB, qos, "", listener));
    }

    private void count(String name, String topic, Qos qos) {
        Arrivals found = new Arrivals();
        arrivals.put(name, found);
        read(name, topic, qos, found);
    }

    private static byte[] payload(int size) {
        WireWriter writer = new WireWriter(size + 16);
        Encapsulation.writeHeader(writer);
        writer.i32(size);
        writer.zeros(size);
        return writer.toArray();
    }

    /** Waits after each sample until its echo is there. */
    private void ping(String name, int size, int rounds) throws InterruptedException {
        DataWriter forth = writers.get(name);
        Arrivals back = arrivals.get(name + "-echo");
        byte[] payload = payload(size);
        long[] times = new long[rounds];
        for (int i = 0; i < rounds; i++) {
            back.expect(1);
            long begin = System.nanoTime();
            forth.write(payload);
            if (back.await(PATIENCE) == 0) {
                throw new IllegalStateException("No echo came");
            }
            times[i] = back.first() - begin;
        }
        say("pinged", name, Arrays.stream(times).mapToObj(Long::toString).collect(Collectors.joining(",")));
    }

    private static void flood(DataWriter writer, int size, int count) {
        byte[] payload = payload(size);
        for (int i = 0; i < count; i++) {
            while (writer.write(payload) == 0) {
                Thread.onSpinWait();
            }
        }
    }

    private void awaitMatched(String name, int count) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (matched(name) < count) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(name + " is matched with " + matched(name));
            }
            Thread.sleep(1);
        }
    }

    private int matched(String name) {
        return writers.containsKey(name)
                ? writers.get(name).matched()
                : readers.get(name).matched();
    }
}
