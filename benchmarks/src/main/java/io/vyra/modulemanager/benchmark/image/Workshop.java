package io.vyra.modulemanager.benchmark.image;

import io.vyra.modulemanager.benchmark.engine.Engine;
import io.vyra.modulemanager.benchmark.result.Findings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What every measurement of the images works with.
 *
 * @param copy  whose sources may be changed; each measurement leaves them as committed
 * @param work  folder for whatever is written
 * @param findings where the figures go
 */
record Workshop(Engine engine, WorkingCopy copy, Path work, Findings findings, Rounds rounds) {
    /** {@code ./mm image} with these options in the copy; seconds. */
    double image(List<String> options) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("image"));
        words.addAll(options);
        long begin = System.nanoTime();
        engine.mm(copy.root(), words);
        return (System.nanoTime() - begin) / 1e9;
    }

    ImageLayers layers(String image) throws IOException, InterruptedException {
        return ImageLayers.of(engine, copy.root(), work, image);
    }

    /** A line on the terminal: the whole takes the better part of an hour. */
    void tell(String what) {
        System.out.println("  … " + what);
    }
}
