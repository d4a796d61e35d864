package io.vyra.modulemanager.benchmark.ros2;

import io.vyra.modulemanager.benchmark.Scale;
import io.vyra.modulemanager.benchmark.result.Distribution;
import io.vyra.modulemanager.benchmark.result.Findings;
import java.io.IOException;
import java.util.stream.DoubleStream;

/** What is measured of one pair, over all rounds. */
final class Figures {
    static final int SMALL = 64;
    static final int LARGE = 64 << 10;
    /** Samples of {@link #LARGE} bytes for each ten of {@link #SMALL} bytes. */
    private static final int LARGE_SHARE = 10;

    private final Pair pair;
    private final DoubleStream.Builder small = DoubleStream.builder();
    private final DoubleStream.Builder large = DoubleStream.builder();
    private final DoubleStream.Builder rates = DoubleStream.builder();

    Figures(Pair pair) {
        this.pair = pair;
    }

    /** Does all of it, with nothing put down. */
    void warmUp(Scale scale) throws IOException, InterruptedException {
        new Figures(pair).measure(scale);
    }

    void measure(Scale scale) throws IOException, InterruptedException {
        for (double it : pair.pingMicroseconds(SMALL, scale.ros2Pings())) {
            small.add(it);
        }
        for (double it : pair.pingMicroseconds(LARGE, Math.max(2, scale.ros2Pings() / LARGE_SHARE))) {
            large.add(it);
        }
        rates.add(pair.flood(scale.ros2Messages()) / 1e3);
    }

    /** What has a target. */
    record Report(Pair pair, Distribution small, Distribution large) {}

    Report report(Findings findings) {
        findings.distribution(name("samples of 1 kB"), "k/s", rates.build().toArray());
        return new Report(
                pair,
                findings.distribution(
                        name("64 B and its echo"), "µs", small.build().toArray()),
                findings.distribution(
                        name("64 KiB and its echo"), "µs", large.build().toArray()));
    }

    private String name(String what) {
        return pair.describe() + ": " + what;
    }
}
