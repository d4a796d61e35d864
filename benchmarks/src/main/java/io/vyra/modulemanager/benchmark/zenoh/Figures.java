package io.vyra.modulemanager.benchmark.zenoh;

import io.vyra.modulemanager.benchmark.Scale;
import io.vyra.modulemanager.benchmark.result.Distribution;
import io.vyra.modulemanager.benchmark.result.Findings;
import java.io.IOException;
import java.util.stream.DoubleStream;

/** What is measured of one pair, over all rounds. */
final class Figures {
    static final int RATE = 1_000;
    private static final int SMALL = 64;
    private static final int LARGE = 8_192;
    /** Messages of {@link #LARGE} bytes for each ten of {@link #SMALL} bytes, so that both take about as long. */
    private static final int LARGE_SHARE = 10;

    private final Pair pair;
    private final DoubleStream.Builder roundTrips = DoubleStream.builder();
    private final DoubleStream.Builder small = DoubleStream.builder();
    private final DoubleStream.Builder large = DoubleStream.builder();
    private final DoubleStream.Builder latencies = DoubleStream.builder();
    private int unanswered;

    Figures(Pair pair) {
        this.pair = pair;
    }

    /** Does all of it, with nothing put down. */
    void warmUp(Scale scale) throws IOException, InterruptedException {
        new Figures(pair).measure(scale);
    }

    void measure(Scale scale) throws IOException, InterruptedException {
        double[] answered = pair.askMicroseconds(scale.zenohQueries(), SMALL);
        unanswered += scale.zenohQueries() - answered.length;
        for (double it : answered) {
            roundTrips.add(it);
        }
        small.add(pair.flood(scale.zenohMessages(), SMALL) / 1e3);
        large.add(pair.flood(Math.max(2, scale.zenohMessages() / LARGE_SHARE), LARGE) / 1e3);
        int paced = (int) (scale.zenohPacedTime().toMillis() * RATE / 1_000);
        for (double it : pair.paceMicroseconds(RATE, paced, SMALL)) {
            latencies.add(it);
        }
    }

    /** What has a target. */
    record Report(Pair pair, Distribution roundTrip, Distribution small) {}

    Report report(Findings findings) {
        Distribution roundTrip = findings.distribution(
                name("get and its answer"), "µs", roundTrips.build().toArray());
        Distribution smallRate =
                findings.distribution(name("puts of 64 B"), "k/s", small.build().toArray());
        findings.distribution(name("puts of 8 kB"), "k/s", large.build().toArray());
        findings.distribution(
                name("put to callback, 1,000 a second"), "µs", latencies.build().toArray());
        if (unanswered > 0) {
            findings.fact(name("questions without an answer"), Integer.toString(unanswered));
        }
        return new Report(pair, roundTrip, smallRate);
    }

    private String name(String what) {
        return pair.describe() + ": " + what;
    }
}
