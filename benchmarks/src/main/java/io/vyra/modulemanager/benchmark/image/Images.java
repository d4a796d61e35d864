package io.vyra.modulemanager.benchmark.image;

import java.io.IOException;
import java.util.List;

/** Builds the images that the others look at, all from what is committed; measures nothing. */
final class Images implements Measurement {
    @Override
    public String what() {
        return "anything of an image that could not be built";
    }

    @Override
    public void measure(Workshop workshop) throws IOException, InterruptedException {
        workshop.tell("the images");
        workshop.image(List.of());
        workshop.image(List.of("--slim"));
        workshop.engine()
                .build(
                        workshop.copy().root(),
                        List.of("--tag", Subject.ONE_CLASS, "--file", "benchmarks/one-class/Dockerfile"));
    }
}
