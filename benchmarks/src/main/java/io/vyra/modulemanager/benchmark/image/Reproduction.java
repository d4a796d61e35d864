package io.vyra.modulemanager.benchmark.image;

import io.vyra.modulemanager.benchmark.result.Findings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Whether one commit gives one image: it is built again in another folder, without anything that the first builds left. */
final class Reproduction implements Measurement {
    private static final String JIB_DIGEST = "image/target/jib-image.digest";
    private static final List<String> JIB = List.of("--jib", "--no-aot");

    @Override
    public String what() {
        return "the two builds of one commit";
    }

    @Override
    public void measure(Workshop workshop) throws Exception {
        WorkingCopy other =
                WorkingCopy.of(workshop.copy().root(), workshop.work().resolve("other"));
        Map<String, List<String>> builds = Map.of(
                "full without AOT cache", List.of("--no-aot"),
                "SLIM without AOT cache", List.of("--slim", "--no-aot"),
                "full with AOT cache", List.of());
        for (String kind : builds.keySet().stream().sorted().toList()) {
            workshop.tell("second build: " + kind);
            compare(workshop, other, kind, builds.get(kind));
        }
        workshop.tell("second build: Jib");
        String digest = jib(workshop, workshop.copy());
        verdict(workshop.findings(), "full without AOT cache, Jib", digest, jib(workshop, other), "");
        workshop.findings()
                .note(
                        "Two builds of one commit in two folders, the second without a cached step; the engine's cache of downloads stays.");
    }

    private static void compare(Workshop workshop, WorkingCopy other, String kind, List<String> options)
            throws IOException, InterruptedException {
        String first = "vyra/measured:first";
        String second = "vyra/measured:second";
        workshop.engine().mm(workshop.copy().root(), words(options, first));
        workshop.engine().mm(other.root(), "--no-cache", words(options, second));
        ImageLayers differing = workshop.layers(second).newSince(workshop.layers(first));
        verdict(
                workshop.findings(),
                kind,
                workshop.engine().idOf(first),
                workshop.engine().idOf(second),
                "; layers that differ: " + differing.names());
    }

    private static List<String> words(List<String> options, String tag) {
        List<String> words = new ArrayList<>(List.of("image", "--tag", tag));
        words.addAll(options);
        return words;
    }

    private static String jib(Workshop workshop, WorkingCopy copy) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("image"));
        words.addAll(JIB);
        workshop.engine().mm(copy.root(), words);
        Path digest = copy.root().resolve(JIB_DIGEST);
        return Files.readString(digest).strip();
    }

    private static void verdict(Findings findings, String kind, String first, String second, String layers) {
        boolean isSame = first.equals(second);
        findings.fact("two builds: " + kind, (isSame ? "same digest " + shortened(first) : "digests differ") + layers);
        findings.verdict("two builds of one commit that differ: " + kind, isSame ? 0 : 1, "", 0);
    }

    private static String shortened(String digest) {
        return digest.substring(0, Math.min(digest.length(), "sha256:".length() + 12));
    }
}
