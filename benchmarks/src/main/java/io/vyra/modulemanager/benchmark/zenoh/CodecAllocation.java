package io.vyra.modulemanager.benchmark.zenoh;

import io.vyra.modulemanager.benchmark.Scale;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs {@link PublicationCodec} under JMH with its GC profiler. */
final class CodecAllocation {
    private static final String ALLOCATED = "gc.alloc.rate.norm";

    private CodecAllocation() {}

    /**
     * What was found of one operation.
     *
     * @param bytes allocated by each
     */
    record Figure(String what, double nanoseconds, double bytes) {}

    /** @param folder gets what JMH says */
    static List<Figure> measure(Path folder, Scale scale) throws RunnerException {
        // JMH else refuses to run beside another one of the machine's.
        System.setProperty("jmh.ignoreLock", "true");
        Options options = new OptionsBuilder()
                .include(PublicationCodec.class.getName() + "\\..*")
                .mode(Mode.AverageTime)
                .timeUnit(TimeUnit.NANOSECONDS)
                .forks(1)
                .jvmArgs("-XX:+UseSerialGC", "--sun-misc-unsafe-memory-access=allow")
                .warmupIterations(scale.isFull() ? 5 : 1)
                .measurementIterations(scale.isFull() ? 5 : 1)
                .warmupTime(time(scale))
                .measurementTime(time(scale))
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true)
                .output(folder.resolve("jmh.log").toString())
                .build();
        List<Figure> figures = new ArrayList<>();
        for (RunResult result : new Runner(options).run()) {
            figures.add(new Figure(
                    "codec: " + result.getPrimaryResult().getLabel() + " a publication",
                    result.getPrimaryResult().getScore(),
                    result.getSecondaryResults().get(ALLOCATED).getScore()));
        }
        return List.copyOf(figures);
    }

    private static TimeValue time(Scale scale) {
        return scale.isFull() ? TimeValue.seconds(1) : TimeValue.milliseconds(100);
    }
}
