package io.vyra.modulemanager.benchmark.footprint;

import io.vyra.modulemanager.benchmark.Program;
import io.vyra.modulemanager.benchmark.Rest;
import io.vyra.modulemanager.benchmark.Scene;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs one distribution in this way and that and looks at it. Not thread-safe. */
final class Laboratory {
    private static final Duration COPY_LIMIT = Duration.ofMinutes(1);
    private static final int LARGEST = 12;
    private static final double KIBIBYTES = 1024;
    /** A cache that cannot be used would be an answer to another question. */
    private static final String CACHE_OR_NOTHING = "-XX:AOTMode=on";

    private final PackagedTree tree;
    private final Path repository;
    private final Path work;
    private final Path data;
    private final Duration rest;
    private final int requests;

    /**
     * @param repository the demo repository
     * @param work       an empty folder
     * @param rest       how long a service is left alone before it is looked at
     * @param requests   that are timed
     */
    Laboratory(PackagedTree tree, Path repository, Path work, Duration rest, int requests)
            throws IOException, InterruptedException {
        this.tree = tree;
        this.repository = repository;
        this.work = work;
        this.rest = rest;
        this.requests = requests;
        this.data = work.resolve("data");
        // The first start makes certificate and administrator; what is measured are later ones.
        try (PackagedProcess first = PackagedProcess.start(tree, data, repository, List.of(), Map.of())) {
            Use.of(first, 1);
        }
        // From here on, the entry point finds no cache unless a way to run says which.
        Files.move(tree.shippedCache(), work.resolve("shipped.aot"));
    }

    Path shippedCache() {
        return work.resolve("shipped.aot");
    }

    /** Trains an AOT cache for this way to run; nothing for one without. */
    Optional<Path> train(Variant variant, String name) throws IOException, InterruptedException {
        if (!variant.cached()) {
            return Optional.empty();
        }
        Path cache = work.resolve(name + ".aot");
        List<String> flags = new ArrayList<>(variant.flags());
        flags.add("-XX:AOTCacheOutput=" + cache);
        try (PackagedProcess service = start(flags, variant.environment())) {
            Use.of(service, requests);
        }
        if (!Files.exists(cache)) {
            throw new IOException("the JVM wrote no AOT cache for: " + variant.label());
        }
        return Optional.of(cache);
    }

    /** Starts it once and looks at it, idle and after use. */
    Figures look(Variant variant, Optional<Path> cache) throws IOException, InterruptedException {
        List<String> flags = new ArrayList<>(variant.flags());
        cache.ifPresent(it -> flags.addAll(List.of("-XX:AOTCache=" + it, CACHE_OR_NOTHING)));
        try (PackagedProcess service = start(flags, variant.environment())) {
            Rest.of(rest);
            double rss = service.rssMebibytes();
            double pss = service.pssMebibytes();
            double anonymous = service.anonymousMebibytes();
            int threads = service.threads();
            int classes = JvmReports.loadedClasses(service.jcmd("VM.classloader_stats"));
            String metaspace = service.jcmd("VM.metaspace", "basic", "scale=KB");
            String code = service.jcmd("Compiler.codecache");
            service.jcmd("GC.run");
            long heap = JvmReports.heapUsed(service.jcmd("GC.heap_info"));
            double request = Use.of(service, requests);
            return new Figures(
                    service.startMilliseconds(),
                    rss,
                    pss,
                    anonymous,
                    service.rssMebibytes(),
                    heap / KIBIBYTES,
                    JvmReports.metaspaceCommitted(metaspace) / KIBIBYTES,
                    JvmReports.classSpaceCommitted(metaspace) / KIBIBYTES,
                    JvmReports.codeCacheUsed(code) / KIBIBYTES,
                    threads,
                    classes,
                    request);
        }
    }

    /** Everything about the way it is shipped, beside the figures, which were found before. */
    DistributionFootprint describe(String name, Figures figures) throws IOException, InterruptedException {
        List<String> shipped = List.of("-XX:AOTCache=" + shippedCache(), CACHE_OR_NOTHING);
        Map<String, Long> pss;
        List<JvmReports.Instances> largest;
        try (PackagedProcess service = start(shipped, Map.of())) {
            Rest.of(rest);
            pss = MemoryMap.of(service.pid());
            service.jcmd("GC.run");
            largest = JvmReports.largest(service.jcmd("GC.class_histogram"), LARGEST);
        }
        Map<String, Long> nativeMemory;
        List<String> tracked = new ArrayList<>(shipped);
        tracked.add("-XX:NativeMemoryTracking=summary");
        try (PackagedProcess service = start(tracked, Map.of())) {
            Rest.of(rest);
            nativeMemory = JvmReports.nativeMemory(service.jcmd("VM.native_memory", "summary", "scale=KB"));
        }
        return new DistributionFootprint(name, figures, pss, nativeMemory, loads(), tree.jars(), largest);
    }

    private ClassLoads loads() throws IOException, InterruptedException {
        Path log = work.resolve("classes.log");
        // What comes out of an archive of classes has no jar in the log.
        List<String> flags = List.of("-Xshare:off", "-Xlog:class+load:file=" + log + ":none:filecount=0");
        try (PackagedProcess service = start(flags, Map.of())) {
            Use.of(service, 1);
        }
        return ClassLoads.of(Files.readAllLines(log));
    }

    private PackagedProcess start(List<String> flags, Map<String, String> environment)
            throws IOException, InterruptedException {
        Path copy = work.resolve("run/data");
        Scene.delete(copy.getParent());
        Files.createDirectories(copy.getParent());
        new Program(work, Map.of()).run(COPY_LIMIT, List.of("cp", "-a", data.toString(), copy.toString()));
        return PackagedProcess.start(tree, copy, repository, flags, environment);
    }
}
