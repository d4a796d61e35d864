package io.vyra.modulemanager.benchmark.footprint;

import java.util.List;
import java.util.Map;

/**
 * What one distribution occupies, and where.
 *
 * @param name         full or slim
 * @param pss          idle, by kind of mapping, KiB
 * @param nativeMemory committed, by the JVM's categories, KiB
 * @param loads        after {@link Use}
 * @param jars         all of the class path, with their sizes in bytes
 * @param largest      classes with the most bytes on the idle heap
 */
record DistributionFootprint(
        String name,
        Figures figures,
        Map<String, Long> pss,
        Map<String, Long> nativeMemory,
        ClassLoads loads,
        Map<String, Long> jars,
        List<JvmReports.Instances> largest) {}
