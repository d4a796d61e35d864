package io.vyra.modulemanager.runtime;

import io.vyra.modulemanager.module.ModuleId;
import java.nio.file.Path;

/** Starts one module and ends without a goodbye. */
final class ShortLivedManager {
    private ShortLivedManager() {}

    public static void main(String[] arguments) throws Exception {
        ModuleBench bench = new ModuleBench(Path.of(arguments[0]));
        ModuleId module = ModuleId.parse(arguments[1]).orElseThrow();
        bench.runtime().start(bench.launch(module, Long.parseLong(arguments[2]), "/bin/sh", "-c", arguments[3]));
        Runtime.getRuntime().halt(9);
    }
}
