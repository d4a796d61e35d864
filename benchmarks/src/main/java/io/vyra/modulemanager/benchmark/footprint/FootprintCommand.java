package io.vyra.modulemanager.benchmark.footprint;

import io.vyra.modulemanager.benchmark.Program;
import io.vyra.modulemanager.benchmark.Scene;
import io.vyra.modulemanager.benchmark.footprint.Footprint.FlagFootprint;
import io.vyra.modulemanager.benchmark.result.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The command behind {@code ./mm bench footprint}. */
public final class FootprintCommand {
    private static final Duration BUILD_LIMIT = Duration.ofMinutes(40);
    private static final Duration GIT_LIMIT = Duration.ofMinutes(1);

    private final Path checkout;
    private final Path work;
    private final int rounds;
    private final Duration rest;
    private final int requests;
    private final List<Variant> variants;

    private FootprintCommand(Path checkout, Path work, boolean tiny) {
        this.checkout = checkout;
        this.work = work;
        this.rounds = tiny ? 1 : 5;
        this.rest = Duration.ofSeconds(tiny ? 1 : 8);
        this.requests = tiny ? 20 : 300;
        this.variants = tiny ? Variant.ALL.subList(0, 2) : Variant.ALL;
    }

    /** {@code CHECKOUT OUT WORK [--tiny]}: with tiny sizes the page is written beside the results and the figures mean nothing. */
    public static void main(String[] arguments) throws Exception {
        Path checkout = Path.of(arguments[0]).toAbsolutePath().normalize();
        Path out = Path.of(arguments[1]);
        Path work = Path.of(arguments[2]).toAbsolutePath().normalize();
        boolean tiny = arguments.length > 3 && arguments[3].equals("--tiny");
        Scene.delete(work);
        Files.createDirectories(work);
        Footprint footprint = new FootprintCommand(checkout, work, tiny).measure();
        FootprintHistory history = new FootprintHistory(out);
        history.add(footprint);
        Path page = tiny ? out.resolve("footprint.md") : checkout.resolve("docs/footprint.md");
        Files.writeString(page, FootprintPage.of(footprint, history.entries()));
        Scene.delete(work);
        System.out.println("Written: " + page);
    }

    private Footprint measure() throws IOException, InterruptedException {
        Map<String, Laboratory> laboratories = new LinkedHashMap<>();
        for (String distribution : List.of("full", "slim")) {
            laboratories.put(distribution, laboratory(distribution));
        }
        Map<String, List<Figures>> runs = new LinkedHashMap<>();
        for (int round = 0; round < rounds; round++) {
            for (Map.Entry<String, Laboratory> it : laboratories.entrySet()) {
                tell("round " + (round + 1) + " of " + rounds + ": " + it.getKey());
                runs.computeIfAbsent(it.getKey(), key -> new ArrayList<>())
                        .add(it.getValue()
                                .look(Variant.SHIPPED, Optional.of(it.getValue().shippedCache())));
            }
        }
        List<DistributionFootprint> distributions = new ArrayList<>();
        for (Map.Entry<String, Laboratory> it : laboratories.entrySet()) {
            tell("classes and categories of memory: " + it.getKey());
            distributions.add(it.getValue().describe(it.getKey(), Figures.median(runs.get(it.getKey()))));
        }
        return new Footprint(
                commit(),
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                Machine.name(),
                Runtime.version().toString(),
                rounds,
                distributions,
                flags(laboratories.get("slim")));
    }

    private Laboratory laboratory(String distribution) throws IOException, InterruptedException {
        tell("packing " + distribution);
        List<String> words = new ArrayList<>(List.of(checkout.resolve("mm").toString(), "image", "--jib"));
        if (distribution.equals("slim")) {
            words.add("--slim");
        }
        new Program(checkout, Map.of("JAVA_HOME", System.getProperty("java.home"))).run(BUILD_LIMIT, words);
        Path folder = Files.createDirectories(work.resolve(distribution));
        PackagedTree tree =
                PackagedTree.unpack(checkout.resolve("target/image/modulemanager-" + distribution + ".tar"), folder);
        return new Laboratory(tree, checkout.resolve("examples/target/demo-repository"), folder, rest, requests);
    }

    private List<FlagFootprint> flags(Laboratory laboratory) throws IOException, InterruptedException {
        Map<Variant, Optional<Path>> caches = new LinkedHashMap<>();
        for (Variant variant : variants) {
            tell("training: " + variant.label());
            caches.put(variant, laboratory.train(variant, "variant-" + caches.size()));
        }
        Map<Variant, List<Figures>> runs = new LinkedHashMap<>();
        for (int round = 0; round < rounds; round++) {
            for (Variant variant : variants) {
                tell("round " + (round + 1) + " of " + rounds + ": " + variant.label());
                runs.computeIfAbsent(variant, key -> new ArrayList<>())
                        .add(laboratory.look(variant, caches.get(variant)));
            }
        }
        return variants.stream()
                .map(variant -> new FlagFootprint(variant.label(), variant.words(), Figures.median(runs.get(variant))))
                .toList();
    }

    private String commit() throws IOException, InterruptedException {
        Program git = new Program(checkout, Map.of());
        String commit = git.run(GIT_LIMIT, List.of("git", "rev-parse", "--short=12", "HEAD"));
        // What benchmarks write changes nothing that is measured.
        String changes = git.run(
                GIT_LIMIT,
                List.of(
                        "git",
                        "status",
                        "--porcelain",
                        "--untracked-files=no",
                        "--",
                        ".",
                        ":!benchmarks/results",
                        ":!docs"));
        return changes.isEmpty() ? commit : commit + "-dirty";
    }

    private static void tell(String what) {
        System.out.println("  … " + what);
    }
}
