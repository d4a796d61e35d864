package io.vyra.modulemanager.benchmark.service;

import io.vyra.modulemanager.ModuleView;
import io.vyra.modulemanager.benchmark.Scene;
import io.vyra.modulemanager.benchmark.core.CoreManager;
import io.vyra.modulemanager.benchmark.core.SampleTree;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A data folder with stopped modules in it, made by the core before the service starts on it.
 *
 * @param data    the data folder
 * @param modules ids
 */
record InstalledModules(Path data, List<String> modules) {
    static InstalledModules make(Scene scene, Path folder, int count) throws IOException, InterruptedException {
        try (CoreManager manager = new CoreManager(folder, scene.shim())) {
            List<SampleTree> samples = new ArrayList<>();
            List<Path> trees = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                SampleTree sample = SampleTree.idle("v2_sample_%03d".formatted(i));
                samples.add(sample);
                trees.add(sample.writeTo(folder.resolve("trees")));
            }
            manager.offer(trees);
            List<String> ids = new ArrayList<>();
            for (SampleTree sample : samples) {
                ModuleView installed = manager.install(sample.name());
                ids.add(installed.id());
            }
            return new InstalledModules(manager.data(), List.copyOf(ids));
        }
    }
}
