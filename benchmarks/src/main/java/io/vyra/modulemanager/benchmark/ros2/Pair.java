package io.vyra.modulemanager.benchmark.ros2;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** Two processes and the topics between them: the first writes and waits for the echo of the second, which also counts. */
record Pair(Kind here, Kind there, Side writer, Side reader) {
    private static final int SMALL = 1_024;

    String describe() {
        return here + " → " + there;
    }

    private String topic(String what) {
        return "rt/bench/" + here.name().toLowerCase(Locale.ROOT) + "/"
                + there.name().toLowerCase(Locale.ROOT) + "/" + what;
    }

    private String name(String what) {
        return what + "_" + here.name() + "_" + there.name();
    }

    /** Makes everything, and waits until both know of each other. */
    void prepare() throws IOException, InterruptedException {
        reader.tell("echo", name("echo"), topic("ping"), topic("pong"));
        reader.tell("counter", name("counter"), topic("count"));
        writer.tell("pinger", name("pinger"), topic("ping"), topic("pong"));
        writer.tell("writer", name("flood"), topic("count"), "Blob", "reliable,keep_all");
        for (String one : List.of(name("pinger"), name("pinger") + "-echo", name("flood"))) {
            writer.tell("matched", one, 1);
        }
        for (String one : List.of(name("echo"), name("echo") + "-echo", name("counter"))) {
            reader.tell("matched", one, 1);
        }
    }

    /** How long each sample and its echo took together. */
    double[] pingMicroseconds(int size, int count) throws IOException, InterruptedException {
        List<String> pinged = writer.tell("ping", name("pinger"), size, count).getFirst();
        String[] times = pinged.get(2).split(",");
        double[] microseconds = new double[times.length];
        for (int i = 0; i < times.length; i++) {
            microseconds[i] = Double.parseDouble(times[i]) / 1e3;
        }
        return microseconds;
    }

    /**
     * Writes samples of 1 kB as fast as it goes.
     *
     * @return samples a second, from the first to the last that arrived
     * @throws IOException when not all arrive: they are reliable
     */
    double flood(int count) throws IOException, InterruptedException {
        reader.tell("expect", name("counter"), count);
        writer.tell("counting", name("flood"), SMALL, count);
        List<String> arrived = reader.tell("arrived", name("counter")).getFirst();
        if (Integer.parseInt(arrived.get(2)) != count) {
            throw new IOException(
                    describe() + ": " + arrived.get(2) + " of " + count + " samples arrived, though they are reliable");
        }
        return (count - 1) / (Double.parseDouble(arrived.get(3)) / 1e9);
    }
}
