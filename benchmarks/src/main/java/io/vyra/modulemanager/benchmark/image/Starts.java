package io.vyra.modulemanager.benchmark.image;

import io.vyra.modulemanager.benchmark.result.Distribution;
import io.vyra.modulemanager.benchmark.result.Findings;
import java.util.List;

/** From the engine's command to the first 200 through REST. */
final class Starts implements Measurement {
    private static final double TARGET = 1.4;

    @Override
    public String what() {
        return "the start of the containers";
    }

    /** @param first of a new container; {@code again} of one that ran before */
    private record Series(Subject subject, double[] first, double[] again) {}

    @Override
    public void measure(Workshop workshop) throws Exception {
        for (boolean secure : List.of(true, false)) {
            compare(workshop, secure);
        }
        workshop.findings()
                .note(
                        "A container's start is timed from the engine's command (`docker start`, or `docker run` for a new container) to the first 200, asked for "
                                + "every millisecond: `/health` of the manager, `/greeting` of the one class. In turn, each with a limit of "
                                + Container.MEMORY
                                + ", a read-only root and its AOT cache; a round before is not counted. The manager's first start also makes its data folder, certificate "
                                + "and administrator. The one class has no entry point of its own, and its certificate is in the image.");
    }

    private static void compare(Workshop workshop, boolean secure) throws Exception {
        int rounds = workshop.rounds().starts();
        List<Series> all = List.of(
                series(Subject.oneClass(secure), rounds),
                series(Subject.manager("full", Subject.FULL, secure), rounds),
                series(Subject.manager("SLIM", Subject.SLIM, secure), rounds));
        for (int round = -1; round < rounds; round++) {
            workshop.tell("starts, round " + (round + 1) + " of " + rounds);
            for (Series series : all) {
                try (Container container = new Container(workshop.engine(), series.subject())) {
                    int slot = Math.max(0, round);
                    series.first()[slot] = container.firstStart();
                    container.stop();
                    series.again()[slot] = container.startAgain();
                    container.stop();
                }
            }
        }
        Findings findings = workshop.findings();
        Series oneClass = all.getFirst();
        for (Series series : all) {
            String name = series.subject().name();
            findings.distribution(name + ": docker start to first 200", "ms", series.again());
            findings.distribution(name + ": docker run to first 200", "ms", series.first());
            if (series != oneClass) {
                judge(name + ": docker start to first 200, over one class", series.again(), oneClass.again(), findings);
                judge(name + ": docker run to first 200, over one class", series.first(), oneClass.first(), findings);
            }
        }
    }

    private static void judge(String name, double[] these, double[] over, Findings findings) {
        Distribution ratio = Ratio.distribution(name, these, over, findings);
        findings.verdict(ratio.name(), ratio.median(), "×", TARGET);
    }

    private static Series series(Subject subject, int rounds) {
        return new Series(subject, new double[rounds], new double[rounds]);
    }
}
