package io.vyra.modulemanager.benchmark.image;

import io.vyra.modulemanager.benchmark.result.Findings;
import java.util.List;
import java.util.Locale;

/** What is in the images above their base, part by part, compressed as registries keep it. */
final class Sizes implements Measurement {
    private static final String SLIM_WITHOUT_AOT = "vyra/measured:slim-no-aot";
    private static final double FULL_ABOVE = 35;
    private static final double SLIM_ABOVE = 28;
    private static final double SLIM_WITH_AOT = 85;
    private static final double SLIM_NO_AOT = 70;

    @Override
    public String what() {
        return "the sizes of the layers";
    }

    @Override
    public void measure(Workshop workshop) throws Exception {
        workshop.tell("sizes");
        Findings findings = workshop.findings();
        ImageLayers full = workshop.layers(Subject.FULL);
        ImageLayers slim = workshop.layers(Subject.SLIM);
        workshop.image(List.of("--slim", "--no-aot", "--tag", SLIM_WITHOUT_AOT));
        ImageLayers withoutAot = workshop.layers(SLIM_WITHOUT_AOT);

        describe("full", full, findings);
        describe("SLIM", slim, findings);
        describe("one class", workshop.layers(Subject.ONE_CLASS), findings);
        findings.verdict("full: layers above the base, without AOT cache", above(full), "MB", FULL_ABOVE);
        findings.verdict("SLIM: layers above the base, without AOT cache", above(slim), "MB", SLIM_ABOVE);
        findings.verdict("SLIM: whole image with AOT cache", slim.megabytes(layer -> true), "MB", SLIM_WITH_AOT);
        findings.verdict("SLIM: whole image without AOT cache", withoutAot.megabytes(layer -> true), "MB", SLIM_NO_AOT);
        findings.note(
                "A layer's size is its compressed size (gzip), in MB of 10⁶ bytes. Base: root file system and Java runtime.");
    }

    private static void describe(String image, ImageLayers layers, Findings findings) {
        StringBuilder parts = new StringBuilder();
        for (Layer layer : layers.layers()) {
            parts.append(parts.isEmpty() ? "" : ", ")
                    .append(layer.name())
                    .append(String.format(Locale.ROOT, " %.2f", layer.compressedBytes() / 1e6));
        }
        findings.fact(
                image + ": layers, MB",
                String.format(
                        Locale.ROOT,
                        "%s; above the base %.2f and AOT cache %.2f; whole image %.2f",
                        parts,
                        above(layers),
                        layers.megabytes(Layer::isAotCache),
                        layers.megabytes(layer -> true)));
    }

    private static double above(ImageLayers layers) {
        return layers.megabytes(layer -> !layer.base() && !layer.isAotCache());
    }
}
