package io.vyra.modulemanager.benchmark.ros2;

import io.vyra.modulemanager.benchmark.Scale;
import io.vyra.modulemanager.benchmark.result.Findings;
import java.io.IOException;

/** What our side leaves for the garbage collector when it writes, reads and answers samples in the steady state. */
final class Allocation {
    /** An object has 16 bytes at least, so that less than one byte a sample means that none is made of it. */
    private static final double TARGET_BYTES = 1;
    /** What a command and the figures that answer it leave by themselves is measured with this many samples, and taken off. */
    private static final int FEW = 1;

    private Allocation() {}

    /** The echo of a sample is read and written; how its threads are doing is asked for before and after. */
    static void measure(Pair pair, Scale scale, Findings findings) throws IOException, InterruptedException {
        int count = scale.ros2Pings() * 4;
        double base = allocated(pair, FEW);
        double bytes = (allocated(pair, count) - base) / (count - FEW);
        findings.verdict(
                "allocated for a sample of 64 B that is read, acknowledged and sent back",
                Math.max(0, bytes),
                "B",
                TARGET_BYTES);
    }

    private static double allocated(Pair pair, int samples) throws IOException, InterruptedException {
        double before = read(pair.reader());
        pair.pingMicroseconds(Figures.SMALL, samples);
        return read(pair.reader()) - before;
    }

    private static double read(Side side) throws IOException, InterruptedException {
        return Double.parseDouble(side.tell("allocated").getFirst().get(1));
    }
}
