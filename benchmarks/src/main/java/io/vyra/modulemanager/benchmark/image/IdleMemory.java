package io.vyra.modulemanager.benchmark.image;

import io.vyra.modulemanager.benchmark.Rest;
import io.vyra.modulemanager.benchmark.result.Distribution;
import io.vyra.modulemanager.benchmark.result.Findings;
import java.util.List;

/** What a container's control group occupies when nobody asks it for anything and it has no modules. */
final class IdleMemory implements Measurement {
    private static final double TARGET = 1.4;

    @Override
    public String what() {
        return "the memory of idle containers";
    }

    private record Series(Subject subject, double[] inUse, double[] anonymous) {}

    @Override
    public void measure(Workshop workshop) throws Exception {
        for (boolean secure : List.of(true, false)) {
            compare(workshop, secure);
        }
        workshop.findings()
                .note(
                        "Idle memory: what the control group is charged with but inactive file cache (as `docker stats` counts), and thereof anonymous memory; no "
                                + "modules, " + workshop.rounds().rest().toSeconds() + " s after the first 200, limit "
                                + Container.MEMORY
                                + ", in turn in new containers. Pages of the image's files that an earlier container read are not charged again.");
    }

    private static void compare(Workshop workshop, boolean secure) throws Exception {
        int rounds = workshop.rounds().memories();
        List<Series> all = List.of(
                series(Subject.oneClass(secure), rounds),
                series(Subject.manager("SLIM", Subject.SLIM, secure), rounds),
                series(Subject.manager("full", Subject.FULL, secure), rounds));
        for (int round = 0; round < rounds; round++) {
            workshop.tell("memory, round " + (round + 1) + " of " + rounds);
            for (Series series : all) {
                try (Container container = new Container(workshop.engine(), series.subject())) {
                    container.firstStart();
                    Rest.of(workshop.rounds().rest());
                    MemoryUse memory = container.memory();
                    series.inUse()[round] = memory.inUseMebibytes();
                    series.anonymous()[round] = memory.anonymousMebibytes();
                    container.stop();
                }
            }
        }
        Findings findings = workshop.findings();
        Series oneClass = all.getFirst();
        for (Series series : all) {
            String name = series.subject().name();
            findings.distribution(name + ": idle memory by cgroup", "MiB", series.inUse());
            findings.distribution(name + ": idle memory by cgroup, anonymous", "MiB", series.anonymous());
            if (series != oneClass) {
                Distribution ratio = Ratio.distribution(
                        name + ": idle memory by cgroup, over one class", series.inUse(), oneClass.inUse(), findings);
                if (series.subject().image().equals(Subject.SLIM)) {
                    findings.verdict(ratio.name(), ratio.median(), "×", TARGET);
                }
            }
        }
    }

    private static Series series(Subject subject, int rounds) {
        return new Series(subject, new double[rounds], new double[rounds]);
    }
}
