package io.vyra.modulemanager.benchmark.zenoh;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * Two sessions and the way between them. One publishes and asks, the other listens and answers.
 *
 * @param who which implementations, for example {@code ours ↔ Python}
 * @param way through which router
 * @param here the process that publishes and asks
 * @param hereSession its session, as that process calls it
 */
record Pair(String who, String way, Side here, String hereSession, Side there, String thereSession) {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int PROBE_MILLISECONDS = 100;

    String describe() {
        return who + ", " + way;
    }

    private String key(String what) {
        return "bench/" + describe().replaceAll("[^a-zA-Z]+", "-") + "/" + what;
    }

    /** Declares everything there, and waits until it is known here. */
    void prepare() throws IOException, InterruptedException {
        there.tell("answer", thereSession, key("answer"));
        there.tell("listen", thereSession, key("count"), "counted");
        there.tell("listen", thereSession, key("stamp"), "stamped");
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        for (String what : List.of("count", "stamp")) {
            do {
                requireTime(deadline, "published");
                there.tell("expect", key(what), 1);
                here.tell("flood", hereSession, key(what), 8, 1);
            } while (there.tell("arrived", key(what), PROBE_MILLISECONDS)
                    .getFirst()
                    .equals("0"));
        }
        while (askMicroseconds(1, 8).length == 0) {
            requireTime(deadline, "asked");
        }
    }

    private void requireTime(long deadline, String what) throws IOException {
        if (System.nanoTime() > deadline) {
            throw new IOException(describe() + ": nothing that is " + what + " arrives, after " + PATIENCE);
        }
    }

    /** How long each question took that was answered. */
    double[] askMicroseconds(int count, int size) throws IOException, InterruptedException {
        List<String> found = here.tell("ask", hereSession, key("answer"), size, count);
        return found.isEmpty() ? new double[0] : microseconds(Side.numbers(found.getFirst()));
    }

    /**
     * Publishes as fast as it goes.
     *
     * @return messages a second, from the first to the last that arrived
     * @throws IOException when not all arrive: none may be dropped
     */
    double flood(int count, int size) throws IOException, InterruptedException {
        there.tell("expect", key("count"), count);
        here.tell("flood", hereSession, key("count"), size, count);
        return (count - 1) / (Double.parseDouble(arrived("count", count).get(1)) / 1e9);
    }

    /**
     * Publishes in a steady rhythm.
     *
     * @return how long each message was under way, from the call that published it to the callback
     * @throws IOException when not all arrive: none may be dropped
     */
    double[] paceMicroseconds(int rate, int count, int size) throws IOException, InterruptedException {
        there.tell("expect", key("stamp"), count);
        here.tell("pace", hereSession, key("stamp"), size, rate, count);
        return microseconds(Side.numbers(arrived("stamp", count).get(2)));
    }

    private List<String> arrived(String what, int count) throws IOException, InterruptedException {
        List<String> arrived = there.tell("arrived", key(what), PATIENCE.toMillis());
        if (!arrived.getFirst().equals(Integer.toString(count))) {
            throw new IOException(describe() + ": " + arrived.getFirst() + " of " + count
                    + " messages arrived, though none may be dropped");
        }
        return arrived;
    }

    private static double[] microseconds(double[] nanoseconds) {
        return Arrays.stream(nanoseconds).map(it -> it / 1e3).toArray();
    }
}
