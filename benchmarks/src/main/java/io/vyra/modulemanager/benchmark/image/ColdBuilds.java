package io.vyra.modulemanager.benchmark.image;

import io.vyra.modulemanager.benchmark.result.Distribution;
import java.util.List;

/** From nothing cached to the image: what a build machine does that never built it. */
final class ColdBuilds implements Measurement {
    private static final double TARGET_SECONDS = 240;

    @Override
    public String what() {
        return "the build with nothing cached";
    }

    @Override
    public void measure(Workshop workshop) throws Exception {
        double[] seconds = new double[workshop.rounds().coldBuilds()];
        if (seconds.length == 0) {
            return;
        }
        for (int round = 0; round < seconds.length; round++) {
            workshop.tell("build " + (round + 1) + " of " + seconds.length + " with nothing cached");
            workshop.engine().forgetBuilds();
            seconds[round] = workshop.image(List.of());
        }
        Distribution builds = workshop.findings().distribution("nothing cached → full image", "s", seconds);
        workshop.findings().verdict("nothing cached → full image", builds.median(), "s", TARGET_SECONDS);
        workshop.findings()
                .note(
                        "Nothing cached: neither a step of the Dockerfile nor an artifact or package in the builds' Maven repository and npm cache; "
                                + "all are downloaded through the network this machine has. The base images were made before. These builds run one after another.");
    }
}
